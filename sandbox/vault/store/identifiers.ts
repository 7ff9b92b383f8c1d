import { createHash, randomBytes, randomUUID } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits. */
export function randomText(length: number): string {
  const bytes = randomBytes(length * 2);
  const fair = [...bytes].filter((byte) => byte < LETTERS.length * 4);
  const text = fair.map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return text.length >= length ? text.slice(0, length) : text + randomText(length - text.length);
}

/** An accessor, which identifies a token and gives no access. */
export function newAccessor(): string {
  return randomText(24);
}

export function newUuid(): string {
  return randomUUID();
}

/** The digest that is stored in place of a token or a secret id. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The accessor of a mount: `kv_1a2b3c4d`. */
export function mountAccessor(type: string): string {
  return `${type}_${randomBytes(4).toString('hex')}`;
}
