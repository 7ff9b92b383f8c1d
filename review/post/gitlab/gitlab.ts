import type { CodeHost, Issue, Issues, Label, Note, Notes } from '../code-host';
import { PostFailure } from '../failure';
import { type GitLabClient, notGitLab } from './client';

/** Characters that GitLab takes as a note or as the description of an issue. */
const LONGEST = 1_000_000;
/** A page that is longer than this is no comment any more, whatever the server takes. */
const READABLE = 250_000;

type Answer = Readonly<Record<string, unknown>>;

/** Notes of merge requests, labels, statuses and issues of one project at GitLab. */
export function gitlab(client: GitLabClient, id: string, pipeline: string | undefined): CodeHost {
  const project = `projects/${encodeURIComponent(id)}`;
  const { where } = client;
  const changeLabels = (number: number, task: string, body: Answer) =>
    client.ask({ task, method: 'PUT', path: `${project}/merge_requests/${number}`, body });
  return {
    name: 'GitLab',
    longest: Math.min(LONGEST, READABLE),
    self: async () => {
      const { username } = answerOf(
        await client.ask({ task: 'ask who the token is', method: 'GET', path: 'user' }),
        where,
      );
      if (typeof username !== 'string') throw notGitLab(where);
      return username;
    },
    changeRequest: async (number) => {
      const task = `read merge request ${number}`;
      const path = `${project}/merge_requests/${number}`;
      const answer = answerOf(await client.ask({ task, method: 'GET', path }), where);
      const { sha, labels, source_project_id, target_project_id } = answer;
      if (typeof sha !== 'string') throw notGitLab(where);
      return {
        head: sha,
        fork: source_project_id !== target_project_id,
        labels: Array.isArray(labels)
          ? labels.filter((label): label is string => typeof label === 'string')
          : [],
      };
    },
    // A pipeline of GitLab knows its merge request.
    requestFrom: async () => undefined,
    comments: (number) => notes(client, `${project}/merge_requests/${number}/notes`),
    issues: issues(client, `${project}/issues`),
    addLabels: async (number, labels) => {
      await makeLabels(client, project, labels);
      await changeLabels(number, 'label it', { add_labels: labels.map(({ name }) => name).join(',') });
    },
    removeLabel: async (number, name) => {
      await changeLabels(number, 'remove a label', { remove_labels: name });
    },
    setStatus: async (commit, { context, state, description, link }) => {
      try {
        await client.ask({
          task: `set the status of ${commit.slice(0, 12)}`,
          method: 'POST',
          path: `${project}/statuses/${commit}`,
          body: {
            name: context,
            state: state === 'failure' ? 'failed' : state,
            description,
            ...(link === undefined ? {} : { target_url: link }),
            ...(pipeline === undefined ? {} : { pipeline_id: Number(pipeline) }),
          },
        });
      } catch (error) {
        // Older versions refuse a status that is set already.
        if (!(error instanceof PostFailure) || !/cannot transition status/i.test(error.message)) throw error;
      }
    },
  };
}

function notes(client: GitLabClient, path: string): Notes {
  const { where } = client;
  return {
    list: async () =>
      (await client.all('read its comments', `${path}?sort=asc&order_by=created_at`)).map((one) =>
        noteOf(one, where),
      ),
    add: async (body) =>
      noteOf(await client.ask({ task: 'add a comment', method: 'POST', path, body: { body } }), where),
    rewrite: async ({ id }, body) => {
      await client.ask({ task: 'update its comment', method: 'PUT', path: `${path}/${id}`, body: { body } });
    },
    remove: async ({ id }) => {
      await client.ask({ task: 'remove a second comment', method: 'DELETE', path: `${path}/${id}` });
    },
    // A note can't be folded.
    fold: async () => undefined,
  };
}

function issues(client: GitLabClient, path: string): Issues {
  const { where } = client;
  return {
    list: async (by) => {
      const filter =
        'author' in by
          ? `author_username=${encodeURIComponent(by.author)}`
          : `labels=${encodeURIComponent(by.label)}`;
      const query = `scope=all&order_by=created_at&sort=asc&${filter}`;
      return (await client.all('read its issues', `${path}?${query}`)).map((one) => issueOf(one, where));
    },
    add: async (title, description, labels) => {
      const body = { title, description, labels: labels.map(({ name }) => name).join(',') };
      return issueOf(await client.ask({ task: 'open an issue', method: 'POST', path, body }), where);
    },
    rewrite: async ({ id, open: isOpen }, title, description, open) => {
      const event = open === isOpen ? {} : { state_event: open ? 'reopen' : 'close' };
      const body = { title, description, ...event };
      await client.ask({ task: `update issue ${id}`, method: 'PUT', path: `${path}/${id}`, body });
    },
  };
}

/** Makes the labels that the project lacks, so that they have a description. Another job may make one at the same time. */
async function makeLabels(client: GitLabClient, project: string, labels: readonly Label[]): Promise<void> {
  for (const { name, description, colour } of labels) {
    const path = `${project}/labels`;
    if (await isThere(client, `${path}/${encodeURIComponent(name)}`)) continue;
    const body = { name, description, color: `#${colour}` };
    try {
      await client.ask({ task: `make the label ${name}`, method: 'POST', path, body });
    } catch (error) {
      if (!(error instanceof PostFailure) || error.code !== 'refused') throw error;
    }
  }
}

async function isThere(client: GitLabClient, path: string): Promise<boolean> {
  try {
    await client.ask({ task: 'read a label', method: 'GET', path });
    return true;
  } catch (error) {
    if (error instanceof PostFailure && error.code === 'missing') return false;
    throw error;
  }
}

function noteOf(value: unknown, where: string): Note {
  const { id, body, author } = answerOf(value, where);
  if (typeof id !== 'number') throw notGitLab(where);
  return { id, body: typeof body === 'string' ? body : '', author: usernameOf(author) };
}

/** An issue; its number in the project is what it is called by. */
function issueOf(value: unknown, where: string): Issue {
  const { iid, description, author, state } = answerOf(value, where);
  if (typeof iid !== 'number') throw notGitLab(where);
  return {
    id: iid,
    body: typeof description === 'string' ? description : '',
    author: usernameOf(author),
    open: state === 'opened',
  };
}

function usernameOf(author: unknown): string {
  return typeof author === 'object' &&
    author !== null &&
    'username' in author &&
    typeof author.username === 'string'
    ? author.username
    : '';
}

function answerOf(value: unknown, where: string): Answer {
  if (typeof value !== 'object' || value === null) throw notGitLab(where);
  return value as Answer;
}
