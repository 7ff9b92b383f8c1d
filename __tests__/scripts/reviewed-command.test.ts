import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readRecords } from '../../review/record/read-records';
import { writeRecords } from '../../review/record/write-records';
import { rewriteRecords } from '../support/records';
import {
  applies,
  failure,
  INIT,
  planCreates,
  planUnchanged,
  type ScriptEntry,
  ScriptedProject,
} from '../support/scripted-terraform';

jest.setTimeout(60_000);

const VPC = 'aws_vpc.Vpc';
const entry = (name: string) => ({
  aws: { [name]: { aws_region: 'ap-northeast-1', private_network_ipmask: '172.30.2.0/24' } },
});
const APPLIES = [applies('dev-aws-one', [VPC], entry('one')), applies('dev-aws-two', [VPC], entry('two'))];

/** What `terraform show -json` says of a plan that creates a VPC. */
const shown = (stack: string, cidr: string): ScriptEntry => ({
  on: 'show',
  stack,
  say: [
    JSON.stringify({
      resource_changes: [
        {
          address: VPC,
          type: 'aws_vpc',
          change: {
            actions: ['create'],
            before: null,
            after: { cidr_block: cidr },
            after_unknown: { id: true },
          },
        },
      ],
    }),
  ],
});
const plans = (cidr = '172.30.0.0/16'): readonly ScriptEntry[] => [
  INIT,
  planCreates('dev-aws-one', [VPC]),
  shown('dev-aws-one', cidr),
  planCreates('dev-aws-two', [VPC]),
  shown('dev-aws-two', '172.29.0.0/16'),
];

