import { type Asked, type Listening, listen, paged, type Reply } from './http-server';

/** Who a token is, and what it may write. */
export interface Actor {
  /** That of an app ends with `[bot]`. */
  readonly login: string;
  /** `pull-requests`, `issues`, `statuses`. */
  readonly writes: readonly string[];
}

export interface ServedComment {
  readonly id: number;
  readonly node_id: string;
  readonly pull: number;
  readonly user: { readonly login: string };
  body: string;
  minimized: boolean;
  /** What it said before. */
  readonly history: string[];
  readonly made: number;
}

export interface ServedIssue {
  readonly number: number;
  readonly user: { readonly login: string };
  title: string;
  body: string;
  state: string;
  labels: string[];
}

export interface ServedPull {
  head: { sha: string; ref?: string; repo: { full_name: string } | null };
  readonly labels: string[];
  locked?: boolean;
}

export interface GitHubServer extends Listening {
  readonly comments: ServedComment[];
  readonly issues: ServedIssue[];
  readonly pulls: Map<number, ServedPull>;
  /** The labels of the repository. */
  readonly labels: { name: string; color: string; description: string }[];
  readonly statuses: {
    sha: string;
    context: string;
    state: string;
    description: string;
    target_url?: string;
  }[];
  /** Adds a comment as somebody else. */
  write(pull: number, login: string, body: string): ServedComment;
}

export interface GitHubServerOptions {
  readonly port?: number;
  readonly repository?: string;
  /** By token. @default - `token`, that of a job with all permissions */
  readonly actors?: Readonly<Record<string, Actor>>;
  /** How long a new comment is absent from lists, in milliseconds. @default 0 */
  readonly lag?: number;
  /** Requests until the primary rate limit is reached. @default - none */
  readonly requests?: number;
  /** Whether lists of issues by author lack those of apps, as some servers do. */
  readonly hidesApps?: boolean;
  /** Under which path the API lies: `/api/v3` on a server of one's own. @default - none */
  readonly prefix?: string;
}

export const HEAD = 'a'.repeat(40);
const DEFAULT_ACTOR: Actor = {
  login: 'github-actions[bot]',
  writes: ['pull-requests', 'issues', 'statuses'],
};
const DENIED: Reply = { status: 403, value: { message: 'Resource not accessible by integration' } };
const MISSING: Reply = { status: 404, value: { message: 'Not Found' } };

