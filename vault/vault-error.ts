import { Failure } from '../base/errors';

/** What went wrong with a Vault server, for whoever decides by it. */
export type VaultTrouble =
  /** Nobody answers: no route, no listener, no such name, no answer in time. */
  | 'unreachable'
  /** Its certificate is not accepted, or one end speaks TLS and the other does not. */
  | 'tls'
  /** It sends us elsewhere, where a token must not go. */
  | 'redirect'
  /** What answers is not a Vault. */
  | 'not-vault'
  /** An answer that is larger than any secret. */
  | 'too-large'
  | 'uninitialized'
  | 'sealed'
  /** The token is wrong, revoked or expired. */
  | 'token'
  /** The token is right, and its policies refuse. */
  | 'denied'
  | 'missing'
  /** No mount at the reference's engine, or one of another kind. */
  | 'engine'
  /** A secret without a usable field `value`. */
  | 'no-value'
  /** A cubbyhole that nobody will see again. */
  | 'cubbyhole'
  /** The server refused what was asked, in its own words. */
  | 'refused';

/** Something that is known to go wrong with a Vault: one line with what to do. Neither a value nor a token is ever in it. */
export class VaultError extends Failure {
  constructor(
    readonly trouble: VaultTrouble,
    message: string,
  ) {
    super(message);
  }
}

/** Troubles that every further request would meet as well. */
const GENERAL: ReadonlySet<VaultTrouble> = new Set([
  'unreachable',
  'tls',
  'redirect',
  'not-vault',
  'uninitialized',
  'sealed',
  'token',
]);

/** Whether an error is about the server or the token, and not about one secret. */
export function isGeneral(error: unknown): boolean {
  return error instanceof VaultError && GENERAL.has(error.trouble);
}

/** A server's own words, fit for one line: without control characters, and bounded. */
export function shortened(words: string, longest = 300): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = words.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