describe('apply --reviewed', () => {
  let project: ScriptedProject;
  let digest = '';
  beforeEach(async () => {
    project = new ScriptedProject();
    project.play(...plans());
    const { stdout } = await project.run('plan', 'dev', '--export', 'records');
    digest = /k1:[0-9a-f]{64}/.exec(stdout)?.[0] ?? '';
  });
  afterEach(() => project.remove());

  const apply = (...args: readonly string[]) => project.run('apply', 'dev', '--yes', ...args);
  const applied = () => project.commands.filter((command) => command.startsWith('apply'));

  test.each([['the digest'], ['the records']])('plans anew and applies what has %s', async (what) => {
    project.play(...plans(), ...APPLIES);
    const { code, stdout, stderr } = await apply('--reviewed', what === 'the digest' ? digest : 'records/');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`review    ${digest}: the plans of dev are those that were reviewed`);
    expect(project.commands.filter((command) => command.startsWith('plan'))).toHaveLength(2);
    expect(applied()).toEqual(['apply dev-aws-one', 'apply dev-aws-two']);
  });

  test('names stack, address, attribute and both values where a plan differs, and applies nothing', async () => {
    for (const given of ['records/', digest]) {
      project.play(...plans('172.31.0.0/16'), ...APPLIES);
      const { code, stderr } = await apply('--reviewed', given);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: `kakehashi: dev: not applied: its plans are not those that were reviewed (${digest})
  dev-aws-one: ${VPC} cidr_block
    reviewed: 172.30.0.0/16
    now:      172.31.0.0/16
  help: nothing was changed by this run; plan and review anew: kakehashi plan dev
`,
      });
      expect(applied()).toEqual([]);
    }
  });

  test('says with a digest alone that the plans differ, and how to see where', async () => {
    project.play(...plans());
    const other = `k1:${'0'.repeat(64)}`;
    const { code, stderr } = await apply('--reviewed', other);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `  reviewed ${other}\n  now      ${digest}\n  help: to see what differs, give the folder`,
    );
  });

  test('goes on where an earlier run was stopped, with records', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), ...plans().slice(3), ...APPLIES);
    const { code, stdout } = await apply('--reviewed', 'records/');
    expect([code, applied()]).toEqual([0, ['apply dev-aws-two']]);
    expect(stdout).toContain('          nothing left to do: dev-aws-one\n');
  });

  test('goes by what plans mean, and not by the versions that made the records', async () => {
    rewriteRecords(path.join(project.folder, 'records'), (text) => {
      expect(text).toContain('"terraform": "terraform 1.11.4"');
      return text.replaceAll('"terraform 1.11.4"', '"opentofu 1.8.0"');
    });
    project.play(...plans(), ...APPLIES);
    expect((await apply('--reviewed', 'records/')).code).toBe(0);
  });

  test('has nothing left to do where no plan changes anything, whatever the digest', async () => {
    rmSync(path.join(project.folder, 'out/dev/review'), { recursive: true });
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    const { code, stdout } = await apply('--reviewed', digest);
    expect([code, applied()]).toEqual([0, []]);
    expect(stdout).toContain(`review    ${digest}: nothing left to do in dev: no plan changes anything`);
    project.play(INIT, planUnchanged('dev-aws-one'), ...plans().slice(3), ...APPLIES);
    const half = await apply('--reviewed', digest);
    expect([half.code, applied()]).toEqual([1, []]);
  });

  test('applies nothing where a plan fails now', async () => {
    project.play(
      INIT,
      { on: 'plan', stack: 'dev-aws-one', exit: 1, say: [failure('no', 'x')] },
      ...plans().slice(3),
    );
    const { code, stderr } = await apply('--reviewed', 'records/');
    expect([code, applied()]).toEqual([1, []]);
    expect(stderr).toContain("dev-aws-one: was reviewed, and can't be planned now");
  });

  test('compares a part of the stacks with records, and with no digest', async () => {
    project.play(INIT, ...plans().slice(3), APPLIES[1] as ScriptEntry);
    expect((await apply('--reviewed', 'records/', '--stack', 'dev-aws-two')).code).toBe(0);
    expect(applied()).toEqual(['apply dev-aws-two']);
    project.play(INIT, ...plans().slice(3));
    const { code, stderr } = await apply('--reviewed', `k1:${'0'.repeat(64)}`, '--stack', 'dev-aws-two');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'a digest is of all stacks of an environment; with --stack or --shard give the folder',
    );
  });

  test.each([
    ['a folder that is not there', 'no/', 'no: must be a folder of review records: there is no such folder'],
    ['a folder without records', 'catalog/', 'catalog: must have review records of dev; it has none'],
  ])('refuses %s with one message', async (_, given, text) => {
    project.play(INIT);
    const { code, stderr } = await apply('--reviewed', given);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `kakehashi: ${text}\n` });
  });

  test('refuses records that are not the whole, and simulated ones', async () => {
    const name = 'records/dev-aws-one.stack.json';
    const text = project.read(name);
    const files = readdirSync(path.join(project.folder, 'records'));
    project.write(name, text.slice(0, 200));
    project.play(INIT);
    const cut = await apply('--reviewed', 'records/');
    expect([cut.code, cut.stderr]).toEqual([
      1,
      expect.stringMatching(/records: is no whole review of dev: .*dev-aws-one.stack.json is cut off/),
    ]);
    project.write(name, text);
    const simulated = readRecords([path.join(project.folder, 'records')]).flatMap(({ record }) =>
      record === undefined ? [] : [{ ...record, origin: { ...record.origin, simulated: true } }],
    );
    writeRecords(path.join(project.folder, 'simulated'), simulated);
    expect(simulated).toHaveLength(files.length);
    const { code, stderr } = await apply('--reviewed', 'simulated/');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('are never applied for real; plan and review without --sandbox'),
    ]);
  });

  test('is asked for by --require-review, and by the catalog, before anything is planned', async () => {
    project.play(INIT);
    const byFlag = await apply('--require-review');
    expect([byFlag.code, byFlag.stderr]).toEqual([
      5,
      expect.stringContaining(
        'dev: not applied: --require-review wants an apply to name what was reviewed; review the plans: kakehashi plan dev, or apply with --reviewed DIGEST',
      ),
    ]);
    project.write('catalog/dev.yml', `${project.read('catalog/dev.yml')}policy: { require_review: true }\n`);
    const byCatalog = await apply();
    expect([byCatalog.code, byCatalog.stderr]).toEqual([
      5,
      expect.stringContaining('dev: not applied: policy.require_review wants'),
    ]);
    expect(project.commands.filter((command) => !command.startsWith('init'))).toEqual([]);
    project.play(...plans(), ...APPLIES);
    expect((await apply('--reviewed', 'records/')).code).toBe(0);
  });

  test('in CI, an apply without says that nobody has seen its plans', async () => {
    project.play(...plans(), ...APPLIES);
    const { stdout } = await project.start(['apply', 'dev', '--yes'], { CI: 'true' }).ended;
    expect(stdout).toContain('review    none: what is planned now is applied as it is');
  });

  test('show reads the records, says what is wrong with a damaged one, and has none after the apply', async () => {
    const { code, stdout } = await project.run('show', 'dev');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/dev-aws-one {3}\+ 1 .*[\s\S]*dev-aws-two {3}\+ 1 /),
    ]);
    project.play(...APPLIES);
    await project.run('apply', 'dev', '--yes');
    expect((await project.run('show', 'dev')).stderr).toContain('no plan is saved');
    project.write('out/dev/review/dev.environment.json', '{');
    expect((await project.run('show', 'dev')).stderr).toBe(
      'kakehashi: out/dev/review/dev.environment.json: is cut off: the end is missing; plan anew: kakehashi plan dev\n',
    );
  });
});

