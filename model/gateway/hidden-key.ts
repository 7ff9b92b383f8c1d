/**
 * Stands for a tunnel's pre-shared key in files that are only shown: `<key of 169.254.100.0/30>`. The key itself was never
 * read.
 */
export class HiddenKey {
  readonly reference = undefined;

  constructor(
    private readonly insideCidr: string,
    /** Whether an apply gives the tunnel another key. */
    private readonly isNew: boolean,
  ) {}

  /** The text in the key's place. */
  value(): string {
    return `<${this.isNew ? 'new key' : 'key'} of ${this.insideCidr}>`;
  }
}
