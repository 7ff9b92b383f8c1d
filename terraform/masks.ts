import { gunzipSync } from 'node:zlib';
import { MASK } from '../base/mask-text';
import { encodedForms } from './encoded-forms';
import { passwordOfRegistry, passwordsOfUrls, secretsWithin, withoutPasswords } from './secret-parts';

export { MASK };

/** Names of environment variables whose values are secrets. */
const SECRET_VARIABLE =
  /(SECRET|TOKEN|PASSW(OR)?D|PASSPHRASE|PRIVATE_KEY|PRESHARED|ACCESS_KEY$|CLIENT_KEY|CREDENTIALS|CONN_STR|API_?KEY|(APP|MASTER|SIGNING|ENCRYPTION)_KEY$|(^|_)(PASS|PSK|DSN)$|CONNECTION_STRING)/i;

/** Variables of Terraform that hold maps of secrets: keys of connections, and what nodes fetch. */
const SECRET_MAPS = ['TF_VAR_preshared_keys', 'TF_VAR_registry_auth'];

/** Shorter values are not masked: replacing them would spoil the text and hide nothing. */
const SHORTEST = 6;

/** What may be base64, with `+/` or `-_`, in one line or in lines of equal length. Shorter ones hide nothing that a secret's own forms don't find. */
const BASE64 = /(?:[A-Za-z0-9+/]{60,76}\r?\n){2,}[A-Za-z0-9+/]{1,76}={0,2}|[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** How often something may be encoded in something encoded, and how large it may be. */
const DEEPEST = 4;
const MOST_UNPACKED = 16 * 1024 * 1024;

/** Whether the name of a variable is that of a secret. `…_FILE` names a file, and its value is no secret. */
export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLE.test(name) && !/(_FILE|_PATH|_DIR)$/i.test(name);
}

/** Replaces all known secrets in texts that are shown, logged or recorded. */
export class Masks {
  /** The forms of all secrets by their first characters, the longest first, so that a text is read once however many there are. */
  private readonly byBeginning = new Map<string, string[]>();

  /** Adds a value. It is also found in its JSON form, line by line, in base64, hexadecimal and in a URL. */
  add(value: string): void {
    for (const part of secretsWithin(value)) this.addWhole(part);
    this.addWhole(value);
  }

  private addWhole(value: string): void {
    const lines = value.includes('\n') ? value.split('\n').map((line) => line.trim()) : [];
    const forms = [value, JSON.stringify(value).slice(1, -1), ...lines, ...encodedForms(value)];
    for (const form of forms) if (form.length >= SHORTEST) this.addForm(form);
  }

  /** Adds the values of variables whose names are those of secrets, and passwords of URLs in all of them. */
  addVariables(variables: NodeJS.ProcessEnv): void {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined) continue;
      if (isSecretVariable(name)) this.add(value);
      else for (const password of passwordsOfUrls(value)) this.add(password);
    }
    for (const name of SECRET_MAPS) this.addNested(variables[name]);
  }

  /** Returns the text with every known secret replaced, and with everything that is packed and holds one. */
  mask(text: string): string {
    return withoutPasswords(this.maskForms(this.maskPacked(text, 0)));
  }

  /** Returns a value with every known secret replaced in its texts, those of its keys included. */
  maskValue<T>(value: T): T {
    return this.maskedPart(value) as T;
  }

  private maskedPart(value: unknown): unknown {
    if (typeof value === 'string') return this.mask(value);
    if (Array.isArray(value)) return value.map((part) => this.maskedPart(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [this.mask(name), this.maskedPart(part)]),
    );
  }

  private addForm(form: string): void {
    const beginning = form.slice(0, SHORTEST);
    const forms = this.byBeginning.get(beginning) ?? [];
    if (forms.includes(form)) return;
    forms.push(form);
    forms.sort((a, b) => b.length - a.length);
    this.byBeginning.set(beginning, forms);
  }

  /** Where two secrets overlap, what both cover is replaced as one. */
  private maskForms(text: string): string {
    let masked = '';
    let kept = 0;
    let [from, to] = [-1, -1];
    const replace = () => {
      if (from < 0) return;
      masked += `${text.slice(kept, from)}${MASK}`;
      kept = to;
      from = -1;
    };
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      const end = this.endOfForm(text, at);
      if (end === undefined) continue;
      if (at >= to) {
        replace();
        from = at;
      }
      to = Math.max(to, end);
    }
    replace();
    return kept === 0 ? text : masked + text.slice(kept);
  }

  /** The end of the longest form that begins here. */
  private endOfForm(text: string, at: number): number | undefined {
    const form = this.byBeginning.get(text.slice(at, at + SHORTEST))?.find((one) => text.startsWith(one, at));
    return form === undefined ? undefined : at + form.length;
  }

  private maskPacked(text: string, depth: number): string {
    if (text.length < 40) return text;
    return text.replace(BASE64, (packed) => (this.holdsSecret(packed, depth) ? MASK : packed));
  }

  private holdsSecret(packed: string, depth: number): boolean {
    return beginnings(packed).some((at) => {
      const unpacked = unpackedText(packed.slice(at));
      if (unpacked === undefined) return false;
      if (withoutPasswords(this.maskForms(unpacked)) !== unpacked) return true;
      return depth < DEEPEST && this.maskPacked(unpacked, depth + 1) !== unpacked;
    });
  }

  /** Adds the values of a map in a variable: `{"169.254.100.0/30": "key"}`. */
  private addNested(json: string | undefined): void {
    if (json === undefined) return;
    this.add(json);
    for (const [, value] of json.matchAll(/[:=]\s*"([^"]+)"/g)) {
      this.add(value as string);
      for (const password of passwordOfRegistry(value as string)) this.add(password);
    }
  }
}

/** Where base64 may begin in a run of its characters: at its beginning, and where gzip does. */
function beginnings(packed: string): readonly number[] {
  const found = [0];
  for (let at = packed.indexOf(GZIP, 1); at > 0; at = packed.indexOf(GZIP, at + 1)) found.push(at);
  return found;
}

/** The beginning of what gzip packs, in base64. */
const GZIP = 'H4sI';

/** What base64 holds, unpacked where it is packed with gzip; undefined where it is too large. */
export function unpackedText(base64: string): string | undefined {
  // Node reads both alphabets, and leaves out line breaks.
  let bytes = Buffer.from(base64, 'base64');
  try {
    for (let depth = 0; bytes[0] === 0x1f && bytes[1] === 0x8b && depth < DEEPEST; depth += 1)
      bytes = gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return undefined;
  }
  return bytes.toString('utf8');
}
