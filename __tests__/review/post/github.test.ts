import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { markerLine, stackSet } from '../../../review/post/marker';
import { openCodeHost } from '../../../review/post/open-code-host';
import { postReviews } from '../../../review/post/post-reviews';
import type { Posted, Posting } from '../../../review/post/posting';
import {
  type GitHubServer,
  type GitHubServerOptions,
  HEAD,
  startGitHub,
} from '../../support/code-host/github-server';
import { samplePosting } from '../../support/postings';

/** Short waits, so that a test of them takes no minutes. */
const PATIENCE = { requestMs: 500, totalMs: 8000, firstWaitMs: 5 };
const BOT = 'github-actions[bot]';

let folder: string;
let server: GitHubServer;
const notes: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'post-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  notes.length = 0;
});
afterEach(() => server.close());

async function start(options: GitHubServerOptions = {}): Promise<void> {
  server = await startGitHub(options);
}

function variables(given: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: 'octo/net',
    GITHUB_TOKEN: 'token',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/7/merge',
    ...given,
  };
}

/** The path of an event. */
function event(value: unknown): string {
  const file = path.join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

async function post(
  given: Partial<Posting> = {},
  { env = {}, project = '', stop = new AbortController().signal, closeOthers = false }: PostOptions = {},
): Promise<Posted> {
  const note = (text: string) => notes.push(text);
  const opened = await openCodeHost('github', { variables: variables(env), stop, note, patience: PATIENCE });
  return postReviews(opened, [samplePosting(given)], { project, stop, closeOthers });
}

interface PostOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly project?: string;
  readonly stop?: AbortSignal;
  readonly closeOthers?: boolean;
}

const marker = (environment = 'dev', project = '') =>
  markerLine({ kind: 'review', environment, project, stacks: stackSet([]), closed: false });
const bodies = () => server.comments.map(({ body }) => body.split('\n').slice(1).join('\n'));
const statuses = () => server.statuses.map(({ context, state }) => `${context} ${state}`);

