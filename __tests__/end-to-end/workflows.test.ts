import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type GitHubServer, startGitHub } from '../support/code-host/github-server';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { HostedRepository } from '../support/workflows/repository';

jest.setTimeout(300_000);

const REPOSITORY = 'octo/net';

/** Runs the workflows that `init` writes, from a pull request to an apply. */
describeWith('jq', "init's workflows on GitHub", () => {
  let server: GitHubServer;
  let host: HostedRepository;
  let base = '';
  let head = '';
  let merge = '';
  const pull = (sha: string, from = REPOSITORY) => ({
    number: 7,
    base: { sha: base },
    head: { sha, ref: 'change', repo: { full_name: from, owner: { login: from.split('/')[0] } } },
    user: { login: 'ann' },
  });
  const comment = () => server.comments.find(({ user }) => user.login === 'github-actions[bot]')?.body ?? '';

  beforeAll(async () => {
    server = await startGitHub({ repository: REPOSITORY });
    host = new HostedRepository({
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_API_URL: server.url,
      GITHUB_SERVER_URL: 'https://github.example',
    });
    const set = ['region=us-west-2', 'controller=10.0.2.15/24', 'public_ip=203.0.113.20'].flatMap((text) => [
      '--set',
      text,
    ]);
    execFileSync(process.execPath, [compiledCli(), 'init', '--ci', 'github', '--no-run', ...set], {
      cwd: host.clone,
      stdio: 'ignore',
    });
    host.kakehashi('synth', 'dev');
    base = host.push('main', 'The first catalog');
    host.kakehashi('apply', 'dev', '--sandbox', '--yes');
    host.edit(
      'catalog/dev.yml',
      'ingress: vc-node',
      "ingress: [{ profile: vc-node }, { protocol: tcp, ports: '22', from: 192.0.2.0/24 }]",
    );
    host.kakehashi('synth', 'dev');
    head = host.push('change', 'Let the other office in');
    merge = host.merged(head, base);
    server.pulls.set(7, { head: { sha: head, repo: { full_name: REPOSITORY } }, labels: [] });
  });
  afterAll(() => server.close());

  test('a pull request is planned, reviewed and commented', async () => {
    const event = {
      name: 'pull_request',
      sha: merge,
      head,
      payload: { pull_request: pull(head), number: 7 },
    };
    const run = await host.run('kakehashi-review.yml', event);
    expect(run).toMatchObject({
      conclusion: 'success',
      jobs: { affected: 'success', plan: 'success', review: 'success' },
    });
    expect(host.artifact(run.id, 'kakehashi-review')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^records\/.*dev-aws-default\.stack\.json$/),
        'review/review.html',
        'review/review.sarif',
      ]),
    );
    expect(comment()).toContain('192.0.2.0/24');
    // What is simulated is never green.
    expect(server.statuses.at(-1)).toMatchObject({ sha: head, state: 'pending' });
  });

  test('it is no fork: the workflow for forks has nothing to do', async () => {
    const event = {
      name: 'pull_request',
      sha: merge,
      head,
      payload: { pull_request: pull(head), number: 7 },
    };
    expect(await host.run('kakehashi-fork.yml', event, { simulated: false })).toMatchObject({
      conclusion: 'skipped',
    });
  });

  test("a fork's pull request gets a simulated review, posted by a workflow that runs nothing of it", async () => {
    const fork = pull(head, 'mallory/net');
    server.pulls.set(7, { head: { sha: head, repo: { full_name: 'mallory/net' } }, labels: [] });
    const event = { name: 'pull_request', sha: merge, head, payload: { pull_request: fork, number: 7 } };
    expect(await host.run('kakehashi-review.yml', event)).toMatchObject({ conclusion: 'skipped' });
    const planned = await host.run('kakehashi-fork.yml', event, { simulated: false });
    expect(planned).toMatchObject({ conclusion: 'success' });
    const workflowRun = {
      id: planned.id,
      event: 'pull_request',
      conclusion: 'success',
      head_sha: head,
      head_branch: 'change',
      head_repository: { full_name: 'mallory/net', owner: { login: 'mallory' } },
      html_url: 'https://github.example/run',
      pull_requests: [],
    };
    host.git('checkout', '--quiet', '--detach', base);
    const posted = await host.run(
      'kakehashi-fork-post.yml',
      { name: 'workflow_run', sha: base, payload: { workflow_run: workflowRun } },
      { simulated: false },
    );
    expect({ conclusion: posted.conclusion, output: posted.output }).toMatchObject({ conclusion: 'success' });
    expect(server.comments.some(({ body }) => /SIMULATED/i.test(body))).toBe(true);
    server.pulls.set(7, { head: { sha: head, repo: { full_name: REPOSITORY } }, labels: [] });
  });

  test('a merge queue reviews its group, and writes no comment', async () => {
    const comments = server.comments.map(({ body }) => body);
    host.git('checkout', '--quiet', '--detach', merge);
    const payload = { merge_group: { base_sha: base, head_sha: merge } };
    const run = await host.run('kakehashi-review.yml', { name: 'merge_group', sha: merge, payload });
    expect(run).toMatchObject({ conclusion: 'success' });
    expect(server.comments.map(({ body }) => body)).toEqual(comments);
    expect(server.statuses.at(-1)).toMatchObject({ sha: merge });
  });

  test('what was reviewed is applied when it is merged', async () => {
    host.land(merge, head);
    const run = await host.run('kakehashi-apply.yml', {
      name: 'push',
      sha: merge,
      payload: { before: base, after: merge },
    });
    expect({ conclusion: run.conclusion, output: run.output }).toMatchObject({ conclusion: 'success' });
    expect(run.output).toMatch(/✓ dev-aws-default/);
    expect(run.jobs).toEqual({ affected: 'success', apply: 'success' });
  });

  test('a change that is taken back leaves nothing to review: its comment is closed', async () => {
    const open = server.comments.filter(({ minimized }) => !minimized).map(({ body }) => body);
    host.git('checkout', '--quiet', '--detach', head);
    host.git('revert', '--no-edit', head);
    const back = host.git('rev-parse', 'HEAD');
    host.git('push', '--quiet', 'origin', `${back}:change`);
    const event = {
      name: 'pull_request',
      sha: host.merged(back, base),
      head: back,
      payload: { pull_request: pull(back), number: 7 },
    };
    server.pulls.set(7, { head: { sha: back, repo: { full_name: REPOSITORY } }, labels: [] });
    const run = await host.run('kakehashi-review.yml', event);
    if (run.conclusion !== 'success') throw new Error(run.output);
    expect(run.jobs).toEqual({ affected: 'success', plan: 'skipped', review: 'success' });
    expect(server.comments.filter(({ minimized }) => !minimized).map(({ body }) => body)).not.toEqual(open);
    expect(server.statuses.at(-1)).toMatchObject({ sha: back, state: 'success' });
    host.git('checkout', '--quiet', '--detach', merge);
  });

  test('what nobody reviewed is not applied', async () => {
    host.git('checkout', '--quiet', '--detach', merge);
    const before = merge;
    host.edit('catalog/dev.yml', "ports: '22'", "ports: '443'");
    host.kakehashi('synth', 'dev');
    const pushed = host.push('main', 'Pushed past the review');
    const run = await host.run('kakehashi-apply.yml', {
      name: 'push',
      sha: pushed,
      payload: { before, after: pushed },
    });
    expect(run.jobs).toEqual({ affected: 'failure', apply: 'skipped' });
    expect(run.output).toContain('has reviewed this revision with success, so nothing is applied');
  });

  test('drift becomes an issue', async () => {
    const [vpc = ''] = host.kakehashi('sandbox', 'list', 'aws_vpc').match(/vpc-[0-9a-f]+/) ?? [];
    host.kakehashi('sandbox', 'edit', 'aws_vpc', vpc, 'enable_dns_support=false');
    const sha = host.git('rev-parse', 'HEAD');
    const run = await host.run('kakehashi-drift.yml', { name: 'schedule', sha, payload: {} });
    if (run.conclusion !== 'success' || server.issues.length !== 1) throw new Error(run.output);
    expect(server.issues).toHaveLength(1);
    expect(path.basename(server.issues[0]?.title ?? '')).toContain('dev');
  });
});
