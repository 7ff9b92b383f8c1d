import { execFileSync, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { resolveAnswers } from '../../scaffold/answers';
import { githubFiles } from '../../scaffold/ci/github';
import { gitlabFiles } from '../../scaffold/ci/gitlab';
import type { Answers } from '../../scaffold/set-keys';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import type { WorkflowSource } from '../support/workflows/run-workflow';

// Where .ci/install-workflow-tools puts them.
const TOOLS =
  process.env.KAKEHASHI_WORKFLOW_TOOLS ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'kakehashi-workflow-tools');
process.env.PATH = `${path.join(TOOLS, 'bin')}${path.delimiter}${process.env.PATH}`;

const ID = '12345678-1234-9876-4563-123456789012';
const ROLE = 'arn:aws:iam::123456789012:role/kakehashi';
const VARIANTS: Readonly<Record<string, Answers>> = {
  'without roles': {},
  'with roles of AWS': { aws_role: ROLE, aws_apply_role: `${ROLE}-apply` },
  'with applications of Azure': {
    azure_client_id: ID,
    azure_tenant_id: ID,
    azure_subscription_id: ID,
    branch: 'release/1.x',
  },
};
const answersOf = (more: Answers): Answers => {
  const { answers, problems } = resolveAnswers(more, { examples: true });
  expect(problems).toEqual([]);
  return answers;
};
const folderOf = (files: readonly { readonly path: string; readonly text: string }[]): string =>
  temporaryFolder(Object.fromEntries(files.map(({ path: name, text }) => [name, text])));
const run = (folder: string, program: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: process.env,
  });
  return { status, output: status === 0 ? '' : stdout + stderr };
};

