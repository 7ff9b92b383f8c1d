import { Failure } from '../base/errors';
import type { Fault } from '../base/fault';

/** What went wrong with a Vault server: the part of an error that programs decide by. */
export type VaultErrorCode =
  /** There is no answer: no route, no listener, no such name, or a timeout. */
  | 'unreachable'
  /** Its certificate is not accepted, or only one end speaks TLS. */
  | 'tls'
  /** It redirects to another server, where a token must not go. */
  | 'redirect'
  /** The answer is not Vault's. */
  | 'not-vault'
  /** The answer is larger than any secret. */
  | 'too-large'
  | 'uninitialized'
  | 'sealed'
  /** The token is wrong, revoked or expired. */
  | 'token'
  /** The token is valid, and its policies refuse the request. */
  | 'denied'
  | 'missing'
  /** The reference's engine is not mounted, or of another kind. */
  | 'engine'
  /** The secret has no usable field `value`. */
  | 'no-value'
  /** The secret would be in a cubbyhole that no later log-in sees. */
  | 'cubbyhole'
  /** The server refused the request for a reason that only its own message tells. */
  | 'refused';

/** An expected failure of a request to Vault. Neither a secret's value nor a token is ever in it. */
export class VaultError extends Failure {
  constructor(
    readonly code: VaultErrorCode,
    fault: string | Fault,
  ) {
    super(fault);
  }
}

/** Codes of errors that every further request would meet as well. */
const GENERAL: ReadonlySet<VaultErrorCode> = new Set([
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
  return error instanceof VaultError && GENERAL.has(error.code);
}
