/** What stands in the place of a value that the cloud gives at the apply, in Terraform's own words. */
export const PENDING_TEXT = '(known after apply)';

/**
 * An address that the cloud gives at the apply. It can be shown, and no file with it can be written to a host: a type that
 * admits it is not the type that a folder is written from.
 */
export class Pending {
  readonly kind = 'pending';

  toString(): string {
    return PENDING_TEXT;
  }

  toJSON(): string {
    return PENDING_TEXT;
  }
}

/** An IPv4 address as text, or one that is not known yet. */
export type Address = string | Pending;

/** The address that a text of a planned output stands for; it is not checked. */
export function plannedAddress(text: string): Address {
  return text === PENDING_TEXT ? new Pending() : text;
}
