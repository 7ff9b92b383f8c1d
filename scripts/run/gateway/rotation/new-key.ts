import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** 190 bits, and every cloud takes it: at most 40 characters, letters and digits, a letter first (domain.md §4). */
const LENGTH = 32;

/** A pre-shared key from the system's random numbers. */
export function newPresharedKey(): string {
  const pick = (alphabet: string) => alphabet.charAt(randomInt(alphabet.length));
  return pick(LETTERS) + Array.from({ length: LENGTH - 1 }, () => pick(LETTERS + DIGITS)).join('');
}
