import { PostFailure } from '../failure';
import { allPages, type ListPage } from '../web/pages';
import { refusalOf } from '../web/refusal';
import { baseOf } from '../web/server-address';
import { type Token, withoutToken } from '../web/token';

/** One request to GitLab's REST API. */
export interface GitLabRequest {
  /** In words: `add a comment`. */
  readonly task: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v4`, each segment encoded. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface GitLabClient {
  readonly where: string;
  ask(request: GitLabRequest): Promise<unknown>;
  /** All pages of a list. */
  all(task: string, path: string): Promise<readonly unknown[]>;
}

const NEEDS = 'the scope api and the role Developer';

/** GitLab's REST API over `fetch`: a few paths with JSON, for which no library is needed (docs/decisions/0058-posting.md). */
export function openGitLab(
  api: URL,
  token: Token,
  where: string,
  fetch: typeof globalThis.fetch,
): GitLabClient {
  const base = baseOf(api);
  const send = async ({ task, method, path, body }: GitLabRequest): Promise<ListPage> => {
    const answer = await fetch(`${base}/${path}`, {
      method,
      headers: {
        'PRIVATE-TOKEN': token.value,
        Accept: 'application/json',
        'User-Agent': 'kakehashi',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const value = text === '' ? undefined : parsed(text);
    if (!answer.ok) {
      const message = withoutToken(messageOf(value), token);
      throw refusalOf({
        where,
        task,
        status: answer.status,
        message,
        needs: NEEDS,
        variable: token.variable,
      });
    }
    if (text !== '' && value === undefined) throw notGitLab(where);
    return { value, next: answer.headers.get('x-next-page') ?? '', link: answer.headers.get('link') ?? '' };
  };
  return {
    where,
    ask: async (request) => (await send(request)).value,
    all: (task, path) =>
      allPages({ where, task, notApi: () => notGitLab(where) }, (page) => {
        const query = new URLSearchParams({ per_page: '100', ...page });
        const separator = path.includes('?') ? '&' : '?';
        return send({ task, method: 'GET', path: `${path}${separator}${query}` });
      }),
  };
}

export function notGitLab(where: string): PostFailure {
  return new PostFailure('not-api', {
    where,
    summary: "its answer is not that of GitLab's API",
    fixes: ['check CI_API_V4_URL: it ends with /api/v4', 'check proxies on the way'],
  });
}

/** GitLab's messages are texts, lists, or lists by field. */
function messageOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const said = 'message' in value ? value.message : 'error' in value ? value.error : '';
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
