import { createHash } from 'node:crypto';

/**
 * Everything that a cloud would choose at random is derived from what was asked for, so that the same run gives
 * the same bytes and no clock or random source is read.
 */
function digest(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

export function hex(length: number, ...parts: readonly string[]): string {
  return digest(...parts)
    .toString('hex')
    .slice(0, length);
}

/** A number below the limit. */
export function numberBelow(limit: number, ...parts: readonly string[]): number {
  return digest(...parts).readUInt32BE(0) % limit;
}

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz123456789._';

/** Characters that AWS puts into pre-shared keys and unique ids; the first is never 0. */
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

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (IEEE): the provider's own hash in ids such as `r-rtb-…1080289494` and `sgrule-…`. */
export function crc32(value: string): number {
  let sum = 0xffffffff;
  for (const byte of Buffer.from(value)) sum = (CRC_TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
