import { GatewayKey } from '../../model/gateway/key';

/** The two sides of a file as they may be shown: without any key, with a mark where a key changes. */
export interface ShownSides {
  readonly before: string;
  readonly after: string;
}

/** A line of ipsec.secrets(5), or of a `secrets` section in swanctl.conf(5). */
const KEY_LINES = [/^(\s*(?:(?:[\d.]+|%any) )*: PSK )\s*(\S.*)$/, /^(\s*secret = )\s*(\S.*)$/] as const;

/** The other lines of such a file. None of these forms can hold a key. */
const PLAIN_LINES = [
  /^\s*$/,
  /^secrets \{$/,
  /^ {2}ike-[A-Za-z0-9_-]+ \{$/,
  /^ *\}$/,
  /^ {4}id-(local|remote) = \d+(\.\d+){3}$/,
];

/** Text that looks like a key in a file that should have none. It is hidden too. */
const STRAY_KEY = /((?:\bPSK\s+|\bsecret\s*=\s*))(["']?)[^\s"']+\2/gi;

/**
 * A secrets file without its keys. The file on the disk may have been edited, so a line of it is shown only if it has a known form
 * or is in the new file too.
 */
export function hideSecretsFile(before: string, after: string): ShownSides {
  const rendered = new Set(after.split('\n'));
  const old = keysOf(before);
  return {
    before: eachKey(before, (line, found) => {
      if (found) return `${found.start}${shownKey(found)}`;
      const isShown = rendered.has(line) || PLAIN_LINES.some((form) => form.test(line));
      return isShown ? line : '(a line that is not shown)';
    }),
    after: eachKey(after, (line, found) => {
      if (!found) return line;
      const was = old.get(found.place);
      const isChanged = was !== undefined && was !== found.key;
      return `${found.start}${shownKey(found, isChanged ? ', changed' : '')}`;
    }),
  };
}

/** The text of a file that should have no keys, without what looks like one. */
export function hideStrayKeys(text: string): string {
  return text.replace(STRAY_KEY, '$1(secret)');
}

/** The same text with other keys of the same length, for programs that need some keys but not the real ones. */
export function withoutKeys(text: string): string {
  const replaced = (value: string): string => value.replace(/[^\s"'{}]/g, 'x');
  return eachKey(text, (line, found) => {
    if (found?.isReference) return line;
    if (found) return `${found.start}${replaced(line.slice(found.start.length))}`;
    return line.replace(
      STRAY_KEY,
      (whole, start: string) => `${start}${replaced(whole.slice(start.length))}`,
    );
  });
}

/** The keys of a secrets file, by their place in it. References are not keys. */
export function keysOf(text: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  eachKey(text, (line, found) => {
    if (found && !found.isReference) keys.set(found.place, found.key);
    return line;
  });
  return keys;
}

interface FoundKey {
  readonly start: string;
  /** Identifies a key in its file: the two identities, or the section's name. */
  readonly place: string;
  readonly key: string;
  readonly isReference: boolean;
}

function eachKey(text: string, show: (line: string, found: FoundKey | undefined) => string): string {
  let section = '';
  return text
    .split('\n')
    .map((line) => {
      section = /^\s*([^\s{]+) \{$/.exec(line)?.[1] ?? section;
      const match = KEY_LINES.map((form) => form.exec(line)).find((one) => one !== null);
      if (!match) return show(line, undefined);
      const [, start = '', value = ''] = match;
      const key = value.trim().replace(/^(["'])(.*)\1$/, '$2');
      return show(line, { start, place: `${section} ${start.trim()}`, key, isReference: isReference(key) });
    })
    .join('\n');
}

function isReference(key: string): boolean {
  const reference = /^@@(.*)@@$/.exec(key)?.[1];
  if (reference === undefined) return false;
  try {
    GatewayKey.referenceTo(reference);
    return true;
  } catch {
    return false;
  }
}

function shownKey({ key, start, isReference: isShown }: FoundKey, mark = ''): string {
  if (isShown) return `"${key}"`;
  return start.includes('PSK') ? `"(secret${mark})"` : `(secret${mark})`;
}
