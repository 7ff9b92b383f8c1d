import { visibleText } from '../../../base/visible-text';
import { PostFailure } from '../failure';

/** An answer that refuses a request. */
export interface Refusal {
  readonly where: string;
  /** What was asked, in words: `add a comment`. */
  readonly task: string;
  readonly status: number;
  /** The server's own message. */
  readonly message: string;
  /** What the token needs for this task: `pull-requests: write`. */
  readonly needs: string;
  /** The variable that holds the token. */
  readonly variable: string;
}

/** The longest part of a server's message that is shown. */
const SHOWN = 200;

/** The failure of a request that the server answered and did not do. */
export function refusalOf({ where, task, status, message, needs, variable }: Refusal): PostFailure {
  const line = visibleText(message).replace(/\s+/g, ' ').trim();
  const said = line === '' ? '' : `: ${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}`;
  const what = `can't ${task} (${status}${said})`;
  if (status === 401)
    return new PostFailure('token', {
      where,
      summary: `the token of ${variable} is not accepted (401)`,
      fixes: ['it may have expired: give a new one'],
    });
  if (status === 413 || /too (long|large)/i.test(message))
    return new PostFailure('too-long', { where, summary: what });
  if (status === 403 && /\blocked\b/i.test(message))
    return new PostFailure('forbidden', {
      where,
      summary: what,
      fixes: ['unlock its conversation or the repository, and run the job again'],
    });
  if (status === 403)
    return new PostFailure('forbidden', { where, summary: what, fixes: [`give the token ${needs}`] });
  if (status === 404)
    return new PostFailure('missing', {
      where,
      summary: what,
      fixes: [`check the number and the repository; a private one needs a token with ${needs}`],
    });
  return new PostFailure('refused', { where, summary: what });
}