describe.each(Object.entries(VARIANTS))('the workflows of GitHub, %s', (_, more) => {
  const files = githubFiles(answersOf(more));
  const workflows = files.map(({ path: name, text }) => ({
    name,
    text,
    source: parse(text) as WorkflowSource,
  }));
  const jobs = workflows.flatMap(({ name, source }) =>
    Object.entries(source.jobs).map(([id, job]) => ({ where: `${path.basename(name)} ${id}`, job })),
  );
  const steps = jobs.flatMap(({ where, job }) => job.steps.map((step) => ({ where, step })));

  test('nothing stands for something else any more', () => {
    for (const { text } of files) expect(text).not.toMatch(/@@|undefined/);
  });

  test('every action is pinned by a commit, with its release beside it', () => {
    for (const { text } of files)
      for (const line of text.split('\n').filter((one) => /\buses:/.test(one)))
        expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('no permission is given to a whole workflow; each job names its own, has an end, and keeps no token', () => {
    for (const { source } of workflows) {
      expect(source.permissions).toEqual({});
      expect(source.concurrency).toBeDefined();
    }
    for (const { job } of jobs) {
      expect(job.permissions).toBeDefined();
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(5);
    for (const { step } of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });

  test('what others wrote reaches no shell but in variables', () => {
    for (const { where, step } of steps)
      expect({ where, run: step.run ?? '' }).not.toMatchObject({ run: expect.stringContaining('${{') });
  });

  test("jobs write only what they post; a fork's job only reads, and has no login", () => {
    const writing = Object.fromEntries(
      jobs.map(({ where, job }) => [
        where,
        Object.entries(job.permissions ?? {}).flatMap(([name, right]) => (right === 'write' ? [name] : [])),
      ]),
    );
    expect(writing).toEqual({
      'kakehashi-review.yml affected': [],
      'kakehashi-review.yml plan': ['id-token'],
      'kakehashi-review.yml review': ['pull-requests', 'issues', 'statuses', 'security-events'],
      'kakehashi-fork.yml plan': [],
      'kakehashi-fork-post.yml post': ['pull-requests', 'issues', 'statuses'],
      'kakehashi-apply.yml affected': [],
      'kakehashi-apply.yml apply': ['id-token'],
      'kakehashi-drift.yml drift': ['issues', 'id-token'],
    });
    for (const { text, name } of workflows.filter((one) => one.name.includes('fork'))) {
      expect({ name, text }).not.toMatchObject({
        text: expect.stringMatching(/secrets\.|role-to-assume|ARM_CLIENT|cache: npm/),
      });
      expect(text).not.toContain('pull_request_target');
    }
  });

  test('roles that read plan, and roles that build apply', () => {
    const applying = jobs.find(({ where }) => where === 'kakehashi-apply.yml apply')?.job;
    const planning = jobs.filter(({ where }) => /review.yml plan|drift/.test(where)).map(({ job }) => job);
    const login = (job: typeof applying) =>
      job?.steps.flatMap((step) =>
        step.uses?.startsWith('aws-actions/') ? [step.with?.['role-to-assume']] : [],
      );
    const { aws_role, aws_apply_role = aws_role, azure_client_id } = more;
    expect(login(applying)).toEqual(aws_apply_role === undefined ? [] : [aws_apply_role]);
    for (const job of planning) {
      expect(login(job)).toEqual(aws_role === undefined ? [] : [aws_role]);
      expect(job.env?.ARM_CLIENT_ID).toBe(azure_client_id);
    }
  });

  describeWith('actionlint', 'actionlint', () => {
    test('finds nothing', () => {
      const folder = folderOf(files);
      execFileSync('git', ['init', '--quiet'], { cwd: folder });
      expect(run(folder, 'actionlint', '-no-color')).toEqual({ status: 0, output: '' });
    });
  });

  describeWith('zizmor', 'zizmor', () => {
    test('finds nothing', () => {
      const folder = folderOf(files);
      expect(
        run(folder, 'zizmor', '--offline', '--no-progress', '--color=never', '.github/workflows'),
      ).toEqual({ status: 0, output: '' });
    });
  });
});

describe('the tools find what they look for', () => {
  const [review, ...others] = githubFiles(answersOf({}));
  const planted = (from: string, to: string) =>
    folderOf([...others, { path: review?.path ?? '', text: review?.text.replace(from, to) ?? '' }]);

  describeWith('actionlint', 'actionlint', () => {
    test('an output that no step has', () => {
      const folder = planted('steps.affected.outputs.any', 'steps.nowhere.outputs.any');
      execFileSync('git', ['init', '--quiet'], { cwd: folder });
      expect(run(folder, 'actionlint', '-no-color').output).toContain('"nowhere"');
    });
  });

  describeWith('zizmor', 'zizmor', () => {
    test.each([
      [
        'a text of others in a shell',
        '--base "$BASE"',
        '--base "${{ github.head_ref }}"',
        'template-injection',
      ],
      ['an action by its tag', '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', 'v7', 'unpinned-uses'],
    ])('%s', (_, from, to, found) => {
      const folder = planted(from, to);
      expect(
        run(folder, 'zizmor', '--offline', '--no-progress', '--color=never', '.github/workflows').output,
      ).toContain(found);
    });
  });
});

describe.each(Object.entries(VARIANTS))('the pipelines of GitLab, %s', (_, more) => {
  const files = gitlabFiles(answersOf(more));
  const folder = folderOf(files);
  const pipeline = (purpose: string, include: readonly object[]): string =>
    execFileSync(process.execPath, ['.gitlab/kakehashi-pipeline.mjs', purpose], {
      cwd: folder,
      encoding: 'utf8',
      input: JSON.stringify({ include }),
    });
  const DEV = { environment: 'dev', shard: '1/2', stacks: ['dev-aws-default'] };

  test('a pipeline has a job a part of an environment, and a review after all of them', () => {
    const made = parse(pipeline('review', [DEV, { ...DEV, shard: '2/2' }]));
    expect(Object.keys(made)).toEqual(['include', 'plan dev 1/2', 'plan dev 2/2', 'review']);
    expect(made['plan dev 2/2'].variables).toEqual({ ENVIRONMENT: 'dev', SHARD: '2/2' });
    expect(made.review.needs.map(({ job }: { job: string }) => job)).toEqual([
      'plan dev 1/2',
      'plan dev 2/2',
    ]);
    expect(Object.keys(parse(pipeline('review', [])))).toEqual(['include', 'review']);
    expect(Object.keys(parse(pipeline('apply', [DEV])))).toEqual(['include', 'apply dev 1/2']);
    expect(Object.keys(parse(pipeline('apply', [])))).toEqual(['include', 'nothing is affected']);
    expect(pipeline('environments', [DEV, { ...DEV, shard: '2/2' }])).toBe('dev\n');
  });

  test('every job that is extended is there', () => {
    const jobs = Object.assign(
      {},
      ...files.filter(({ path: name }) => name.endsWith('.yml')).map(({ text }) => parse(text)),
    );
    const extended = Object.values<{ extends?: string }>({
      ...jobs,
      ...parse(pipeline('review', [DEV])),
      ...parse(pipeline('apply', [DEV])),
    });
    const names = extended.flatMap((job) => job?.extends ?? []);
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) expect(Object.keys(jobs)).toContain(name);
  });

  test("a fork's job has no token of this project", () => {
    const { 'kakehashi-fork': fork } = parse(
      files.find(({ path: name }) => name === '.gitlab/kakehashi.yml')?.text ?? '',
    );
    expect(JSON.stringify(fork)).not.toMatch(/TOKEN|id_tokens/);
  });

  describeWith('check-jsonschema', 'check-jsonschema', () => {
    test("GitLab's schema takes all of it", () => {
      const made = folderOf([
        ...files,
        { path: 'review.yml', text: pipeline('review', [DEV]) },
        { path: 'apply.yml', text: pipeline('apply', [DEV]) },
      ]);
      const names = [
        '.gitlab-ci.yml',
        '.gitlab/kakehashi.yml',
        '.gitlab/kakehashi-jobs.yml',
        'review.yml',
        'apply.yml',
      ];
      expect(run(made, 'check-jsonschema', '--builtin-schema', 'vendor.gitlab-ci', ...names)).toEqual({
        status: 0,
        output: '',
      });
    });
  });
});
