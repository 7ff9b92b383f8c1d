import { digest } from '../store/identifiers';

/** The seal of the simulated Vault, which has one key. It is open at the start. */
export class Seal {
  private closed = false;
  private readonly keySha256: string;

  /** @param key 32 bytes in hexadecimal */
  constructor(readonly key: string) {
    this.keySha256 = digest(key);
  }

  get isSealed(): boolean {
    return this.closed;
  }

  close(): void {
    this.closed = true;
  }

  /** Opens the seal if the key is right, and says whether it is. */
  open(key: string): boolean {
    const written = /^[0-9a-f]{64}$/i.test(key)
      ? key.toLowerCase()
      : Buffer.from(key, 'base64').toString('hex');
    if (digest(written) !== this.keySha256) return false;
    this.closed = false;
    return true;
  }
}
