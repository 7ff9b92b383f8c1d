import { MASK } from '../base/mask-text';

/** The password in `scheme://user:password@host`. */
const IN_URL = /(:\/\/[^\s/:@"'<>\\]*:)([^\s/@?#"'<>\\]+)(?=@)/g;

/** The password or key in a connection string: `password=…`, `AccountKey=…`. */
const IN_CONNECTION = /\b(?:password|passwd|pwd|accountkey|sharedaccesskey|sig)\s*=\s*["']?([^\s;&"']+)/gi;

/** The secrets within a secret, or within a variable whose name says nothing: of a URL and of a connection string. */
export function secretsWithin(value: string): readonly string[] {
  return [...passwordsOfUrls(value), ...[...value.matchAll(IN_CONNECTION)].flatMap(([, key]) => key ?? [])];
}

/** The passwords of URLs, as they stand there and as they are sent. */
export function passwordsOfUrls(text: string): readonly string[] {
  return [...text.matchAll(IN_URL)].flatMap(([, , password = '']) => [password, decoded(password)]);
}

/** The same text without the passwords of its URLs: whoever wrote one there, it is a secret. */
export function withoutPasswords(text: string): string {
  return text.includes('://') ? text.replace(IN_URL, `$1${MASK}`) : text;
}

/** The password in `user:password` as registries have it, in base64. */
export function passwordOfRegistry(base64: string): readonly string[] {
  const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64').toString('utf8') : '';
  const [, password] = /^[\x21-\x39\x3b-\x7e]+:([\x20-\x7e]+)$/.exec(text) ?? [];
  return password === undefined ? [] : [password];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
