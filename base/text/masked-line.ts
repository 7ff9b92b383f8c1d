import { isSecretName } from './secret-name';

const MASK = '******';

/** A longer line is not shown: what reads it must end soon, whatever it holds. */
const LONGEST_LINE = 16_384;

/** What stands in a line as `name:`, and as `NAME=`; a quote may belong to the name, and one may open the value. */
const KEY = /(?<![\w.:/-])([\w.-]+)\\?["']?\s*:(?!\/\/)\s*/g;
const ASSIGNMENT = /(?<![\w.-])([\w.-]+)\s*=(?!=)\s*\\?["']?/g;

/** A reference to Vault, and the section of a mount named `secret`: no secrets. */
const REFERENCE = /^["']?vault:\/\/[\w.=@+-]+(?:\/[\w.=@+-]+)+["']?\s*(?:[,}\]#]|$)/;
const SECTION = /^\{\s*(?:(?:version|description|create)\b|\})/;

/** What ends a value in quotes, in YAML and in JSON. */
const END_OF_TEXT = /["']\s*(?:[,\]}]|$)/;

/** Credentials by their form. */
const CREDENTIAL =
  /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|(?:hv[sbr]|[sbr])\.[A-Za-z0-9_-]{20,}|(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]{10,}|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|npm_[A-Za-z0-9]{30,}|AIza[A-Za-z0-9_-]{30,}|eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_.-]*)/g;

/** `user:password@` of a URL, with a password of any characters; a user alone may be a token. A port is no password. */
const URL_PASSWORD = /(:\/\/)[^\s/@:"']*:(?!\d{1,5}(?:[/?#]|$))[^\s"'<>]*@/g;
const URL_USER = /(:\/\/)[^\s/"']+@/g;
/** What may be a credential behind the path of a URL. */
const URL_QUERY = /(https?:\/\/[^\s?#'",]*[?#])[^\s'"},]+/gi;

/** Credentials as programs take them: in a header, as an option, in a netrc, in secrets of IPsec. */
const PROGRAM_FORMS: readonly RegExp[] = [
  /\b(authorization["']?\s*:\s*["']?(?:bearer|basic|token)\s+)[^\s"',]+/gi,
  /(\s(?:-u|--user|--proxy-user)[= ]["']?[^\s:"'=]+:)[^\s"']+/g,
  /(\blogin\s+\S+\s+password\s+)\S+/gi,
  /(\bPSK\s+\\?["'])[^"']+/g,
];
const OPTION = /(--?)([A-Za-z][\w-]*)(\s+)(?![-\s])([^\s"',\]}]+)/g;

/** A private key: in one line, and in several. */
const BLOCK = /(-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----)\s*\S.*/s;
const BLOCK_BEGIN = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----/;
const BLOCK_END = /-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----/;

/** The lines of a file as they may be shown: what is a secret by its name or its form is not in them, also where it takes several lines. */
export function maskedLines(lines: readonly string[]): readonly string[] {
  let isInKey = false;
  /** How far the name of a secret is indented whose value stands in the next lines. */
  let secretAt: number | undefined;
  let isNamed = false;
  return lines.map((line) => {
    const indent = line.search(/\S/);
    if (isInKey) {
      isInKey = !BLOCK_END.test(line);
      return blanked(line, indent);
    }
    isInKey = BLOCK_BEGIN.test(line) && !BLOCK_END.test(line) && /-----\s*$/.test(line);
    if (secretAt !== undefined && indent >= 0) {
      const isItem = indent === secretAt && /^\s*-\s/.test(line);
      if ((indent > secretAt || isItem) && !isMap(line))
        return REFERENCE.test(valuePart(line)) ? line : blanked(line, indent);
      if (indent <= secretAt) secretAt = undefined;
    }
    const value = isNamed ? /^(\s*(?:-\s+)?value\s*:\s*)(?=\S)(.*)$/i.exec(line) : null;
    isNamed = namesSecret(line);
    secretAt = beginsSecret(line) ? indent : secretAt;
    return value === null || REFERENCE.test(value[2] ?? '') ? maskedLine(line) : `${value[1]}${MASK}`;
  });
}

/** A line as it may be shown, where nothing is known of those before it. */
export function maskedLine(line: string): string {
  if (line.length > LONGEST_LINE) return MASK;
  const named = withoutNamed(line).replace(OPTION, (whole, dashes, name, space) =>
    isSecretName(name) ? `${dashes}${name}${space}${MASK}` : whole,
  );
  const shown = PROGRAM_FORMS.reduce((text, form) => text.replace(form, `$1${MASK}`), maskedValue(named));
  return shown.replace(URL_QUERY, `$1${MASK}`);
}

/** A value as it may be shown: without the credentials that it is, or that a URL and assignments in it hold. */
export function maskedValue(text: string): string {
  return withoutAssigned(text)
    .replace(BLOCK, `$1${MASK}`)
    .replace(CREDENTIAL, MASK)
    .replace(URL_PASSWORD, `$1${MASK}@`)
    .replace(URL_USER, `$1${MASK}@`);
}

/** Without what follows the name of a secret, to the end of the line. */
function withoutNamed(line: string): string {
  for (const found of line.matchAll(KEY)) {
    const [whole, name = ''] = found;
    const value = line.slice(found.index + whole.length);
    if (value === '' || REFERENCE.test(value) || !isSecretName(name)) continue;
    if (SECTION.test(value)) continue;
    return `${line.slice(0, found.index + whole.length)}${MASK}`;
  }
  const pair =
    /(\b(?:name|key)["']?\s*:\s*["']?)([\w.-]+)(["']?\s*,\s*["']?value["']?\s*:\s*)(?=\S)(.*)$/i.exec(line);
  if (pair === null || !isSecretName(pair[2] ?? '') || REFERENCE.test(pair[4] ?? '')) return line;
  return `${line.slice(0, pair.index)}${pair[1]}${pair[2]}${pair[3]}${MASK}`;
}

function withoutAssigned(text: string): string {
  let masked = '';
  let at = 0;
  for (const found of text.matchAll(ASSIGNMENT)) {
    const from = found.index + found[0].length;
    const rest = text.slice(from);
    if (found.index < at || rest === '' || /^\s|^vault:\/\//.test(rest) || !isSecretName(found[1] ?? ''))
      continue;
    const end = rest.search(END_OF_TEXT);
    if (end === 0) continue;
    masked += `${text.slice(at, from)}${MASK}`;
    at = end < 0 ? text.length : from + end;
  }
  return masked + text.slice(at);
}

/** Whether the value of a secret stands in the next lines. */
function beginsSecret(line: string): boolean {
  const [, name = ''] =
    /^\s*(?:-\s+)*["']?([\w.-]+)["']?\s*:\s*(?:[|>][+-]?\d?\s*)?(?:#.*)?$/.exec(line) ?? [];
  return isSecretName(name);
}

/** Whether a line names a variable, whose value stands in the next one. */
function namesSecret(line: string): boolean {
  const [, name = ''] = /^\s*(?:-\s+)?(?:name|key)\s*:\s*["']?([\w.-]+)["']?\s*$/i.exec(line) ?? [];
  return isSecretName(name);
}

function isMap(line: string): boolean {
  return /^\s*(?:-\s+)*["']?[\w.-]+["']?\s*:(?:\s|$)/.test(line);
}

function valuePart(line: string): string {
  return line.replace(/^\s*(?:-\s+)*/, '');
}

function blanked(line: string, indent: number): string {
  return indent < 0 ? line : `${line.slice(0, indent)}${MASK}`;
}