describe('the comment of an environment', () => {
  it('is added once, and updated in place after that', async () => {
    await start();
    expect((await post()).done).toEqual([
      'dev: comment added',
      'dev: labels + kakehashi/dev/outage, + kakehashi/dev/replaced',
      'dev: status success',
    ]);
    expect((await post({ render: () => 'the second review' })).done).toContain('dev: comment updated');
    expect(bodies()).toEqual(['the second review']);
    expect(server.comments[0]?.history).toHaveLength(1);
  });

  it('is apart from that of another environment, also of one whose name begins alike, and of another project', async () => {
    await start();
    await post({ environment: 'dev' });
    await post({ environment: 'dev2' });
    await post({ environment: 'dev' }, { project: 'net/east' });
    expect(server.comments).toHaveLength(3);
  });

  it('stays one when its stacks change', async () => {
    await start();
    await post({ stacks: ['one'] });
    await post({ stacks: ['one', 'two'] });
    expect(server.comments).toHaveLength(1);
  });

  it('is closed and folded when nothing is left, and opened again', async () => {
    await start();
    await post();
    expect((await post({ outcome: 'nothing', kinds: [] })).done).toContain(
      'dev: comment closed, since nothing is left to review',
    );
    expect(server.comments[0]?.minimized).toBe(true);
    expect(bodies()[0]).toMatch(/^### dev: nothing left to review\n\nThe plan of a{12} changes nothing\./);
    await post();
    expect(server.comments[0]?.minimized).toBe(false);
    expect(bodies()).toEqual(['the review']);
  });

  it('is not added where there is nothing to review', async () => {
    await start();
    expect((await post({ outcome: 'nothing', kinds: [] })).done).toContain(
      'dev: nothing to review, so there is no comment',
    );
    expect(server.comments).toEqual([]);
  });

  it("never takes the place of somebody else's that bears its marker", async () => {
    await start();
    const theirs = `${marker()}\nmine`;
    server.write(7, 'mallory', theirs);
    server.write(7, 'github-actions', theirs);
    await post();
    expect(server.comments.map(({ body }) => body)).toEqual([
      theirs,
      theirs,
      expect.stringContaining('the review'),
    ]);
  });

  it('is not one of its author that only quotes the marker', async () => {
    await start();
    const quoting = `see:\n${marker()}\n`;
    server.write(7, BOT, quoting);
    server.write(7, BOT, '<!-- kakehashi !!! -->\n');
    await post();
    expect(server.comments).toHaveLength(3);
    expect(server.comments[0]?.body).toBe(quoting);
  });

  it('is found on the third page', async () => {
    await start();
    for (let index = 0; index < 250; index += 1) server.write(7, `user${index}`, 'hello');
    server.write(7, BOT, `${marker()}\nold`);
    await post();
    expect(server.comments).toHaveLength(251);
    expect(bodies().at(-1)).toBe('the review');
  });

  it('is added anew where somebody deletes it meanwhile', async () => {
    await start();
    server.write(7, BOT, `${marker()}\nold`);
    server.fail({ method: 'PATCH', reply: { status: 404, value: { message: 'Not Found' } } });
    expect((await post()).done).toContain('dev: comment updated');
    expect(bodies()).toEqual(['the review']);
  });

  it('is the oldest of several, and the others go after it has the new text', async () => {
    await start();
    for (const text of ['first', 'second', 'third']) server.write(7, BOT, `${marker()}\n${text}`);
    await post();
    expect(bodies()).toEqual(['the review']);
    const writes = server.requests.filter(
      ({ method, path: asked }) => method !== 'GET' && asked.includes('comments'),
    );
    expect(writes.map(({ method }) => method)).toEqual(['PATCH', 'DELETE', 'DELETE']);
  });

  it.each([0, 300])('stays one when two jobs post at once, and lists lag by %d ms', async (lag) => {
    await start({ lag });
    await Promise.all([
      post({ render: () => 'A' }),
      post({ render: () => 'B' }),
      post({ render: () => 'C' }),
    ]);
    expect(server.comments).toHaveLength(1);
  });

  it('stays one when an answer is lost and the request is sent again', async () => {
    await start();
    server.fail({ method: 'POST', path: /comments$/, done: true, reply: { status: 502, text: '<html>' } });
    await post();
    expect(bodies()).toEqual(['the review']);
  });

  it('keeps what it says of a newer commit', async () => {
    await start();
    await post();
    const older = event({ pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } });
    const { done } = await post({ render: () => 'older' }, { env: { GITHUB_EVENT_PATH: older } });
    expect(done).toContain('dev: comment left as it is, since it is about a newer commit');
    expect(bodies()).toEqual(['the review']);
  });

  it("belongs to the token's user where it is a user's", async () => {
    await start({ actors: { token: { login: 'alice', writes: ['pull-requests', 'statuses'] } } });
    server.write(7, BOT, `${marker()}\nthe bot's`);
    await post();
    await post();
    expect(bodies()).toEqual(["the bot's", 'the review']);
  });

  it('belongs to the app whose token it is', async () => {
    await start({ actors: { token: { login: 'planner[bot]', writes: ['pull-requests', 'statuses'] } } });
    server.write(7, BOT, `${marker()}\nof another`);
    await post();
    await post();
    expect(bodies()).toEqual(['of another', 'the review']);
  });

  it('belongs to the app also where neither API tells who it is', async () => {
    await start({ actors: { token: { login: 'planner[bot]', writes: ['pull-requests', 'statuses'] } } });
    server.fail({ path: /graphql/, times: 9, reply: { status: 404, value: { message: 'Not Found' } } });
    await post();
    await post({ render: () => 'again' });
    expect(bodies()).toEqual(['again']);
  });

  it('is on a server under /api/v3', async () => {
    await start({ prefix: '/api/v3' });
    await post({}, { env: { GITHUB_API_URL: `${server.url}/api/v3/` } });
    await post({ outcome: 'nothing', kinds: [] }, { env: { GITHUB_API_URL: `${server.url}/api/v3` } });
    expect(server.comments[0]?.minimized).toBe(true);
  });
});

