/** The secrets that must not be shown: what is read or written is added, and texts of a server are masked. */
export interface SecretMasks {
  add(value: string): void;
  mask(text: string): string;
}

/** What the client needs of whoever uses it. */
export interface VaultListener {
  readonly masks: SecretMasks;
  /** Gets remarks for the user, a line each. */
  readonly note: (text: string) => void;
}
