import { visibleText } from '../../../base/visible-text';
import { PostFailure, type PostFailureCode } from '../failure';

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

/** What a 403 means that no permission of the token heals, by the words of the server. */
const WITHHELD: readonly (readonly [said: RegExp, fix: string])[] = [
  [/\blocked\b/i, 'unlock its conversation or the repository, and run the job again'],
  [/\barchived\b|\bread.only\b/i, 'take the repository out of the archive, or stop the job that posts to it'],
  [/\bSAML\b|\bSSO\b|single sign.on/i, "authorize the token for the organization's single sign-on"],
  [/\bIP\b.{0,20}\b(allow|address)/i, "add this machine's address to the allow list of the organization"],
];

/** What to do about other answers. */
const FIXES: Readonly<Record<number, string>> = {
  409: 'run the job again: something else changed it at the same time',
  410: 'turn issues on in the settings of the repository, or stop the job that posts there',
  422: 'correct what the server names, and run the job again',
  451: "ask the repository's owner, who was told why it is blocked",
};

/** The failure of a request that the server answered and did not do. */
export function refusalOf({ where, task, status, message, needs, variable }: Refusal): PostFailure {
  const isPage = /^\s*</.test(message);
  const line = isPage ? 'a page of HTML' : visibleText(message).replace(/\s+/g, ' ').trim();
  const said = line === '' ? '' : `: ${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}`;
  const summary = `can't ${task} (${status}${said})`;
  const failure = (code: PostFailureCode, ...fixes: readonly string[]) =>
    new PostFailure(code, { where, summary, fixes });
  if (status === 401)
    return new PostFailure('token', {
      where,
      summary: `the token of ${variable} is not accepted (401)`,
      fixes: ['it may have expired: give a new one'],
    });
  if (status === 413 || (!isPage && /too (long|large)/i.test(message))) return failure('too-long');
  if (status === 403) {
    if (isPage) return failure('forbidden', 'check proxies and firewalls on the way');
    const withheld = WITHHELD.find(([words]) => words.test(message));
    return failure('forbidden', withheld?.[1] ?? `give the token ${needs}`);
  }
  if (status === 404)
    return failure(
      'missing',
      `check the number and the repository; a private one needs a token with ${needs}`,
    );
  return failure(
    'refused',
    FIXES[status] ?? 'run the job again, and ask the keeper of the server if it stays',
  );
}
