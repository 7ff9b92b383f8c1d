import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** 190 bits. Every cloud takes such a key: up to 40 letters and digits, the first a letter (docs/reference/ipsec.md). */
const LENGTH = 32;

/** A new pre-shared key from the operating system's random numbers. */
export function newPresharedKey(): string {
  const pick = (alphabet: string) => alphabet.charAt(randomInt(alphabet.length));
  return pick(LETTERS) + Array.from({ length: LENGTH - 1 }, () => pick(LETTERS + DIGITS)).join('');
}
