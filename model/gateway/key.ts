import type { KeyForm } from '../tunnel/key-form';
import { ValueError } from '../value-error';

/** Where a key may be fetched on the gateway: the field `value` of a secret in Vault, or a file. */
const REFERENCE = /^(vault:\/\/[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)+|file:\/\/(\/[A-Za-z0-9_.-]+)+)$/;

/**
 * A tunnel's pre-shared key: its value, or a reference that is resolved on the gateway.
 *
 * No property, text or JSON form shows the value. Only {@link GatewayKey.value} returns it, for the renderer of the secrets
 * file.
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

  /** @throws {@link ValueError} for a key that the cloud does not take; the key is not in the message */
  static of(value: string, form: KeyForm): GatewayKey {
    if (!form.pattern.test(value))
      throw new ValueError(form.expected, `${value.length} characters, not shown`);
    return new GatewayKey(value, undefined);
  }

  /** @throws {@link ValueError} */
  static referenceTo(reference: string): GatewayKey {
    if (!REFERENCE.test(reference) || reference.split('/').includes('..')) {
      throw new ValueError('a reference like vault://secret/vpn/dev or file:///etc/kakehashi/key', reference);
    }
    return new GatewayKey(undefined, reference);
  }

  /** The secret; undefined for a reference. */
  value(): string | undefined {
    return this.#value;
  }

  toString(): string {
    return this.reference ?? '(secret)';
  }

  toJSON(): string {
    return this.toString();
  }

  /** Node's console and assertions print this. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