describe('comments of other environments', () => {
  const closing = { closeOthers: true };

  it('are closed where these are all that are affected, with their labels', async () => {
    await start();
    for (const environment of ['dev', 'prod']) await post({ environment });
    await post({ environment: 'prod' }, { project: 'net/east' });
    const { done } = await post({ environment: 'dev' }, closing);
    expect(done).toEqual([
      'dev: comment updated',
      'dev: status success',
      'prod: comment closed, since nothing is left to review',
      'prod: labels - kakehashi/prod/outage, - kakehashi/prod/replaced',
      'prod: status success',
    ]);
    expect(server.comments.map(({ minimized }) => minimized)).toEqual([false, true, false]);
    expect(bodies()[1]).toMatch(
      /^### prod: nothing left to review\n\nThe pull request of a{12} affects nothing of it any more\./,
    );
    expect((await post({ environment: 'dev' }, closing)).done).toEqual([
      'dev: comment updated',
      'dev: status success',
    ]);
  });

  it("stay where they are somebody else's, or about a newer commit", async () => {
    await start();
    server.write(7, 'mallory', `${marker('prod')}\ntheirs`);
    await post({ environment: 'stage' });
    const older = event({ pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } });
    const { done } = await post({}, { ...closing, env: { GITHUB_EVENT_PATH: older } });
    expect(done).toContain('stage: comment left as it is, since it is about a newer commit');
    expect(done.join()).not.toContain('stage: labels');
    expect(bodies().slice(0, 2)).toEqual(['theirs', 'the review']);
  });

  it('stay as they are otherwise', async () => {
    await start();
    await post({ environment: 'prod' });
    await post({ environment: 'dev' });
    expect(bodies()).toEqual(['the review', 'the review']);
  });
});

describe('what is too long', () => {
  const long = (budget: number) => '漢'.repeat(Math.min(budget, 100_000));

  it('is rendered within what GitHub takes', async () => {
    await start();
    await post({ render: long });
    expect(server.comments[0]?.body).toHaveLength(65_536);
  });

  it('is rendered shorter where the server takes less', async () => {
    await start();
    const refused = {
      status: 422,
      value: {
        message: 'Validation Failed',
        errors: [{ message: 'Body is too long (maximum is 20000 characters)' }],
      },
    };
    server.fail({ method: 'POST', path: /comments$/, times: 2, reply: refused });
    await post({ render: long });
    expect(server.comments[0]?.body).toHaveLength(65_536 / 4);
  });

  it('keeps the earlier text until a shorter one is taken', async () => {
    await start();
    await post();
    server.fail({ method: 'PATCH', times: 1, reply: { status: 413, text: 'too large' } });
    await post({ render: long });
    expect(server.comments[0]?.history).toEqual([expect.stringContaining('the review')]);
    expect(server.comments[0]?.body).toHaveLength(65_536 / 2);
  });

  it('is a sentence where no rendering is short enough', async () => {
    await start();
    await post({ render: () => 'x'.repeat(70_000) });
    expect(bodies()[0]).toMatch(/^This review is too long for a comment/);
  });
});