/** A server that answers as GitHub's API does to what is posted, with its limits. Pull request 7 is there. */
export async function startGitHub(options: GitHubServerOptions = {}): Promise<GitHubServer> {
  const {
    repository = 'octo/net',
    actors = { token: DEFAULT_ACTOR },
    lag = 0,
    prefix = '',
    hidesApps = false,
  } = options;
  const comments: ServedComment[] = [];
  const issues: ServedIssue[] = [];
  const labels: GitHubServer['labels'] = [];
  const statuses: GitHubServer['statuses'] = [];
  const pulls = new Map<number, ServedPull>([
    [7, { head: { sha: HEAD, repo: { full_name: repository } }, labels: [] }],
  ]);
  let ids = 1000;
  let left = options.requests ?? Number.POSITIVE_INFINITY;

  const write = (pull: number, login: string, body: string): ServedComment => {
    ids += 1;
    const comment = {
      id: ids,
      node_id: `IC_${ids}`,
      pull,
      user: { login },
      body,
      minimized: false,
      history: [],
      made: Date.now(),
    };
    comments.push(comment);
    return comment;
  };

  const answer = (asked: Asked, url: string): Reply => {
    const actor = actors[asked.token];
    if (actor === undefined) return { status: 401, value: { message: 'Bad credentials' } };
    left -= 1;
    if (left < 0) return limited();
    const isApp = actor.login.endsWith('[bot]');
    const path = asked.path.replace(prefix, '');
    const key = `${asked.method} ${path}`;
    const may = (...rights: string[]) => rights.some((right) => actor.writes.includes(right));
    if (key === 'GET /user') return isApp ? DENIED : { status: 200, value: { login: actor.login } };
    if (asked.method === 'POST' && asked.path === (prefix === '' ? '/graphql' : '/api/graphql'))
      return graphql(asked, actor, comments);
    if (!path.startsWith(`/repos/${repository}/`)) return MISSING;
    const inner = path.slice(`/repos/${repository}`.length);
    const [, collection = '', ...rest] = inner.split('/');
    if (collection === 'pulls' && rest.length === 0) {
      const from = asked.query.get('head');
      const fits = [...pulls].filter(
        ([, { head }]) => `${head.repo?.full_name.split('/')[0]}:${head.ref}` === from,
      );
      return paged(
        fits.map(([number, pull]) => ({ number, head: pull.head })),
        asked,
        url,
      );
    }
    if (collection === 'pulls') {
      const pull = pulls.get(Number(rest[0]));
      return pull === undefined
        ? MISSING
        : { status: 200, value: { ...pull, labels: pull.labels.map((name) => ({ name })) } };
    }
    if (collection === 'statuses' && asked.method === 'POST') {
      if (!may('statuses')) return DENIED;
      return status(asked, rest[0] ?? '', statuses);
    }
    if (collection === 'labels')
      return repositoryLabel(asked, rest.join('/'), labels, may('issues', 'pull-requests'));
    if (collection !== 'issues') return MISSING;
    if (rest[0] === 'comments')
      return oneComment(asked, Number(rest[1]), comments, may('pull-requests', 'issues'));
    if (rest.length === 0)
      return allIssues(asked, url, issues, actor, may('issues'), () => (ids += 1), hidesApps);
    const number = Number(rest[0]);
    if (rest[1] === 'comments') {
      const pull = pulls.get(number);
      if (pull === undefined) return MISSING;
      const there = comments.filter((one) => one.pull === number && Date.now() - one.made >= lag);
      if (asked.method === 'GET') return paged(there, asked, url);
      if (!may('pull-requests', 'issues')) return DENIED;
      if (pull.locked === true)
        return { status: 403, value: { message: 'Unable to create comment because issue is locked.' } };
      return (
        bodyProblem(asked, 'IssueComment') ?? created(write(number, actor.login, String(asked.body.body)))
      );
    }
    if (rest[1] === 'labels') {
      const pull = pulls.get(number);
      if (pull === undefined) return MISSING;
      if (!may('issues', 'pull-requests')) return DENIED;
      return pullLabels(asked, pull, labels, rest.slice(2).join('/'));
    }
    return oneIssue(
      asked,
      issues.find((one) => one.number === number),
      may('issues'),
    );
  };
  const listening = await listen(answer, options.port, { 'x-ratelimit-limit': '5000' });
  return { ...listening, comments, issues, pulls, labels, statuses, write };

  function limited(): Reply {
    const reset = Math.floor(Date.now() / 1000) + 3600;
    return {
      status: 403,
      value: { message: 'API rate limit exceeded for installation ID 1.' },
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
    };
  }
}

function created(value: unknown): Reply {
  return { status: 201, value };
}

function invalid(resource: string, field: string, code: string, message?: string): Reply {
  return {
    status: 422,
    value: { message: 'Validation Failed', errors: [{ resource, code, field, message }] },
  };
}

/** GitHub counts characters. */
function bodyProblem({ body: { body } }: Asked, resource: string): Reply | undefined {
  if (typeof body !== 'string' || body === '') return invalid(resource, 'body', 'missing_field');
  if (Array.from(body).length > 65_536)
    return invalid(resource, 'body', 'unprocessable', 'Body is too long (maximum is 65536 characters)');
  return undefined;
}

function graphql({ body }: Asked, actor: Actor, comments: readonly ServedComment[]): Reply {
  const query = String(body.query);
  if (query.includes('viewer')) return { status: 200, value: { data: { viewer: { login: actor.login } } } };
  const { id } = (body.variables ?? {}) as { readonly id?: string };
  const comment = comments.find(({ node_id }) => node_id === id);
  if (comment === undefined || !actor.writes.includes('pull-requests'))
    return {
      status: 200,
      value: { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }] },
    };
  comment.minimized = !query.includes('unminimizeComment');
  return { status: 200, value: { data: {} } };
}

function status({ body }: Asked, sha: string, statuses: GitHubServer['statuses']): Reply {
  const { context, state, description, target_url } = body as Record<string, string | undefined>;
  if (!['success', 'failure', 'pending', 'error'].includes(state ?? ''))
    return invalid('Status', 'state', 'custom');
  if ((description ?? '').length > 140)
    return invalid('Status', 'description', 'custom', 'description is too long (maximum is 140 characters)');
  const value = {
    sha,
    context: context ?? 'default',
    state: state ?? '',
    description: description ?? '',
    ...(target_url === undefined ? {} : { target_url }),
  };
  statuses.push(value);
  return created(value);
}

