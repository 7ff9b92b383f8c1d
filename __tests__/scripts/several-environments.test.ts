import {
  applies,
  failure,
  INIT,
  planCreates,
  planUnchanged,
  ScriptedProject,
} from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';

const VPC = 'aws_vpc.Vpc';
const TWO = '198.51.100.10';
const ONE = '203.0.113.7';
jest.setTimeout(60_000);

function catalog(second: number, publicIp: string, more = ''): string {
  return `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: ${publicIp}, asn: 65000 }
${more}aws:
  one:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.${second}.2.0/24
    create: { vpc_cidr: 172.${second}.0.0/16, egress: none, vpn: none }
`;
}

const plans = (name: string) => planCreates(`${name}-aws-one`, [VPC]);
const appliesOne = (name: string) => applies(`${name}-aws-one`, [VPC], {});
const fails = (name: string) =>
  ({ on: 'apply', stack: `${name}-aws-one`, exit: 1, say: [failure('broken')] }) as const;

let project: ScriptedProject;
beforeEach(() => {
  project = new ScriptedProject(catalog(30, TWO));
  project.write('catalog/lab.yml', catalog(31, TWO));
  project.write('catalog/prod.yml', catalog(32, ONE));
});
afterEach(() => project.remove());

const order = () =>
  project.calls.flatMap(({ args, stack }) =>
    args?.[0] === 'plan' || args?.[0] === 'apply' ? [`${args[0]} ${stack}`] : [],
  );
const applied = () => order().filter((call) => call.startsWith('apply'));

function events(stdout: string): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('plan of several environments', () => {
  test('plans all of the folder, shows each, and exits with 2 where one changes', async () => {
    project.play(INIT, plans('dev'), planUnchanged('lab-aws-one'), plans('prod'));
    const { code, stdout, stderr } = await project.run('plan', '--all');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/^Kakehashi: dev, lab, prod\.\n/);
    expect(stdout.match(/^(dev|lab|prod)$/gm)).toEqual(['dev', 'lab', 'prod']);
    expect(stdout).toContain('no changes: lab is as the catalog says');
    expect(stdout).toContain(
      '\nin all    dev    changes\n          lab    no changes\n          prod   changes\nNext:     npx kakehashi apply dev prod ',
    );
    for (const name of ['dev', 'lab', 'prod']) expect(project.has(`out/${name}/plan.md`)).toBe(true);
  });

  test('exits with 0 where nothing changes, and with 1 where one fails, whatever the others do', async () => {
    project.play(INIT, ...['dev', 'lab', 'prod'].map((name) => planUnchanged(`${name}-aws-one`)));
    expect((await project.run('plan', '--all')).code).toBe(0);
    project.play(planUnchanged('dev-aws-one'), { on: 'plan', stack: 'lab-aws-one', exit: 1 }, plans('prod'));
    const { code, stdout } = await project.run('plan', '--all');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'in all    dev    no changes\n          lab    failed\n          prod   changes\n',
    );
  });

  test('works on all of them in one pool that is never larger than --parallelism', async () => {
    const slow = { seconds: 1 };
    project.play(INIT, ...['dev', 'lab', 'prod'].map((name) => planUnchanged(`${name}-aws-one`, slow)));
    await project.run('plan', '--all', '--parallelism', '2');
    let now = 0;
    const counts = project.calls.flatMap(({ args, ended }) => {
      if (ended === 'plan') now -= 1;
      else if (args?.[0] === 'plan') now += 1;
      else return [];
      return [now];
    });
    expect(counts).toHaveLength(6);
    expect(Math.max(...counts)).toBe(2);
  });

  test('shows the others where a catalog is broken, each problem of a common file once', async () => {
    project.write('catalog/lab.yml', catalog(31, TWO).replace('10.0.2.15/24', '10.0.2.15/99'));
    project.play(INIT, plans('dev'), planUnchanged('prod-aws-one'));
    const { code, stdout } = await project.run('plan', '--all');
    expect(code).toBe(1);
    expect(stdout.match(/lab\.yml:2:\d+: site\.controller:/g)).toHaveLength(1);
    expect(stdout).toContain(
      'in all    dev    changes\n          lab    failed\n          prod   no changes\n',
    );
  });

  test('takes an environment once, however often and however it is named', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('prod-aws-one'));
    const { code, stdout } = await project.run('plan', 'prod', 'dev', './catalog/dev.yml', 'prod');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Kakehashi: prod, dev\.\n/);
    expect(order().sort()).toEqual(['plan dev-aws-one', 'plan prod-aws-one']);
  });

  test('--stack chooses among all of them, and must match something', async () => {
    project.play(INIT, planUnchanged('prod-aws-one'));
    const { code, stdout } = await project.run('plan', '--all', '--stack', 'prod-*');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'in all    dev    left out\n          lab    left out\n          prod   no changes\n',
    );
    const idle = await project.run('plan', '--all', '--stack', 'x*');
    expect(idle.code).toBe(64);
    expect(idle.stderr).toContain('matches none of dev-aws-one, lab-aws-one, prod-aws-one');
  });

  test('one that another run works on fails alone', async () => {
    project.play(INIT, planUnchanged('dev-aws-one', { seconds: 3 }), planUnchanged('prod-aws-one'));
    const first = project.start(['plan', 'dev']);
    await project.called('plan dev-aws-one');
    const { code, stdout, stderr } = await project.run('plan', 'dev', 'prod');
    expect(code).toBe(1);
    expect(stderr).toContain('another run works on dev');
    expect(stdout).toContain('in all    dev    failed\n          prod   no changes\n');
    expect((await first.ended).code).toBe(0);
  });
});

