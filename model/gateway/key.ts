import { ValueError } from '../value-error';

/** What AWS takes as a pre-shared key: 8–64 letters, digits, dots and underscores, not starting with 0 (facts.md §4). */
const KEY = /^(?!0)[A-Za-z0-9._]{8,64}$/;

/** Where a key may be fetched on the gateway: Vault's field `value` at a path (domain.md A3), or a file. */
const REFERENCE = /^(vault:\/\/[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)+|file:\/\/(\/[A-Za-z0-9_.-]+)+)$/;

/**
 * A tunnel's pre-shared key: its value, or a reference that is resolved on the gateway.
 *
 * The value is in no property, text or JSON form of it; only {@link GatewayKey.value} gives it out, to the renderer of the
 * secrets file.
 */
export class GatewayKey {
  readonly #value: string | undefined;

  private constructor(
    value: string | undefined,
    /** `vault://engine/path` or `file:///path`; absent where the value is known. */
    readonly reference: string | undefined,
  ) {
    this.#value = value;
  }

  /** @throws {@link ValueError} when it is none that AWS takes; the key is not in the message */
  static of(value: string): GatewayKey {
    if (!KEY.test(value)) {
      throw new ValueError(
        'a pre-shared key of 8 to 64 letters, digits, dots and underscores that does not start with 0',
        `${value.length} characters, not shown`,
      );
    }
    return new GatewayKey(value, undefined);
  }

  /** @throws {@link ValueError} */
  static referenceTo(reference: string): GatewayKey {
    if (!REFERENCE.test(reference) || reference.split('/').includes('..')) {
      throw new ValueError('a reference like vault://secret/vpn/dev or file:///etc/kakehashi/key', reference);
    }
    return new GatewayKey(undefined, reference);
  }

  /** The secret itself; undefined for a reference. */
  value(): string | undefined {
    return this.#value;
  }

  toString(): string {
    return this.reference ?? '(secret)';
  }

  toJSON(): string {
    return this.toString();
  }

  /** What Node's console and assertions print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