describe('labels', () => {
  it('say the kinds of change, and go when they are true no longer', async () => {
    await start();
    const pull = server.pulls.get(7);
    pull?.labels.push('outage', 'kakehashi/prod/outage', 'kakehashi/dev/none');
    await post();
    expect(pull?.labels.toSorted()).toEqual([
      'kakehashi/dev/outage',
      'kakehashi/dev/replaced',
      'kakehashi/prod/outage',
      'outage',
    ]);
    await post({ outcome: 'nothing', kinds: [] });
    expect(pull?.labels.toSorted()).toEqual(['kakehashi/dev/none', 'kakehashi/prod/outage', 'outage']);
    for (const { name, description } of server.labels) {
      expect(name.length).toBeLessThanOrEqual(50);
      expect(description.length).toBeGreaterThan(10);
      expect(description.length).toBeLessThanOrEqual(100);
    }
  });

  it('of long environments are cut, and stay apart', async () => {
    await start();
    const long = 'an-environment-with-a-very-long-name-in-';
    await post({ environment: `${long}tokyo` });
    await post({ environment: `${long}osaka` });
    const names = server.labels.map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(50);
  });

  it('leave a note where the token may not write them', async () => {
    await start();
    server.fail({
      method: 'POST',
      path: /\/labels$/,
      reply: { status: 403, value: { message: 'Resource not accessible by integration' } },
    });
    const { notes: left, failures } = await post();
    expect(failures).toEqual([]);
    expect(left).toEqual([
      `dev: GitHub at ${server.url}: can't make the label kakehashi/dev/outage (403: Resource not accessible by integration); give the token issues: write`,
    ]);
  });

  it('stay as they are where a plan failed', async () => {
    await start();
    server.pulls.get(7)?.labels.push('kakehashi/dev/outage');
    await post({ outcome: 'failed', kinds: [] });
    expect(server.pulls.get(7)?.labels).toEqual(['kakehashi/dev/outage']);
  });
});

describe('the status of the commit', () => {
  it.each([
    [{ outcome: 'nothing' }, 'success'],
    [{ outcome: 'changes' }, 'success'],
    [{ outcome: 'refused' }, 'failure'],
    [{ outcome: 'failed' }, 'failure'],
    [{ outcome: 'changes', simulated: true }, 'pending'],
    [{ outcome: 'nothing', simulated: true }, 'success'],
  ] as const)('of %j is %s', async (given, state) => {
    await start();
    await post(given);
    expect(statuses()).toEqual([`kakehashi/dev ${state}`]);
    expect(server.statuses[0]?.sha).toBe(HEAD);
    expect(server.statuses[0]?.description.startsWith('SIMULATED: ')).toBe('simulated' in given);
  });

  it('has a description of 140 characters at most, in one line, and leads to the job', async () => {
    await start();
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '99' };
    await post({ headline: `a\n${'𠮷'.repeat(200)}` }, { env });
    const [{ description, target_url } = { description: '' }] = server.statuses;
    expect(description).toHaveLength(139);
    expect(description).toMatch(/^a 𠮷+…$/u);
    expect(target_url).toBe('https://github.com/octo/net/actions/runs/99');
  });

  it('is all that a merge queue gets', async () => {
    await start();
    const file = event({ merge_group: { head_sha: 'd'.repeat(40), base_sha: HEAD } });
    const env = {
      GITHUB_EVENT_NAME: 'merge_group',
      GITHUB_EVENT_PATH: file,
      GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-aa',
    };
    const { notes: left } = await post({}, { env });
    expect(left).toEqual([]);
    expect(server.comments).toEqual([]);
    expect(server.statuses.map(({ sha }) => sha)).toEqual(['d'.repeat(40)]);
    expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('is all that a push gets, with a note', async () => {
    await start();
    const env = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_SHA: 'e'.repeat(40) };
    const { notes: left } = await post({}, { env });
    expect(left).toEqual([expect.stringContaining('runs for no pull request')]);
    expect(server.statuses.map(({ sha }) => sha)).toEqual(['e'.repeat(40)]);
  });
});

it('without a pull request and a commit is posted nowhere, which is a failure', async () => {
  await start();
  const env = { GITHUB_EVENT_NAME: undefined, GITHUB_REF: undefined };
  expect(await post({}, { env })).toEqual({
    done: [],
    notes: [],
    failures: [
      'nothing is posted: the variables of this job name no pull request and no commit; name a pull request: --pr <number>',
    ],
  });
  expect(server.requests).toEqual([]);
});

