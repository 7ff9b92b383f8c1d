import { digest } from '../store/identifiers';

/** Whether the simulated Vault is sealed, and the one key that opens it. It is open when it starts. */
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

  /** Whether the key fits; then it is open. */
  open(key: string): boolean {
    const written = /^[0-9a-f]{64}$/i.test(key)
      ? key.toLowerCase()
      : Buffer.from(key, 'base64').toString('hex');
    if (digest(written) !== this.keySha256) return false;
    this.closed = false;
    return true;
  }
}
