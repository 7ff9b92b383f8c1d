import { openCodeHost } from '../../../review/post/open-code-host';
import { postIssues } from '../../../review/post/post-issues';
import { postReviews } from '../../../review/post/post-reviews';
import type { Posted, Posting } from '../../../review/post/posting';
import {
  type GitLabServer,
  type GitLabServerOptions,
  SHA,
  startGitLab,
} from '../../support/code-host/gitlab-server';
import { samplePosting } from '../../support/postings';

const PATIENCE = { requestMs: 500, totalMs: 8000, firstWaitMs: 5 };
const around = { project: '', stop: new AbortController().signal };

let server: GitLabServer;
afterEach(() => server.close());

async function start(options: GitLabServerOptions = {}): Promise<void> {
  server = await startGitLab(options);
}

function open(env: NodeJS.ProcessEnv = {}) {
  const variables = {
    CI_API_V4_URL: server.url,
    CI_PROJECT_ID: '42',
    CI_MERGE_REQUEST_PROJECT_ID: '42',
    CI_MERGE_REQUEST_IID: '7',
    CI_COMMIT_SHA: SHA,
    CI_PIPELINE_ID: '900',
    CI_JOB_URL: 'https://gitlab.example/job/1',
    GITLAB_TOKEN: 'token',
    ...env,
  };
  return openCodeHost('gitlab', { variables, stop: around.stop, note: () => undefined, patience: PATIENCE });
}

async function post(given: Partial<Posting> = {}, env: NodeJS.ProcessEnv = {}): Promise<Posted> {
  return postReviews(await open(env), [samplePosting(given)], around);
}

const bodies = () => server.notes.map(({ body }) => body.split('\n').slice(1).join('\n'));

it('keeps one note, its labels and the status of the commit', async () => {
  await start();
  expect((await post()).done).toEqual([
    'dev: comment added',
    'dev: labels + kakehashi/dev/outage, + kakehashi/dev/replaced',
    'dev: status success',
  ]);
  await post({ render: () => 'again', outcome: 'refused', kinds: ['widened'] });
  expect(bodies()).toEqual(['again']);
  expect(server.mergeRequest.labels).toEqual(['kakehashi/dev/widened']);
  expect(server.statuses).toEqual([
    expect.objectContaining({ sha: SHA, name: 'kakehashi/dev', state: 'success', pipeline_id: 900 }),
    expect.objectContaining({ state: 'failed' }),
  ]);
  expect(server.labels.map(({ description }) => description)).toContain(
    'An apply stops traffic, or changes addresses or keys',
  );
});

it('closes the note when nothing is left', async () => {
  await start();
  await post();
  await post({ outcome: 'nothing', kinds: [] });
  expect(bodies()).toEqual([expect.stringMatching(/^### dev: nothing left to review\n/)]);
  expect(server.mergeRequest.labels).toEqual(['kakehashi/dev/none']);
});

it("finds its note on the third page, and leaves others' alone", async () => {
  await start();
  await post();
  const [own] = server.notes.splice(0, 1);
  for (let id = 1; id <= 250; id += 1)
    server.notes.push({ id, author: { username: `user${id}` }, body: own?.body ?? '' });
  if (own !== undefined) server.notes.push(own);
  await post({ render: () => 'again' });
  expect(server.notes).toHaveLength(251);
  expect(bodies().at(-1)).toBe('again');
  expect(bodies().slice(0, 250)).not.toContain('again');
});

it('renders shorter where the server takes less', async () => {
  await start();
  server.fail({
    method: 'POST',
    path: /notes$/,
    reply: { status: 400, value: { message: { note: ['is too long (maximum is 100000 characters)'] } } },
  });
  await post({ render: (budget) => 'x'.repeat(budget) });
  expect(server.notes[0]?.body).toHaveLength(125_000);
});

it('sets a status again that an older server refuses to set twice', async () => {
  await start({ older: true });
  await post({ outcome: 'refused' });
  expect((await post({ outcome: 'refused' })).notes).toEqual([]);
});

it('sets only the status in a merge train', async () => {
  await start();
  await post({}, { CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' });
  expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
  expect(server.statuses).toHaveLength(1);
});

it('leaves one note for a fork', async () => {
  await start({ readOnly: true });
  server.mergeRequest.source_project_id = 43;
  const { failures, notes } = await post();
  expect(failures).toEqual([]);
  expect(notes).toHaveLength(1);
});

it.each<[string, NodeJS.ProcessEnv, string]>([
  [
    'a wrong token',
    { GITLAB_TOKEN: 'nonsense' },
    'the token of GITLAB_TOKEN is not accepted (401); it may have expired: give a new one',
  ],
  [
    'another project',
    { CI_MERGE_REQUEST_PROJECT_ID: '43' },
    "can't read merge request 7 (404: 404 Not found); check the number and the repository; a private one needs a token with the scope api and the role Developer",
  ],
])('says what to do about %s', async (_, env, message) => {
  await start();
  const { failures } = await post({}, env);
  expect(failures).toEqual([`GitLab at ${new URL(server.url).origin}: ${message}`]);
});

it('says what is no answer of the API', async () => {
  await start();
  server.fail({ times: 9, reply: { status: 200, text: '<html>log in</html>' } });
  expect((await post()).failures).toEqual([
    expect.stringMatching(/: its answer is not that of GitLab's API; check CI_API_V4_URL/),
  ]);
});

it.each<[NodeJS.ProcessEnv, string]>([
  [{ GITLAB_TOKEN: '' }, 'KAKEHASHI_GITLAB_TOKEN or GITLAB_TOKEN: must hold a token with the scope api'],
  [
    { CI_API_V4_URL: 'http://gitlab.example/api/v4' },
    'CI_API_V4_URL: must begin with https://, since a token is sent there, got "http://gitlab.example"',
  ],
  [
    { CI_PROJECT_ID: '', CI_MERGE_REQUEST_PROJECT_ID: '' },
    'CI_PROJECT_ID: must be the id or the path of the project, got nothing; a job of GitLab CI has it, elsewhere set it',
  ],
])('refuses the variables %j', async (env, message) => {
  await start();
  await expect(open(env)).rejects.toThrow(new Error(message));
});

it('waits as a rate limit demands', async () => {
  await start();
  server.fail({ reply: { status: 429, text: 'Retry later', headers: { 'retry-after': '1' } } });
  expect((await post()).failures).toEqual([]);
});

it('keeps one issue', async () => {
  await start();
  const report = {
    environment: 'dev',
    kind: 'drift' as const,
    title: 'Drift in dev',
    clean: false,
    render: () => 'drifted',
  };
  const results: (readonly string[])[] = [];
  for (const clean of [false, false, true, true, false])
    results.push((await postIssues(await open(), [{ ...report, clean }], around)).done);
  expect(results.flat()).toEqual([
    'dev: issue opened',
    'dev: issue updated',
    'dev: issue closed, since nothing is wrong any more',
    'dev: nothing is wrong, so there is no issue',
    'dev: issue reopened',
  ]);
  expect(server.issues).toEqual([
    expect.objectContaining({ state: 'opened', labels: 'kakehashi/dev/drift' }),
  ]);
});
