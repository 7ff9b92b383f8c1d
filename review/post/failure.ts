import { Failure } from '../../base/errors';
import type { Fault } from '../../base/fault';

/** Why posting failed: the part of an error that programs decide by. */
export type PostFailureCode =
  /** There is no answer: no route, no listener, no such name, or a timeout. */
  | 'unreachable'
  /** Its certificate is not accepted. */
  | 'tls'
  /** It redirects to another address, where a token must not go. */
  | 'redirect'
  /** Its answer is not that of such a server. */
  | 'not-api'
  /** It answers with errors of its own, again and again. */
  | 'server'
  /** Its rate limit lasts longer than this run waits. */
  | 'limited'
  /** The token is wrong or expired. */
  | 'token'
  /** The token is valid and may not do this. */
  | 'forbidden'
  | 'missing'
  /** The text is longer than the server takes. */
  | 'too-long'
  /** The server refused the request for a reason that only its own message tells. */
  | 'refused';

/** An expected failure of a request. A token is never in it. */
export class PostFailure extends Failure {
  constructor(
    readonly code: PostFailureCode,
    fault: string | Fault,
  ) {
    super(fault);
  }
}

const GENERAL: ReadonlySet<PostFailureCode> = new Set([
  'unreachable',
  'tls',
  'redirect',
  'not-api',
  'server',
  'limited',
  'token',
]);

/** Whether every further request would fail as well. */
export function isGeneral(error: PostFailure): boolean {
  return GENERAL.has(error.code);
}
