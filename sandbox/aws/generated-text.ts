import { digest } from '../provider/derived';

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz123456789._';

/** Text of characters of an alphabet, derived from the parts. */
function characters(length: number, alphabet: string, ...parts: readonly string[]): string {
  const bytes = digest(...parts);
  return Array.from(
    { length },
    (_, index) => alphabet[(bytes[index % bytes.length] ?? 0) % alphabet.length],
  ).join('');
}

/** A pre-shared key as AWS generates one: 32 letters, digits, periods and underscores. */
export function presharedKey(...parts: readonly string[]): string {
  return characters(32, KEY_CHARACTERS, ...parts);
}

const UNIQUE_ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The random part of an IAM unique id. */
export function uniqueId(...parts: readonly string[]): string {
  return characters(17, UNIQUE_ID_CHARACTERS, ...parts);
}
