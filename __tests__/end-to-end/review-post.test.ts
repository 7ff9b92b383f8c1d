import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeRecords } from '../../review/record/write-records';
import {
  type GitHubServer,
  type GitHubServerOptions,
  HEAD,
  startGitHub,
} from '../support/code-host/github-server';
import { compiledCli } from '../support/compiled';
import { hasProgram } from '../support/programs';
import { type SampleOptions, sampleRecords } from '../support/records';

let folder: string;
let server: GitHubServer;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'review-post-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

async function start(options: GitHubServerOptions = {}, records: SampleOptions = {}): Promise<void> {
  server = await startGitHub(options);
  const { stacks, environment } = sampleRecords(records);
  writeRecords(path.join(folder, 'records'), [...stacks, environment]);
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function review(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [compiledCli(), 'review', './records', ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: server.url,
      GITHUB_REPOSITORY: 'octo/net',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '99',
      GITHUB_TOKEN: 'token',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
      ...env,
    },
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let errors = '';
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, errors })));
}

it('posts what it prints: a comment, labels, a status, and the summary of the job', async () => {
  await start();
  const { code, out, errors } = await ended(review(['--post', 'github', '--code-quality', 'quality.json']));
  expect(readFileSync(path.join(folder, 'quality.json'), 'utf8')).toBe('[]\n');
  expect(errors).toBe(
    'posted    dev: comment added\nposted    dev: labels + kakehashi/dev/changes\nposted    dev: status success\n',
  );
  expect(code).toBe(2);
  expect(server.comments[0]?.body.split('\n').slice(1).join('\n')).toBe(out);
  expect(readFileSync(path.join(folder, 'summary.md'), 'utf8').trim()).toBe(out.trim());
  expect(server.statuses).toEqual([
    expect.objectContaining({
      sha: HEAD,
      context: 'kakehashi/dev',
      target_url: 'https://github.com/octo/net/actions/runs/99',
    }),
  ]);
});

it('posts 400 stacks of 35 resources within the limit', async () => {
  await start({}, { stacks: 400, resources: 35 });
  const { code } = await ended(review(['--post', 'github', '--out', 'page.md']));
  expect(code).toBe(2);
  const [comment] = server.comments;
  expect(Array.from(comment?.body ?? '').length).toBeLessThanOrEqual(65_536);
  expect(comment?.body.length).toBeGreaterThan(30_000);
  expect(comment?.body).toContain('https://github.com/octo/net/actions/runs/99');
}, 60_000);

