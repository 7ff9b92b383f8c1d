import type { CodeHost, Issues, Label, Notes } from '../code-host';
import { PostFailure } from '../failure';
import { allPages, type ListAround, type ListPage } from '../web/pages';
import { changeRequestOf, checkStatus, isPullRequest, issueOf, noteOf } from './answers';
import { asking, type GitHubClient, notGitHub } from './client';
import { selfOf } from './self';

/** Characters that GitHub takes as the body of a comment or an issue. */
const LONGEST = 65_536;
const PAGE = 100;
const WRITE = 'pull-requests: write';
const ISSUES = 'issues: write';

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** Comments of pull requests, labels, statuses and issues of one repository at GitHub. */
export function github(client: GitHubClient, place: Place): CodeHost {
  return {
    name: 'GitHub',
    longest: LONGEST,
    self: () => selfOf(client),
    changeRequest: (pull_number) =>
      asking(
        client,
        `read pull request ${pull_number}`,
        'pull-requests: read',
        async ({ octokit, where }) => {
          const { data } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
            ...place,
            pull_number,
          });
          return changeRequestOf(data, place, where);
        },
      ),
    requestFrom: ({ owner, branch, commit }) =>
      asking(client, 'find its pull request', 'pull-requests: read', async ({ octokit }) => {
        const path = 'GET /repos/{owner}/{repo}/pulls';
        const { data } = await octokit.request(path, {
          ...place,
          head: `${owner}:${branch}`,
          per_page: PAGE,
        });
        return data.find(({ head }) => head.sha === commit)?.number;
      }),
    comments: (number) => comments(client, place, number),
    issues: issues(client, place),
    addLabels: async (issue_number, labels) => {
      await makeLabels(client, place, labels);
      await asking(client, 'label it', WRITE, async ({ octokit }) => {
        await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
          ...place,
          issue_number,
          labels: labels.map(({ name }) => name),
        });
      });
    },
    removeLabel: (issue_number, name) =>
      unless('missing', () =>
        asking(client, 'remove a label', WRITE, async ({ octokit }) => {
          await octokit.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
            ...place,
            issue_number,
            name,
          });
        }),
      ),
    setStatus: (sha, { context, state, description, link }) =>
      asking(
        client,
        `set the status of ${sha.slice(0, 12)}`,
        'statuses: write',
        async ({ octokit, where }) => {
          const { data } = await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
            ...place,
            sha,
            context,
            state,
            description,
            ...(link === undefined ? {} : { target_url: link }),
          });
          checkStatus(data, context, where);
        },
      ),
  };
}

function comments(client: GitHubClient, place: Place, issue_number: number): Notes {
  return {
    list: () =>
      asking(client, 'read its comments', WRITE, async ({ octokit, where }) => {
        const path = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const all = await allPages(listOf(where, 'read its comments'), async (page) =>
          pageOf(await octokit.request(path, { ...place, issue_number, per_page: PAGE, ...page })),
        );
        return all.map((one) => noteOf(one, where));
      }),
    add: (body) =>
      asking(client, 'add a comment', WRITE, async ({ octokit, where }) => {
        const path = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const { data } = await octokit.request(path, { ...place, issue_number, body });
        return noteOf(data, where);
      }),
    rewrite: ({ id }, body) =>
      asking(client, 'update its comment', WRITE, async ({ octokit, where }) => {
        const path = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
        const { data } = await octokit.request(path, { ...place, comment_id: id, body });
        noteOf(data, where);
      }),
    remove: ({ id }) =>
      asking(client, 'remove a second comment', WRITE, async ({ octokit }) => {
        const path = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
        await octokit.request(path, { ...place, comment_id: id });
      }),
    fold: ({ node }, folded) => fold(client, node, folded),
  };
}

/** Folding is no more than tidiness, so a token that may not do it is no failure. */
async function fold(client: GitHubClient, node: string | undefined, folded: boolean): Promise<void> {
  if (node === undefined) return;
  const mutation = folded
    ? 'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { clientMutationId } }'
    : 'mutation($id: ID!) { unminimizeComment(input: { subjectId: $id }) { clientMutationId } }';
  const act = () =>
    asking(client, 'fold its comment', WRITE, async ({ octokit }) => {
      await octokit.graphql(mutation, { id: node });
    });
  await unless('forbidden', () => unless('missing', () => unless('not-api', act)));
}

function issues(client: GitHubClient, place: Place): Issues {
  return {
    list: (by) =>
      asking(client, 'read its issues', ISSUES, async ({ octokit, where }) => {
        const query = {
          ...place,
          ...('author' in by ? { creator: by.author } : { labels: by.label }),
          state: 'all',
          sort: 'created',
          direction: 'asc',
          per_page: PAGE,
        } as const;
        const all = await allPages(listOf(where, 'read its issues'), async (page) =>
          pageOf(await octokit.request('GET /repos/{owner}/{repo}/issues', { ...query, ...page })),
        );
        return all.filter((one) => !isPullRequest(one)).map((one) => issueOf(one, where));
      }),
    add: async (title, body, labels) => {
      await unless('forbidden', () => makeLabels(client, place, labels));
      return asking(client, 'open an issue', ISSUES, async ({ octokit, where }) => {
        const names = labels.map(({ name }) => name);
        const path = 'POST /repos/{owner}/{repo}/issues';
        const { data } = await octokit.request(path, { ...place, title, body, labels: names });
        return issueOf(data, where);
      });
    },
    rewrite: ({ id }, title, body, open) =>
      asking(client, `update issue ${id}`, ISSUES, async ({ octokit, where }) => {
        const { data } = await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
          ...place,
          issue_number: id,
          title,
          body,
          state: open ? 'open' : 'closed',
        });
        issueOf(data, where);
      }),
  };
}

function listOf(where: string, task: string): ListAround {
  return { where, task, notApi: () => notGitHub(where) };
}

function pageOf({
  data,
  headers,
}: {
  readonly data: unknown;
  readonly headers: { readonly link?: string };
}): ListPage {
  return { value: data, link: headers.link ?? '' };
}

/** Makes the labels that the repository lacks. Another job may make one at the same time. */
async function makeLabels(client: GitHubClient, place: Place, labels: readonly Label[]): Promise<void> {
  for (const { name, description, colour } of labels) {
    if (await hasLabel(client, place, name)) continue;
    const act = () =>
      asking(client, `make the label ${name}`, ISSUES, async ({ octokit }) => {
        const path = 'POST /repos/{owner}/{repo}/labels';
        await octokit.request(path, { ...place, name, description, color: colour });
      });
    await unless('refused', act);
  }
}

async function hasLabel(client: GitHubClient, place: Place, name: string): Promise<boolean> {
  try {
    await asking(client, `read the label ${name}`, WRITE, ({ octokit }) =>
      octokit.request('GET /repos/{owner}/{repo}/labels/{name}', { ...place, name }),
    );
    return true;
  } catch (error) {
    if (error instanceof PostFailure && error.code === 'missing') return false;
    throw error;
  }
}

async function unless(code: PostFailure['code'], act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof PostFailure) || error.code !== code) throw error;
  }
}