describe('a pull request', () => {
  it.each([
    ['of its own event', { pull_request: { number: 7 } }],
    ['of a comment on it', { issue: { number: 7, pull_request: {} } }],
    ['of the run before', { workflow_run: { pull_requests: [{ number: 7 }] } }],
  ])('is that %s', async (_, value) => {
    await start();
    await post({}, { env: { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: event(value) } });
    expect(server.comments).toHaveLength(1);
  });

  it('from a fork whose job may not write leaves one note, and is no failure', async () => {
    await start({ actors: { token: { login: BOT, writes: [] } } });
    const pull = server.pulls.get(7);
    if (pull !== undefined) pull.head = { sha: HEAD, repo: { full_name: 'stranger/net' } };
    const { failures, notes: left } = await post();
    expect(failures).toEqual([]);
    expect(left).toEqual([expect.stringMatching(/comes from a fork, .* summary of this job/)]);
  });
});

describe('what fails', () => {
  const where = () => `GitHub at ${server.url}`;
  const cases: [string, () => void, () => string][] = [
    [
      'a wrong token',
      () => server.fail({ times: 9, reply: { status: 401, value: { message: 'Bad credentials' } } }),
      () =>
        `${where()}: the token of GITHUB_TOKEN is not accepted (401); it may have expired: give a new one`,
    ],
    [
      'a pull request that is not there',
      () => server.pulls.clear(),
      () =>
        `${where()}: can't read pull request 7 (404: Not Found); check the number and the repository; a private one needs a token with pull-requests: read`,
    ],
    [
      'a token that may not comment',
      () =>
        server.fail({
          method: 'POST',
          path: /comments$/,
          reply: { status: 403, value: { message: 'Resource not accessible by integration' } },
        }),
      () =>
        `dev: ${where()}: can't add a comment (403: Resource not accessible by integration); give the token pull-requests: write`,
    ],
    [
      'a locked conversation',
      () => Object.assign(server.pulls.get(7) ?? {}, { locked: true }),
      () =>
        `dev: ${where()}: can't add a comment (403: Unable to create comment because issue is locked.); unlock its conversation or the repository, and run the job again`,
    ],
    [
      'a server that is out of order',
      () => server.fail({ times: 9, reply: { status: 503, text: '<html>' } }),
      () =>
        `${where()}: it answers 503, also when asked again; look at the server's status page, and run the job again later`,
    ],
    [
      'a rate limit that lasts',
      () =>
        server.fail({
          times: 9,
          reply: {
            status: 403,
            value: { message: 'API rate limit exceeded' },
            headers: {
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
            },
          },
        }),
      () =>
        expect.stringMatching(
          /: its rate limit is reached for another 360\d s, and this run waits 8 s at most; run the job again later, or use a token of its own for it$/,
        ) as unknown as string,
    ],
    [
      'a secondary rate limit without a time',
      () =>
        server.fail({
          times: 9,
          reply: { status: 403, value: { message: 'You have exceeded a secondary rate limit.' } },
        }),
      () => expect.stringContaining('its rate limit is reached for another 60 s') as unknown as string,
    ],
    [
      'connections that end',
      () => server.fail({ times: 9, reply: 'hang up' }),
      () =>
        expect.stringMatching(
          /: the connection ended within the answer.*; check proxies/,
        ) as unknown as string,
    ],
    [
      'a redirect',
      () =>
        server.fail({ reply: { status: 301, headers: { location: 'https://elsewhere.example/x?token=1' } } }),
      () =>
        `${where()}: it redirects to https://elsewhere.example (301), and a token is not sent on; correct the address of its API, or if the repository has another name now, use that`,
    ],
    [
      'a page that is no answer of an API',
      () => server.fail({ times: 9, reply: { status: 200, text: '<html>log in</html>' } }),
      () =>
        `${where()}: its answer is not that of GitHub's API; check GITHUB_API_URL: on a server of your own it ends with /api/v3, or check proxies on the way`,
    ],
  ];

  it.each(cases)('%s', async (_, break_, message) => {
    await start();
    break_();
    const { failures } = await post();
    expect(failures).toEqual([message()]);
  });

  it('does not keep the status from being set', async () => {
    await start();
    Object.assign(server.pulls.get(7) ?? {}, { locked: true });
    await post();
    expect(statuses()).toEqual(['kakehashi/dev success']);
  });

  it('never shows the token, also where the server says it again', async () => {
    await start({ actors: { ghs_sEcReT: { login: BOT, writes: [] } } });
    const said = { message: `no ghs_sEcReT ${Buffer.from('ghs_sEcReT').toString('base64')}` };
    server.fail({ times: 9, reply: { status: 403, value: said } });
    const posted = await post({}, { env: { GITHUB_TOKEN: 'ghs_sEcReT' } });
    expect(JSON.stringify(posted)).not.toMatch(/sEcReT|Z2hzX3N/);
    expect(posted.failures).toHaveLength(1);
  });

  it('is told at once where a variable is wrong', async () => {
    await start();
    const wrong: [NodeJS.ProcessEnv, string][] = [
      [{ GITHUB_TOKEN: '' }, 'GH_TOKEN or GITHUB_TOKEN: must hold a token with pull-requests: write'],
      [
        { GITHUB_TOKEN: 'a\nb' },
        'GITHUB_TOKEN: holds a space, a line break or another character that no token has',
      ],
      [
        { GITHUB_REPOSITORY: '' },
        'GITHUB_REPOSITORY: must be owner/name, got nothing; a job of GitHub Actions has it, elsewhere set it',
      ],
      [{ GITHUB_REPOSITORY: 'octo/../x' }, 'GITHUB_REPOSITORY: must be owner/name, got "octo/../x"'],
      [
        { GITHUB_API_URL: 'http://ghe.example' },
        'GITHUB_API_URL: must begin with https://, since a token is sent there, got "http://ghe.example"',
      ],
      [{ GITHUB_API_URL: 'https://a:b@ghe.example' }, 'GITHUB_API_URL: must have no user and no password'],
      [{ GITHUB_API_URL: 'ghe' }, 'GITHUB_API_URL: must be an address with https://'],
      [
        { GITHUB_EVENT_PATH: '/nowhere/event.json' },
        "GITHUB_EVENT_PATH: /nowhere/event.json can't be read (ENOENT); name the pull request: --pr <number>",
      ],
    ];
    for (const [env, message] of wrong) await expect(post({}, { env })).rejects.toThrow(new Error(message));
  });
});