describe('wrong names end before anything runs', () => {
  test.each([
    [['--all', 'dev'], '--all: names all environments, got dev as well; leave one of the two out'],
    [
      ['--all', '--env', 'dev'],
      '--all: names all environments, got --env dev as well; leave one of the two out',
    ],
    [['dev', 'prof'], 'there is no environment "prof" in catalog; did you mean "prod"?'],
    [['dev', 'other/dev.yml'], 'two environments are called dev: dev and other/dev.yml'],
  ])('%j', async (args, said) => {
    project.write('other/dev.yml', catalog(40, ONE));
    project.play();
    for (const command of ['plan', 'apply']) {
      const { code, stderr } = await project.run(command, ...args);
      expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining(said) });
    }
    expect(project.calls).toEqual([]);
    expect(project.has('cdktf.out.dev')).toBe(false);
  });
});

describe('apply of several environments', () => {
  test('plans all, asks once, and applies them in the order that they are named in', async () => {
    project.play(INIT, ...['prod', 'dev'].flatMap((name) => [plans(name), appliesOne(name)]));
    const { code, stdout } = await project.run('apply', 'prod', 'dev', '--yes');
    expect(code).toBe(0);
    expect(order().slice(0, 2).sort()).toEqual(['plan dev-aws-one', 'plan prod-aws-one']);
    expect(order().slice(2)).toEqual(['apply prod-aws-one', 'apply dev-aws-one']);
    expect(stdout).toContain('in all    prod   applied\n          dev    applied\n');
    for (const name of ['dev', 'prod']) expect(project.has(`out/${name}/vpn_catalog.yml`)).toBe(true);
  });

  test('uses the plans that were saved together', async () => {
    project.play(INIT, plans('dev'), plans('prod'));
    await project.run('plan', 'dev', 'prod');
    project.play(appliesOne('dev'), appliesOne('prod'));
    expect((await project.run('apply', 'dev', 'prod', '--yes')).code).toBe(0);
    expect(order()).toEqual(['apply dev-aws-one', 'apply prod-aws-one']);
  });

  test('applies nothing where nobody can be asked', async () => {
    project.play(INIT, plans('dev'), plans('prod'));
    const { code, stderr } = await project.run('apply', 'dev', 'prod');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'kakehashi: not applied: there is no terminal to confirm on; pass --yes\n',
    });
    expect(applied()).toEqual([]);
  });

  test('one that fails stops those at the same gateway, and no others', async () => {
    project.play(INIT, plans('dev'), plans('lab'), plans('prod'), fails('dev'), appliesOne('prod'));
    const { code, stdout } = await project.run('apply', '--all', '--yes');
    expect(code).toBe(1);
    expect(applied()).toEqual(['apply dev-aws-one', 'apply prod-aws-one']);
    expect(stdout).toContain(`lab: not applied, because dev failed, which ends at the same gateway ${TWO}\n`);
    expect(stdout).toContain(
      'in all    dev    failed\n          lab    not applied\n          prod   applied\n',
    );
  });

  test('one whose plan fails is not applied, and stops those at its gateway, also earlier ones', async () => {
    project.play(
      INIT,
      plans('dev'),
      { on: 'plan', stack: 'lab-aws-one', exit: 1 },
      plans('prod'),
      appliesOne('prod'),
    );
    const { code, stdout } = await project.run('apply', '--all', '--yes');
    expect(code).toBe(1);
    expect(applied()).toEqual(['apply prod-aws-one']);
    expect(stdout).toContain(`dev: not applied, because lab failed, which ends at the same gateway ${TWO}\n`);
  });

  test('a broken catalog whose gateway can be read stops those at it; where it can not, all', async () => {
    project.write('catalog/lab.yml', catalog(31, TWO).replace('10.0.2.15/24', '10.0.2.15/99'));
    project.play(INIT, plans('dev'), plans('prod'), appliesOne('prod'));
    const read = await project.run('apply', '--all', '--yes');
    expect(read.code).toBe(1);
    expect(read.stdout).toContain(
      'in all    dev    not applied\n          lab    failed\n          prod   applied\n',
    );
    project.write('catalog/lab.yml', 'aws: [\n');
    project.play(INIT, planUnchanged('prod-aws-one'));
    const unread = await project.run('apply', '--all', '--yes');
    expect(unread.code).toBe(1);
    expect(unread.stdout).toContain(
      `prod: not applied, because lab failed, which may end at the same gateway ${ONE}\n`,
    );
  });

  test('a Ctrl-C says what was done, where it stopped, and what was not begun', async () => {
    const hangs = { on: 'apply', stack: 'lab-aws-one', hang: true } as const;
    project.play(INIT, plans('dev'), plans('lab'), plans('prod'), appliesOne('dev'), hangs);
    const { child, ended } = project.start(['apply', '--all', '--yes']);
    await project.called('apply lab-aws-one');
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('done: dev; stopped in lab; not begun: prod\n');
    expect(applied()).toEqual(['apply dev-aws-one', 'apply lab-aws-one']);
    expect([project.has('out/dev/vpn_catalog.yml'), project.has('out/lab/vpn_catalog.yml')]).toEqual([
      true,
      false,
    ]);
  });

  test('every event names its environment, and the last but theirs tells how all ended', async () => {
    project.play(INIT, plans('dev'), plans('lab'), plans('prod'), fails('dev'), appliesOne('prod'));
    const { code, stdout } = await project.run('apply', '--all', '--yes', '--json');
    expect(code).toBe(1);
    expect(eventProblems(stdout)).toEqual([]);
    const all = events(stdout);
    expect(
      all.filter(({ type, environment }) => environment === undefined && type !== 'environments_finished'),
    ).toEqual([]);
    expect(all.find(({ type }) => type === 'environment_skipped')).toMatchObject({
      environment: 'lab',
      because: 'dev',
      gateway: TWO,
    });
    expect(all.find(({ type }) => type === 'environments_finished')).toMatchObject({
      exit_code: 1,
      environments: [
        { environment: 'dev', outcome: 'failed' },
        { environment: 'lab', outcome: 'not applied' },
        { environment: 'prod', outcome: 'applied' },
      ],
    });
    const ends = all.filter(({ type }) => type === 'run_finished');
    expect(ends.map(({ environment, exit_code }) => [environment, exit_code])).toEqual([
      ['dev', 1],
      ['lab', 1],
      ['prod', 0],
    ]);
  });
});

test('two environments of one host whose states are remote do not keep each other out', async () => {
  const backend = 'backend: { type: s3, bucket: states, region: us-west-2 }\n';
  const withTunnels = (second: number) => catalog(second, TWO, backend).replace(', vpn: none', '');
  project.write('catalog/dev.yml', withTunnels(30));
  project.write('catalog/lab.yml', withTunnels(31));
  const nothing = { on: 'output', times: 20, say: ['{}'] } as const;
  project.play(INIT, plans('dev'), plans('lab'), appliesOne('dev'), appliesOne('lab'), nothing);
  const { code, stdout, stderr } = await project.run('apply', 'dev', 'lab', '--yes');
  expect(stderr).toBe('');
  expect(stdout).toContain('in all    dev   applied\n          lab   applied\n');
  expect(code).toBe(0);
});
