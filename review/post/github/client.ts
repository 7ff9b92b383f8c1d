import { Interrupted } from '../../../base/interrupted';
import { PostFailure } from '../failure';
import { refusalOf } from '../web/refusal';
import { baseOf } from '../web/server-address';
import { type Token, withoutToken } from '../web/token';

/** The library that speaks to GitHub, with what its errors are made of. */
export type GitHubClient = Awaited<ReturnType<typeof openGitHub>>;

const SILENT = { debug: noop, info: noop, warn: noop, error: noop };

/**
 * Loads Octokit. Waits and repetitions are those of the `fetch` that it is given.
 *
 * @param where - how messages name the server
 */
export async function openGitHub(api: URL, token: Token, where: string, fetch: typeof globalThis.fetch) {
  const { Octokit } = await import('@octokit/core');
  const octokit = new Octokit({
    auth: token.value,
    baseUrl: baseOf(api),
    userAgent: 'kakehashi',
    log: SILENT,
    request: { fetch, log: SILENT },
  });
  return { octokit, token, where };
}

/**
 * Asks GitHub something, and turns the library's errors into ours, which hold no request and no header.
 *
 * @param task - in words: `add a comment`
 * @param needs - the permission for it: `pull-requests: write`
 */
export async function asking<Result>(
  client: GitHubClient,
  task: string,
  needs: string,
  act: (client: GitHubClient) => Promise<Result>,
): Promise<Result> {
  const { where, token } = client;
  try {
    return await act(client);
  } catch (error) {
    const own = ownErrorIn(error);
    if (own !== undefined) throw own;
    const status = statusOf(error);
    const message = error instanceof Error ? withoutToken(error.message, token) : '';
    if (status === undefined) throw notGitHub(where);
    throw refusalOf({ where, task, status, message, needs, variable: token.variable });
  }
}

export function notGitHub(where: string): PostFailure {
  return new PostFailure('not-api', {
    where,
    summary: "its answer is not that of GitHub's API",
    fixes: ['check GITHUB_API_URL: on a server of your own it ends with /api/v3', 'check proxies on the way'],
  });
}

/** Octokit wraps what `fetch` throws. */
function ownErrorIn(error: unknown): Error | undefined {
  if (error instanceof PostFailure || error instanceof Interrupted) return error;
  return typeof error === 'object' && error !== null && 'cause' in error
    ? ownErrorIn(error.cause)
    : undefined;
}

/** The status of an answer that is an error. GraphQL answers 200 with errors, which are refusals. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('name' in error && error.name === 'GraphqlResponseError') return 403;
  return 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function noop(): void {}