describe('patience', () => {
  it('waits as a limit demands, and goes on', async () => {
    await start();
    const reply = { status: 429, value: { message: 'slow down' }, headers: { 'retry-after': '1' } };
    server.fail({ path: /comments$/, reply });
    const before = Date.now();
    const { failures } = await post();
    expect(failures).toEqual([]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
  });

  it('tries again after errors of the server and of the network', async () => {
    await start();
    server.fail({ times: 2, reply: { status: 500, text: 'oops' } });
    server.fail({ times: 1, reply: 'hang up' });
    expect((await post()).failures).toEqual([]);
  });

  it('ends at once when it is stopped', async () => {
    await start();
    server.fail({ times: 9, reply: { status: 429, headers: { 'retry-after': '7' } } });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const before = Date.now();
    await expect(post({}, { stop: stop.signal })).rejects.toThrow('stopped; nothing was lost');
    expect(Date.now() - before).toBeLessThan(3000);
    expect(notes).toEqual([expect.stringContaining('its rate limit is reached; waiting 7 s')]);
  });

  it('ends at once when it is stopped within a request', async () => {
    await start();
    server.fail({ times: 9, reply: 'no answer' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(post({}, { stop: stop.signal })).rejects.toThrow('stopped; nothing was lost');
  });

  it('takes no answer for a failure', async () => {
    await start();
    server.fail({ times: 9, reply: 'no answer' });
    expect((await post()).failures).toEqual([expect.stringContaining('no answer within 0.5 s')]);
  });
});