describe('a secret', () => {
  const MARKED = 'planted-marked/1+é';
  const NAMED = 'planted-named-2';
  const PACKED = 'planted-in-user-data-3';
  const KNOWN = 'planted-credential-4';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const ADDRESS = `aws_vpc.Vpc["${MARKED}"]`;

  test('that is marked, unmarked, in user data, in base64 or in a name is in nothing that a plan leaves', async () => {
    const project = new ScriptedProject();
    try {
      const resource = {
        address: ADDRESS,
        type: 'aws_vpc',
        change: {
          actions: ['update'],
          before: {
            a: 'x',
            password: `${NAMED}-old`,
            note: 'x',
            list: [],
            user_data_base64: '',
            label: '',
            id: 'vpc-0123456789',
          },
          after: {
            a: MARKED,
            password: NAMED,
            note: `see ${encodeURIComponent(MARKED)} and ${base64(`:${KNOWN};`)}`,
            list: [
              gzipSync(`${'#'.repeat(60)}${MARKED}`).toString('base64'),
              JSON.stringify({ [KNOWN]: NAMED }),
            ],
            user_data_base64: gzipSync(`#!/bin/sh\necho ${PACKED}`).toString('base64'),
            label: `name-${NAMED}`,
            id: 'vpc-0123456789',
          },
          after_sensitive: { a: true },
          after_unknown: {},
        },
      };
      const output = { actions: ['create'], before: null, after: 'x', after_unknown: false };
      const update = {
        type: 'planned_change',
        change: { resource: { addr: ADDRESS, resource_type: 'aws_vpc' }, action: 'update' },
      };
      project.play(
        INIT,
        {
          on: 'plan',
          stack: 'dev-aws-one',
          say: [
            update,
            {
              type: 'outputs',
              outputs: { [`of-${NAMED}`]: { sensitive: false, action: 'create', value: 'x' } },
            },
          ],
        },
        {
          on: 'show',
          stack: 'dev-aws-one',
          say: [
            JSON.stringify({ resource_changes: [resource], output_changes: { [`of-${NAMED}`]: output } }),
          ],
        },
        {
          on: 'plan',
          stack: 'dev-aws-two',
          exit: 1,
          say: [failure('no', `it is ${base64(KNOWN)} and ${KNOWN}`)],
        },
      );
      const run = await project.start(
        ['plan', 'dev', '--json', '--full', '--log-level', 'debug', '--export', 'records'],
        {
          AWS_SECRET_ACCESS_KEY: KNOWN,
        },
      ).ended;
      const again = await project.run('show', 'dev', '--full');
      const folders = ['records', 'out'];
      const texts = folders.flatMap((folder) =>
        readdirSync(path.join(project.folder, folder), { recursive: true, withFileTypes: true })
          .filter((file) => file.isFile())
          .map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')),
      );
      expect(texts.length).toBeGreaterThanOrEqual(8);
      const all = [run.stdout, run.stderr, again.stdout, again.stderr, ...texts].join('\n');
      for (const secret of [MARKED, NAMED, PACKED, KNOWN])
        for (const form of [
          secret,
          JSON.stringify(secret).slice(1, -1),
          base64(secret).slice(0, -4),
          encodeURIComponent(secret),
        ])
          expect([form, all.split('\n').filter((line) => line.includes(form))]).toEqual([form, []]);
      expect(all).not.toContain('planted');
      expect(all).not.toMatch(/H4sI[A-Za-z0-9+/]{20}/);
      expect(all).toContain('(sensitive) sha256:');
      expect(all).toContain('name-(sensitive)');
    } finally {
      project.remove();
    }
  });
});