function repositoryLabel(
  { method, body }: Asked,
  name: string,
  labels: GitHubServer['labels'],
  may: boolean,
): Reply {
  const is = (other: string) => labels.find((one) => one.name.toLowerCase() === other.toLowerCase());
  if (method === 'GET') {
    const found = is(decodeURIComponent(name));
    return found === undefined ? MISSING : { status: 200, value: found };
  }
  if (!may) return DENIED;
  const { name: wanted = '', color = '', description = '' } = body as Record<string, string>;
  if (is(wanted) !== undefined) return invalid('Label', 'name', 'already_exists');
  if (wanted.length > 50)
    return invalid('Label', 'name', 'custom', 'name is too long (maximum is 50 characters)');
  if (description.length > 100) return invalid('Label', 'description', 'custom', 'description is too long');
  if (!/^[0-9a-f]{6}$/i.test(color)) return invalid('Label', 'color', 'invalid');
  labels.push({ name: wanted, color, description });
  return created({ name: wanted, color, description });
}

function pullLabels(
  { method, body }: Asked,
  pull: ServedPull,
  labels: GitHubServer['labels'],
  name: string,
): Reply {
  if (method === 'POST') {
    for (const wanted of body.labels as string[]) {
      if (!labels.some((one) => one.name === wanted))
        labels.push({ name: wanted, color: 'ededed', description: '' });
      if (!pull.labels.includes(wanted)) pull.labels.push(wanted);
    }
    return { status: 200, value: pull.labels.map((one) => ({ name: one })) };
  }
  const index = pull.labels.indexOf(decodeURIComponent(name));
  if (index < 0) return { status: 404, value: { message: 'Label does not exist' } };
  pull.labels.splice(index, 1);
  return { status: 200, value: [] };
}

function oneComment(asked: Asked, id: number, comments: ServedComment[], may: boolean): Reply {
  if (!may) return DENIED;
  const index = comments.findIndex((one) => one.id === id);
  const comment = comments[index];
  if (comment === undefined) return MISSING;
  if (asked.method === 'DELETE') {
    comments.splice(index, 1);
    return { status: 204 };
  }
  const problem = bodyProblem(asked, 'IssueComment');
  if (problem !== undefined) return problem;
  comment.history.push(comment.body);
  comment.body = String(asked.body.body);
  return { status: 200, value: comment };
}

function allIssues(
  asked: Asked,
  url: string,
  issues: ServedIssue[],
  actor: Actor,
  may: boolean,
  next: () => number,
  hidesApps: boolean,
): Reply {
  if (asked.method === 'GET') {
    const creator = asked.query.get('creator');
    const state = asked.query.get('state') ?? 'open';
    const label = asked.query.get('labels');
    const fits = issues
      .filter(({ labels }) => label === null || labels.includes(label))
      .filter(
        ({ user }) =>
          creator === null || (user.login === creator && !(hidesApps && creator.endsWith('[bot]'))),
      )
      .filter((one) => state === 'all' || one.state === state);
    return paged(fits, asked, url);
  }
  if (!may) return DENIED;
  const problem = bodyProblem(asked, 'Issue');
  if (problem !== undefined) return problem;
  const { title, body, labels } = asked.body as { title: string; body: string; labels?: string[] };
  const issue = {
    number: next(),
    user: { login: actor.login },
    title,
    body,
    state: 'open',
    labels: labels ?? [],
  };
  issues.push(issue);
  return created(issue);
}

function oneIssue(asked: Asked, issue: ServedIssue | undefined, may: boolean): Reply {
  if (issue === undefined) return MISSING;
  if (asked.method === 'GET') return { status: 200, value: issue };
  if (!may) return DENIED;
  const problem = bodyProblem(asked, 'Issue');
  if (problem !== undefined) return problem;
  const { title, body, state } = asked.body as Partial<Record<'title' | 'body' | 'state', string>>;
  Object.assign(issue, {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(state === undefined ? {} : { state }),
  });
  return { status: 200, value: issue };
}
