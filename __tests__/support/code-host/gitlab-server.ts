import { type Asked, type Listening, listen, paged, type Reply } from './http-server';

export interface ServedNote {
  readonly id: number;
  readonly author: { readonly username: string };
  body: string;
}

export interface ServedGitLabIssue {
  readonly iid: number;
  readonly author: { readonly username: string };
  title: string;
  description: string;
  state: string;
  labels: string;
}

export interface GitLabServer extends Listening {
  readonly notes: ServedNote[];
  readonly issues: ServedGitLabIssue[];
  readonly mergeRequest: {
    sha: string;
    source_project_id: number;
    target_project_id: number;
    labels: string[];
  };
  readonly labels: { name: string; color: string; description: string }[];
  readonly statuses: {
    sha: string;
    name: string;
    state: string;
    description: string;
    pipeline_id?: number;
  }[];
}

export interface GitLabServerOptions {
  readonly port?: number;
  /** Whether the token may only read. */
  readonly readOnly?: boolean;
  /** Whether it is an older version, which refuses a status that is set already. */
  readonly older?: boolean;
}

export const SHA = 'b'.repeat(40);
const USER = 'project_42_bot';
const DENIED: Reply = { status: 403, value: { message: '403 Forbidden' } };
const MISSING: Reply = { status: 404, value: { message: '404 Not found' } };

/** A server that answers as GitLab's API does to what is posted. Project 42 has merge request 7; the token is `token`. */
export async function startGitLab(options: GitLabServerOptions = {}): Promise<GitLabServer> {
  const notes: ServedNote[] = [];
  const issues: ServedGitLabIssue[] = [];
  const labels: GitLabServer['labels'] = [];
  const statuses: GitLabServer['statuses'] = [];
  const mergeRequest = { sha: SHA, source_project_id: 42, target_project_id: 42, labels: [] as string[] };
  let ids = 500;
  const answer = (asked: Asked, url: string): Reply => {
    const { method, path, token, body } = asked;
    if (token !== 'token') return { status: 401, value: { message: '401 Unauthorized' } };
    const inner = path.replace('/api/v4', '');
    if (inner === '/user') return { status: 200, value: { username: USER } };
    if (!inner.startsWith('/projects/42/')) return MISSING;
    if (method !== 'GET' && options.readOnly === true) return DENIED;
    const [collection = '', id = '', part = '', last = ''] = inner.slice('/projects/42/'.length).split('/');
    if (collection === 'labels')
      return label(asked, decodeURIComponent(inner.split('/labels/')[1] ?? ''), labels);
    if (collection === 'statuses') return status(asked, id, statuses, options.older === true);
    if (collection === 'issues') return issue(asked, Number(id), issues, url, () => (ids += 1));
    if (collection !== 'merge_requests' || id !== '7') return MISSING;
    if (part === 'notes') return note(asked, Number(last), notes, url, () => (ids += 1));
    if (method === 'PUT') {
      for (const name of texts(body.add_labels)) mergeRequest.labels.push(name);
      mergeRequest.labels = mergeRequest.labels.filter((name) => !texts(body.remove_labels).includes(name));
    }
    return { status: 200, value: mergeRequest };
  };
  const listening = await listen(answer, options.port);
  return { ...listening, url: `${listening.url}/api/v4`, notes, issues, labels, statuses, mergeRequest };
}

function texts(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? value.split(',') : [];
}

function tooLong(body: unknown, field: string): Reply | undefined {
  if (typeof body !== 'string' || body === '')
    return { status: 400, value: { error: `${field} is missing` } };
  if (body.length > 1_000_000)
    return { status: 400, value: { message: { [field]: ['is too long (maximum is 1000000 characters)'] } } };
  return undefined;
}

function note(asked: Asked, id: number, notes: ServedNote[], url: string, next: () => number): Reply {
  const { method, body } = asked;
  if (method === 'GET') return paged(notes, asked, url);
  const index = notes.findIndex((one) => one.id === id);
  if (method === 'DELETE') {
    if (index < 0) return MISSING;
    notes.splice(index, 1);
    return { status: 204 };
  }
  const problem = tooLong(body.body, 'note');
  if (problem !== undefined) return problem;
  if (method === 'POST') {
    const made = { id: next(), author: { username: USER }, body: String(body.body) };
    notes.push(made);
    return { status: 201, value: made };
  }
  const found = notes[index];
  if (found === undefined) return MISSING;
  found.body = String(body.body);
  return { status: 200, value: found };
}

function label({ method, body }: Asked, name: string, labels: GitLabServer['labels']): Reply {
  if (method === 'GET') {
    const found = labels.find((one) => one.name === name);
    return found === undefined
      ? { status: 404, value: { message: '404 Label Not Found' } }
      : { status: 200, value: found };
  }
  const { name: wanted = '', color = '', description = '' } = body as Record<string, string>;
  if (labels.some((one) => one.name === wanted))
    return { status: 409, value: { message: 'Label already exists' } };
  if (!/^#[0-9a-f]{6}$/i.test(color))
    return { status: 400, value: { message: { color: ['must be a valid color code'] } } };
  labels.push({ name: wanted, color, description });
  return { status: 201, value: { name: wanted } };
}

function status({ body }: Asked, sha: string, statuses: GitLabServer['statuses'], older: boolean): Reply {
  const {
    name = '',
    state = '',
    description = '',
    pipeline_id,
  } = body as {
    readonly name?: string;
    readonly state?: string;
    readonly description?: string;
    readonly pipeline_id?: number;
  };
  if (!['pending', 'running', 'success', 'failed', 'canceled'].includes(state))
    return { status: 400, value: { error: 'state does not have a valid value' } };
  if (description.length > 255)
    return { status: 400, value: { message: { description: ['is too long (maximum is 255 characters)'] } } };
  if (older && statuses.some((one) => one.sha === sha && one.name === name && one.state === state))
    return { status: 400, value: { message: `Cannot transition status via :enqueue from :${state}` } };
  statuses.push({ sha, name, state, description, ...(pipeline_id === undefined ? {} : { pipeline_id }) });
  return { status: 201, value: {} };
}

function issue(
  asked: Asked,
  iid: number,
  issues: ServedGitLabIssue[],
  url: string,
  next: () => number,
): Reply {
  const { method, body, query } = asked;
  if (method === 'GET') {
    const author = query.get('author_username');
    return paged(
      issues.filter((one) => author === null || one.author.username === author),
      asked,
      url,
    );
  }
  const { title, description, labels, state_event } = body as Record<string, string | undefined>;
  const problem = tooLong(description, 'description');
  if (problem !== undefined) return problem;
  if (method === 'POST') {
    const made = {
      iid: next(),
      author: { username: USER },
      title: title ?? '',
      description: description ?? '',
      state: 'opened',
      labels: labels ?? '',
    };
    issues.push(made);
    return { status: 201, value: made };
  }
  const found = issues.find((one) => one.iid === iid);
  if (found === undefined) return MISSING;
  if (title !== undefined) found.title = title;
  if (description !== undefined) found.description = description;
  if (state_event !== undefined) found.state = state_event === 'close' ? 'closed' : 'opened';
  return { status: 200, value: found };
}
