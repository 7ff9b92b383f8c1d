import { markerLine, stackSet } from '../../../review/post/marker';
import { openCodeHost } from '../../../review/post/open-code-host';
import { postIssues } from '../../../review/post/post-issues';
import type { IssueReport } from '../../../review/post/posting';
import { type GitHubServer, startGitHub } from '../../support/code-host/github-server';

const PATIENCE = { requestMs: 500, totalMs: 8000, firstWaitMs: 5 };
const stop = new AbortController().signal;
const BOT = 'github-actions[bot]';

let server: GitHubServer;
beforeEach(async () => {
  server = await startGitHub();
});
afterEach(() => server.close());

async function post(...given: Partial<IssueReport>[]) {
  const variables = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'octo/net', GITHUB_TOKEN: 'token' };
  const opened = await openCodeHost('github', { variables, stop, note: () => undefined, patience: PATIENCE });
  const reports = given.map((one) => ({
    environment: 'dev',
    kind: 'drift' as const,
    title: 'Drift in dev',
    clean: false,
    render: () => 'two things drifted',
    ...one,
  }));
  return postIssues(opened, reports, { project: '', stop });
}

function there(environment: string, state: string, login = BOT): void {
  const marker = markerLine({ kind: 'drift', environment, project: '', stacks: stackSet([]), closed: false });
  const number = server.issues.length + 1;
  server.issues.push({ number, user: { login }, title: 'old', body: `${marker}\nold`, state, labels: [] });
}

const states = () => server.issues.map(({ state }) => state);

it('opens an issue, updates it, closes it when nothing is wrong, and reopens it', async () => {
  const results: (readonly string[])[] = [];
  for (const clean of [false, false, true, true, false]) results.push((await post({ clean })).done);
  expect(results.flat()).toEqual([
    'dev: issue opened',
    'dev: issue updated',
    'dev: issue closed, since nothing is wrong any more',
    'dev: nothing is wrong, so there is no issue',
    'dev: issue reopened',
  ]);
  expect(server.issues).toEqual([
    expect.objectContaining({ title: 'Drift in dev', labels: ['kakehashi/dev/drift'] }),
  ]);
});

it('keeps one for each environment, also where one fails', async () => {
  server.fail({
    method: 'POST',
    path: /issues$/,
    reply: { status: 410, value: { message: 'Issues are disabled' } },
  });
  const { done, failures } = await post(
    { environment: 'dev' },
    { environment: 'prod', title: 'Drift in prod' },
  );
  expect(done).toEqual(['prod: issue opened']);
  expect(failures).toEqual([
    `dev: GitHub at ${server.url}: can't open an issue (410: Issues are disabled); turn issues on in the settings of the repository, or stop the job that posts there`,
  ]);
});

it('finds its own among hundreds, closed ones too', async () => {
  for (let index = 0; index < 130; index += 1) there(`other${index}`, 'open');
  there('dev', 'closed');
  await post({});
  expect(server.issues).toHaveLength(131);
  expect(states().at(-1)).toBe('open');
});

it('finds its own by the label where the server hides those of apps', async () => {
  await server.close();
  server = await startGitHub({ hidesApps: true });
  const results: (readonly string[])[] = [];
  for (const clean of [false, false, true, false]) results.push((await post({ clean })).done);
  expect(results.flat()).toEqual([
    'dev: issue opened',
    'dev: issue updated',
    'dev: issue closed, since nothing is wrong any more',
    'dev: issue reopened',
  ]);
});

it("never takes somebody else's", async () => {
  there('dev', 'open', 'mallory');
  await post({});
  expect(server.issues).toHaveLength(2);
  expect(server.issues[0]?.body).toMatch(/old$/);
});

it('leaves one open of several', async () => {
  there('dev', 'closed');
  there('dev', 'open');
  there('dev', 'open');
  await post({});
  expect(states()).toEqual(['closed', 'open', 'closed']);
  expect(server.issues[1]?.body).toMatch(/two things drifted$/);
});

it('leaves one open where two jobs open one at once', async () => {
  await Promise.all([post({}), post({}), post({})]);
  expect(states().filter((state) => state === 'open')).toHaveLength(1);
  await post({ clean: true });
  expect(states()).not.toContain('open');
});

it('renders within what the server takes', async () => {
  await post({ title: 'x'.repeat(400), render: (budget) => '漢'.repeat(budget) });
  expect(server.issues[0]?.body).toHaveLength(65_536);
  expect(server.issues[0]?.title).toHaveLength(255);
});
