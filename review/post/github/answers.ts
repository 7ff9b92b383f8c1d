import type { ChangeRequest, Issue, Note } from '../code-host';
import { notGitHub } from './client';

/** The parts of GitHub's answers that are used. What lacks them is no answer of GitHub's API. */
type Answer = Readonly<Record<string, unknown>>;

export function noteOf(value: unknown, where: string): Note {
  const { id, body, user, node_id } = answerOf(value, where);
  if (typeof id !== 'number') throw notGitHub(where);
  return {
    id,
    author: loginIn(user),
    body: typeof body === 'string' ? body : '',
    ...(typeof node_id === 'string' ? { node: node_id } : {}),
  };
}

/** An issue; its number is what it is called by. */
export function issueOf(value: unknown, where: string): Issue {
  const { number, state, body, user } = answerOf(value, where);
  if (typeof number !== 'number') throw notGitHub(where);
  return {
    id: number,
    author: loginIn(user),
    body: typeof body === 'string' ? body : '',
    open: state === 'open',
  };
}

/** GitHub lists pull requests among the issues. */
export function isPullRequest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'pull_request' in value;
}

/** Whether a status was set: a page to log in, with the status 200, says nothing of it. */
export function checkStatus(value: unknown, context: string, where: string): void {
  if (answerOf(value, where).context !== context) throw notGitHub(where);
}

export function changeRequestOf(
  value: unknown,
  place: { readonly owner: string; readonly repo: string },
  where: string,
): ChangeRequest {
  const { head, labels } = answerOf(value, where);
  const { sha, repo } = answerOf(head, where);
  if (typeof sha !== 'string') throw notGitHub(where);
  // A fork that was deleted is null.
  const from = typeof repo === 'object' && repo !== null && 'full_name' in repo ? repo.full_name : undefined;
  const own = `${place.owner}/${place.repo}`.toLowerCase();
  return {
    head: sha,
    fork: typeof from !== 'string' || from.toLowerCase() !== own,
    labels: (Array.isArray(labels) ? labels : []).flatMap((label: unknown) =>
      typeof label === 'object' && label !== null && 'name' in label && typeof label.name === 'string'
        ? [label.name]
        : [],
    ),
  };
}

/** The login of an author; nobody's where the account was deleted. */
function loginIn(user: unknown): string {
  return typeof user === 'object' && user !== null && 'login' in user && typeof user.login === 'string'
    ? user.login
    : '';
}

function answerOf(value: unknown, where: string): Answer {
  if (typeof value !== 'object' || value === null) throw notGitHub(where);
  return value as Answer;
}
