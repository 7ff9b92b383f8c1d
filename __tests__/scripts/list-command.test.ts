import { applies, INIT, planCreates, planUnchanged, ScriptedProject } from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';

const VPC = 'aws_vpc.Vpc';
jest.setTimeout(60_000);

interface Listed {
  readonly environment: string;
  readonly state: string;
  readonly stacks: readonly Readonly<Record<string, unknown>>[];
}

let project: ScriptedProject;
beforeEach(() => {
  project = new ScriptedProject();
});
afterEach(() => project.remove());

async function listed(...args: readonly string[]): Promise<readonly Listed[]> {
  const { code, stdout } = await project.run('list', '--json', ...args);
  expect(code).toBe(0);
  expect(eventProblems(stdout)).toEqual([]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Listed);
}

const stacksOf = ([first]: readonly Listed[]) => first?.stacks;

/** A state file as Terraform leaves it. */
const STATE = JSON.stringify({ version: 4, resources: [{ mode: 'managed' }], outputs: {} });

describe('kakehashi list', () => {
  test('tells never applied, only locked, applied, drifted and empty, without Terraform', async () => {
    project.play();
    expect(stacksOf(await listed())).toEqual([
      { stack: 'dev-aws-one', state: 'never_applied', gone: false, locked: false, unfinished: false },
      { stack: 'dev-aws-two', state: 'never_applied', gone: false, locked: false, unfinished: false },
    ]);
    expect(project.calls).toEqual([]);
    project.play(INIT, planCreates('dev-aws-one', [VPC]), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    expect((await project.run('list')).stdout).toMatch(
      /^dev {3}catalog\/dev\.yml {3}states: local {3}gateway 198\.51\.100\.10\n {2}dev-aws-one {3}never applied, only locked, changes \(plan of \S+ \S+\s+UTC\)\n {2}dev-aws-two {3}never applied, only locked\n$/,
    );
    project.play(applies('dev-aws-one', [VPC], {}), { on: 'output', times: 9, say: ['{}'] });
    await project.run('apply', 'dev', '--yes');
    project.write('state/dev/dev-aws-one.tfstate', STATE);
    project.write('state/dev/dev-aws-two.tfstate', '{"version": 4, "resources": [], "outputs": {}}');
    const [one, two] = stacksOf(await listed()) ?? [];
    expect(one).toMatchObject({ state: 'applied', at: expect.stringMatching(/^2/), unfinished: false });
    expect(two).toMatchObject({ state: 'empty' });
  });

  test("shows what the saved plan found drifted, what is gone, and a state that can't be read", async () => {
    project.play(INIT, planCreates('dev-aws-one', [VPC]), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    const record = 'cdktf.out.dev/stacks/dev-aws-one/kakehashi.tfplan.json';
    const plan = JSON.parse(project.read(record));
    plan.summary = { ...plan.summary, drift: [{ address: VPC, attributes: ['tags'] }] };
    project.write(record, JSON.stringify(plan));
    project.write('state/dev/dev-aws-one.tfstate', STATE);
    project.write('state/dev/dev-aws-two.tfstate', '{');
    project.write('catalog/dev.yml', project.read('catalog/dev.yml').replace(/ {2}two:\n(.*\n){3}/, ''));
    const { stdout } = await project.run('list', 'dev');
    expect(stdout.replace(/\n\s+(?=\S)/g, ' ')).toMatch(
      /dev-aws-one +applied .* UTC, drifted: 1 object \(plan of .* UTC\), changes .* dev-aws-two +gone from the catalog, its state can't be read\n$/,
    );
    const [one, two] = stacksOf(await listed('dev')) ?? [];
    expect(one).toMatchObject({ drift: 1, changes: true });
    expect(two).toMatchObject({ stack: 'dev-aws-two', gone: true, locked: true, state: 'unreadable' });
  });

  test('a remote state is not looked at, and says so', async () => {
    const remote = `${project.read('catalog/dev.yml')}backend: { type: s3, bucket: states, region: us-west-2 }\n`;
    project.write('catalog/dev.yml', remote);
    project.play();
    expect((await project.run('list')).stdout.replace(/\s+/g, ' ')).toContain(
      'dev-aws-one · not looked at: its state is in s3; never applied from here',
    );
    expect(stacksOf(await listed())?.[0]).toMatchObject({ state: 'unknown' });
  });

  test('lists a broken catalog and a lock without one by their lock files', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    project.write('catalog/dev.yml', 'aws: [\n');
    project.write(
      'catalog/old.lock.yml',
      project.read('catalog/dev.lock.yml').replaceAll('dev-aws', 'old-aws'),
    );
    const all = await listed();
    expect(all.map(({ environment, state }) => [environment, state])).toEqual([
      ['dev', 'unreadable'],
      ['old', 'locked_only'],
    ]);
    expect(all.map(({ stacks }) => stacks.map(({ stack }) => stack))).toEqual([
      ['dev-aws-one', 'dev-aws-two'],
      ['old-aws-one', 'old-aws-two'],
    ]);
    const { stdout } = await project.run('list');
    expect(stdout).toContain(
      "its catalog can't be read; what follows is from its lock file\n    help: kakehashi validate dev\n",
    );
    expect(stdout).toContain('its catalog is gone, and only its lock file is left');
  });
});
