import { createHash } from 'node:crypto';

/**
 * A digest of the parts. What a cloud would choose at random, the sandbox derives from the request, so that equal runs give
 * equal results.
 */
export function digest(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

export function hex(length: number, ...parts: readonly string[]): string {
  return digest(...parts)
    .toString('hex')
    .slice(0, length);
}

/** A text in the form of a UUID, derived from the parts. */
export function uuidOf(...parts: readonly string[]): string {
  return hex(32, ...parts).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A number from 0 to below the limit, derived from the parts. */
export function numberBelow(limit: number, ...parts: readonly string[]): number {
  return digest(...parts).readUInt32BE(0) % limit;
}

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (IEEE), with which providers of the legacy SDK make numbers for their own ids. */
export function crc32(value: string): number {
  let sum = 0xffffffff;
  for (const byte of Buffer.from(value)) sum = (CRC_TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