it('fails where it can not post, with the page still written and no token shown', async () => {
  await start({ actors: { ghs_sEcReT: { login: 'github-actions[bot]', writes: [] } } });
  const { code, out, errors } = await ended(review(['--post', 'github'], { GITHUB_TOKEN: 'ghs_sEcReT' }));
  expect(code).toBe(1);
  expect(out).toMatch(/^# dev: /);
  expect(errors).toContain("can't add a comment (403: Resource not accessible by integration");
  expect(errors).toContain('give the token pull-requests: write');
  expect(errors + out).not.toMatch(/sEcReT|^\s+at /m);
  expect(readFileSync(path.join(folder, 'summary.md'), 'utf8')).toMatch(/^# dev: /);
});

it('keeps its exit code for a fork, whose job may not write', async () => {
  await start({ actors: { token: { login: 'github-actions[bot]', writes: [] } } });
  const pull = server.pulls.get(7);
  if (pull !== undefined) pull.head = { sha: HEAD, repo: { full_name: 'stranger/net' } };
  const { code, errors } = await ended(review(['--post', 'github']));
  expect(code).toBe(2);
  expect(errors.replace(/\s+/g, ' ')).toMatch(/^the pull request comes from a fork, .*\(docs\/post\.md\) $/);
});

it('ends with 130 at Ctrl-C while a rate limit lasts', async () => {
  await start();
  server.fail({ times: 9, reply: { status: 429, headers: { 'retry-after': '60' } } });
  const child = review(['--post', 'github']);
  const whole = ended(child);
  child.stderr?.once('data', () => child.kill('SIGINT'));
  const { code, errors } = await whole;
  expect(errors.replace(/\s+/g, ' ')).toMatch(
    /its rate limit is reached; waiting 60 s stopped; nothing was lost/,
  );
  expect(code).toBe(130);
});

it('takes a folder without records for nothing to review only where nothing else is affected', async () => {
  await start();
  await ended(review(['--post', 'github']));
  rmSync(path.join(folder, 'records'), { recursive: true });
  mkdirSync(path.join(folder, 'records'));
  const lost = await ended(review(['--post', 'github']));
  expect(lost.errors).toMatch(/^kakehashi: records: must have review records, and has none/);
  expect(lost.code).toBe(1);
  const files = ['--out', 'page.md', '--out', 'page.json', '--out', 'page.html', '--out', 'page.sarif'];
  const { code, errors } = await ended(review(['--post', 'github', '--close-others', ...files]));
  expect(errors).toContain('posted    dev: comment closed, since nothing is left to review\n');
  expect(code).toBe(0);
  expect(readFileSync(path.join(folder, 'page.md'), 'utf8')).toMatch(/^# Nothing to review\n/);
  expect(server.comments[0]?.minimized).toBe(true);
  expect(server.pulls.get(7)?.labels).toEqual([]);
});

it.each([
  [['--post', 'github', '--untrusted', '--close-others'], /--close-others: is not for --untrusted/],
  [['--post', 'github', '--untrusted', '--sarif-in', 'x.sarif'], /--sarif-in: is not for --untrusted/],
  [['--close-others'], /--close-others: is for --post github or --post gitlab/],
  [['--post', 'gitlab', '--untrusted'], /--untrusted: is for --post github/],
  [['--post', 'bitbucket'], /argument 'bitbucket' is invalid\. Allowed choices are github, gitlab/],
  [['--post', 'github', '--pr', '7a'], /--pr: must be the number of a pull request, got "7a"/],
  [['--pr', '7'], /--pr: is for --post github or --post gitlab/],
])('refuses %j', async (args, message) => {
  await start();
  const { code, errors } = await ended(review(args));
  expect(errors.replace(/\s+/g, ' ')).toMatch(message);
  expect(code).toBe(64);
});

it('takes the number of another pull request', async () => {
  await start();
  server.pulls.set(8, { head: { sha: 'f'.repeat(40), repo: { full_name: 'octo/net' } }, labels: [] });
  writeFileSync(path.join(folder, 'event.json'), '{}');
  await ended(
    review(['--post', 'github', '--pr', '8'], { GITHUB_EVENT_PATH: 'event.json', GITHUB_SHA: HEAD }),
  );
  expect(server.comments.map(({ pull }) => pull)).toEqual([8]);
  expect(server.statuses.map(({ sha }) => sha)).toEqual(['f'.repeat(40)]);
});

describe('records of a fork', () => {
  const stranger = { full_name: 'stranger/net' };

  async function startFork(
    records: SampleOptions = { origin: { simulated: true } },
  ): Promise<NodeJS.ProcessEnv> {
    await start({}, records);
    server.pulls.set(9, { head: { sha: 'e'.repeat(40), ref: 'feature/x', repo: stranger }, labels: [] });
    const run = {
      head_sha: 'e'.repeat(40),
      head_branch: 'feature/x',
      head_repository: { owner: { login: 'stranger' } },
      pull_requests: [],
    };
    writeFileSync(path.join(folder, 'event.json'), JSON.stringify({ workflow_run: run }));
    mkdirSync(path.join(folder, 'catalog'));
    writeFileSync(path.join(folder, 'catalog/dev.yml'), '');
    return {
      GITHUB_EVENT_NAME: 'workflow_run',
      GITHUB_EVENT_PATH: 'event.json',
      GITHUB_REF: 'refs/heads/main',
    };
  }

  it('are posted to the pull request whose commit it is, without labels and without success', async () => {
    const env = await startFork();
    const link = 'https://github.com/octo/net/actions/runs/98';
    const { code, out, errors } = await ended(
      review(['--post', 'github', '--untrusted', '--link', link], env),
    );
    expect(errors).toBe('posted    dev: comment added\nposted    dev: status pending\n');
    expect([code, out]).toEqual([2, '']);
    expect(server.comments).toEqual([expect.objectContaining({ pull: 9 })]);
    expect(server.comments[0]?.body).toMatch(
      /^> Posted by a \[job\]\(https:\/\/github\.com\/octo\/net\/actions\/runs\/98\) .* without credentials/m,
    );
    expect(server.statuses).toEqual([expect.objectContaining({ sha: 'e'.repeat(40), state: 'pending' })]);
    expect(server.pulls.get(9)?.labels).toEqual([]);
  });

  it.each([
    ['an older commit than its own', ['--pr', '9'], 'has another commit than that'],
    [
      'another pull request, which the artifact may have named',
      ['--pr', '7'],
      'has another commit than that',
    ],
    ['none', [], 'no open pull request is at the commit'],
  ])('are not posted to a pull request with %s', async (_, args, message) => {
    const env = await startFork();
    const pull = server.pulls.get(9);
    if (pull !== undefined) pull.head.sha = 'd'.repeat(40);
    const { code, errors } = await ended(review(['--post', 'github', '--untrusted', ...args], env));
    expect(errors).toContain(message);
    expect(code).toBe(2);
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('are refused where they are not simulated', async () => {
    const env = await startFork({});
    const { code, errors } = await ended(review(['--post', 'github', '--untrusted'], env));
    expect(errors).toMatch(/^kakehashi: artifact dev: its plans are not simulated/);
    expect(code).toBe(1);
    expect(server.requests).toEqual([]);
  });

  it('need the event that says whose they are', async () => {
    await startFork();
    const { code, errors } = await ended(review(['--post', 'github', '--untrusted']));
    expect(errors).toMatch(/--untrusted: is for a job of the event workflow_run/);
    expect(code).toBe(64);
    expect(server.requests).toEqual([]);
  });
});

/** GitHub's own client takes the server for GitHub's, so the tests are no agreement between two errors of ours. */
(hasProgram('gh') ? describe : describe.skip)("GitHub's own program gh", () => {
  function gh(...args: readonly string[]): Promise<Ended> {
    const env = {
      PATH: process.env.PATH,
      GH_CONFIG_DIR: folder,
      GH_NO_UPDATE_NOTIFIER: '1',
      GH_HOST: new URL(server.url).host,
      GH_ENTERPRISE_TOKEN: 'token',
    };
    return ended(spawn('gh', ['api', ...args], { cwd: folder, env }));
  }

  it('reads the comment that was posted, over several pages', async () => {
    await start();
    for (let index = 0; index < 65; index += 1) server.write(7, `user${index}`, 'hello');
    await ended(review(['--post', 'github']));
    const jq = '.[] | .user.login + " " + (.body | split("\\n")[1])';
    const { code, out, errors } = await gh(
      `${server.url}/repos/octo/net/issues/7/comments`,
      '--paginate',
      '--jq',
      jq,
    );
    expect(errors).toBe('');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(66);
    expect(lines.at(-1)).toMatch(/^github-actions\[bot\] # dev: /);
  });

  it('writes a comment with our marker, which is not taken for ours', async () => {
    await start({
      actors: {
        token: { login: 'mallory', writes: ['pull-requests'] },
        job: { login: 'github-actions[bot]', writes: ['pull-requests', 'statuses'] },
      },
    });
    await ended(review(['--post', 'github'], { GITHUB_TOKEN: 'job' }));
    const own = server.comments[0]?.body ?? '';
    server.comments.splice(0);
    const { errors } = await gh(`${server.url}/repos/octo/net/issues/7/comments`, '-f', `body=${own}`);
    expect(errors).toBe('');
    await ended(review(['--post', 'github'], { GITHUB_TOKEN: 'job' }));
    expect(server.comments.map(({ user }) => user.login)).toEqual(['mallory', 'github-actions[bot]']);
  });
});
