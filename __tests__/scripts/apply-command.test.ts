import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  applies,
  failure,
  hook,
  INIT,
  planCreates,
  planUnchanged,
  ScriptedProject,
} from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';

const VPC = 'aws_vpc.Vpc';
const ONE = {
  aws: {
    one: {
      aws_region: 'ap-northeast-1',
      aws_vpc_subnet_id: 'subnet-1',
      private_network_ipmask: '172.30.2.0/24',
    },
  },
};
const TWO = {
  aws: {
    two: {
      aws_region: 'ap-northeast-3',
      aws_vpc_subnet_id: 'subnet-2',
      private_network_ipmask: '172.29.2.0/24',
    },
  },
};
const PLANS = [planCreates('dev-aws-one', [VPC, 'aws_eip.E']), planCreates('dev-aws-two', [VPC])];
const APPLIES = [applies('dev-aws-one', [VPC, 'aws_eip.E'], ONE), applies('dev-aws-two', [VPC], TWO)];
jest.setTimeout(30_000);

describe('kakehashi apply', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject();
  });
  afterEach(() => project.remove());

  test('plans, applies and writes the entries, and asks for no output that the apply told', async () => {
    project.play(INIT, ...PLANS, ...APPLIES);
    const { code, stdout, stderr } = await project.run('apply', 'dev', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(project.commands.filter((command) => !/^(init|plan)/.test(command))).toEqual([
      'apply dev-aws-one',
      'apply dev-aws-two',
    ]);
    expect(project.read('out/dev/vpn_catalog.yml')).toMatch(
      /one:\n {4}aws_region: ap-northeast-1\n {4}aws_vpc_subnet_id: subnet-1[\s\S]*onpremises:\n {2}default: {}/,
    );
    expect(stdout).toMatch(/apply {5}· dev-aws-\w+ {2}\d changes?\n/);
    expect(stdout).toMatch(/✓ dev-aws-one {2}2 in \d+\.\d s/);
    expect(stdout).toMatch(/Next: {5}npx kakehashi entries dev/);
  });

  test('applies exactly the saved plans where they are fresh', async () => {
    project.play(INIT, ...PLANS);
    await project.run('plan', 'dev');
    project.play(...APPLIES);
    const { code, stdout } = await project.run('apply', 'dev', '--yes');
    expect({ code, commands: project.commands }).toEqual({
      code: 0,
      commands: ['apply dev-aws-one', 'apply dev-aws-two'],
    });
    expect(stdout).toContain('saved before, still fresh: dev-aws-one  dev-aws-two');
  });

  test('plans a stack anew whose configuration changed since', async () => {
    project.play(INIT, ...PLANS);
    await project.run('plan', 'dev');
    project.write(
      'catalog/dev.yml',
      project.read('catalog/dev.yml').replace('172.29.2.0/24', '172.29.3.0/24'),
    );
    project.play(planCreates('dev-aws-two', [VPC]), ...APPLIES);
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(0);
    expect(stderr).toBe(
      'dev-aws-two: its saved plan is not used: the configuration changed; planning anew\n',
    );
    expect(project.commands).toEqual(['apply dev-aws-one', 'apply dev-aws-two', 'plan dev-aws-two']);
  });

  test('refuses a simulated plan in a real run', async () => {
    project.play(INIT, ...PLANS);
    await project.run('plan', 'dev');
    const record = 'cdktf.out.dev/stacks/dev-aws-one/kakehashi.tfplan.json';
    project.write(record, project.read(record).replace('"simulated": false', '"simulated": true'));
    project.play();
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'kakehashi: dev-aws-one: its saved plan is simulated, and is never applied for real; run: kakehashi plan dev\n',
    );
    expect(project.commands).toEqual([]);
  });

  test.each([
    ['a folder', 'vcp_config.yml/x', '', 'out/dev/vcp_config.yml: must be a file, got a folder or a device'],
    [
      'something else',
      'vcp_config.yml',
      'aws: { access_key: AKIA }\n',
      'out/dev/vcp_config.yml: not written: ',
    ],
  ])('plans nothing where its vcp_config.yml is %s and could not be written', async (_, file, text, said) => {
    project.write(`out/dev/${file}`, text);
    project.play();
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(project.commands).toEqual([]);
  });

  test('says what is in the way of the entries, and keeps it', async () => {
    project.write('out/dev/vpn_catalog.yml', 'cci_version: "1.0"\nsite: {}\n');
    project.play(INIT, ...PLANS, ...APPLIES);
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('out/dev/vpn_catalog.yml: not written: it ');
    expect(project.read('out/dev/vpn_catalog.yml')).toBe('cci_version: "1.0"\nsite: {}\n');
  });

  test('asks nobody where there is no terminal, and exits with 3', async () => {
    project.play(INIT, ...PLANS);
    const { code, stderr } = await project.run('apply', 'dev');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'kakehashi: not applied: there is no terminal to confirm on; pass --yes\n',
    });
  });

  test('needs no confirmation without changes, and still writes the entries', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    const state = (catalog: object) =>
      JSON.stringify({ version: 4, outputs: { catalog: { value: catalog } } });
    project.write('state/dev/dev-aws-one.tfstate', state(ONE));
    project.write('state/dev/dev-aws-two.tfstate', state(TWO));
    const { code, stdout } = await project.run('apply', 'dev');
    expect(code).toBe(0);
    expect(stdout).toContain('\nno changes\n');
    // The states are on this disk, so Terraform is not asked for their outputs.
    expect(project.calls.filter(({ args }) => args?.[0] === 'output')).toEqual([]);
    expect(project.read('out/dev/vpn_catalog.yml')).toContain('subnet-2');
  });

  test('goes on with the other stack after a failure, tells where it stopped, and writes no entries', async () => {
    const words =
      'operation error EC2: CreateVpnConnection, api error VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached';
    const broken = {
      on: 'apply',
      stack: 'dev-aws-one',
      exit: 1,
      say: [
        hook('apply_start', VPC),
        hook('apply_complete', VPC),
        hook('apply_start', 'aws_eip.E'),
        hook('apply_errored', 'aws_eip.E'),
        failure('creating', words, 'aws_eip.E'),
      ],
    } as const;
    project.play(INIT, ...PLANS, broken, applies('dev-aws-two', [VPC], TWO));
    const { code, stdout } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'dev-aws-one: terraform apply failed (exit 1) after 1 of 2\n  aws_eip.E: VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached\n  what exists is in the state; run the same command again to go on. Log: out/dev/logs/',
    );
    expect(stdout).toMatch(/✓ dev-aws-two/);
    expect(project.has('out/dev/vpn_catalog.yml')).toBe(false);
  });

  test('never replays a plan whose apply was killed together with the driver', async () => {
    project.play(INIT, ...PLANS);
    await project.run('plan', 'dev');
    project.play({ on: 'apply', times: 2, say: [hook('apply_start', VPC)], seconds: 1.5 });
    const { child, ended } = project.start(['apply', 'dev', '--yes', '--parallelism', '2']);
    await project.called('apply dev-aws-one');
    await project.called('apply dev-aws-two');
    child.kill('SIGKILL');
    await ended;
    project.play(...PLANS, ...APPLIES);
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'the last run was stopped while it applied dev-aws-one, dev-aws-two: planning anew',
    );
    expect(project.commands).toEqual([
      'apply dev-aws-one',
      'apply dev-aws-two',
      'plan dev-aws-one',
      'plan dev-aws-two',
    ]);
  });

  test('keeps two runs out of one folder', async () => {
    project.play(INIT, planUnchanged('dev-aws-one', { seconds: 2 }), planUnchanged('dev-aws-two'));
    const { child, ended } = project.start(['plan', 'dev']);
    await project.called('plan dev-aws-one');
    const second = await project.run('plan', 'dev');
    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      `kakehashi: another run works on dev (process ${child.pid}); wait for it to end\n`,
    );
    expect((await ended).code).toBe(0);
  });

  test('prints one event a line with --json, text on stderr, and nothing else', async () => {
    project.play(INIT, ...PLANS, ...APPLIES);
    const { code, stdout, stderr } = await project.run('apply', 'dev', '--yes', '--json');
    expect(code).toBe(0);
    expect(eventProblems(stdout)).toEqual([]);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const types = events.map((event) => event.type);
    expect(types[0]).toBe('run_started');
    expect(types.at(-1)).toBe('run_finished');
    expect([...new Set(types)].sort()).toEqual([
      'entries_written',
      'lock_updated',
      'resource_done',
      'run_finished',
      'run_started',
      'stack_applied',
      'stack_planned',
      'stack_started',
      'synthesized',
      'vcp_config_written',
    ]);
    expect(events.find((event) => event.type === 'stack_applied')).toMatchObject({
      stack: expect.stringContaining('dev-aws-'),
      changed: 0,
      destroyed: 0,
    });
    expect(events.at(-1)).toMatchObject({ exit_code: 0 });
    expect(stderr).toContain('entries   out/dev/vpn_catalog.yml');
  });

  test('takes a stack that is gone from the catalog out of the lock after its apply', async () => {
    project.play(INIT, ...PLANS, ...APPLIES);
    await project.run('apply', 'dev', '--yes');
    // The scripted Terraform writes no state, by which it is known that there is something to destroy.
    const resources = [{ mode: 'managed', type: 'aws_vpc' }];
    mkdirSync(path.join(project.folder, 'state/dev'), { recursive: true });
    project.write('state/dev/dev-aws-two.tfstate', JSON.stringify({ version: 4, resources, outputs: {} }));
    project.write('catalog/dev.yml', project.read('catalog/dev.yml').replace(/ {2}two:\n(.*\n){3}/, ''));
    const destroys = {
      on: 'plan',
      stack: 'dev-aws-two',
      say: [
        {
          type: 'planned_change',
          change: { resource: { addr: VPC, resource_type: 'aws_vpc' }, action: 'delete' },
        },
      ],
    } as const;
    project.play(INIT, planUnchanged('dev-aws-one'), destroys, applies('dev-aws-two', [], {}), {
      on: 'output',
      stack: 'dev-aws-one',
      say: [ONE],
    });
    const { code, stdout } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/dev-aws-two {3}- 1 +the VPC is DESTROYED, with all that is in it/);
    expect(project.read('catalog/dev.lock.yml')).not.toMatch(/aws[-/]two/);
    expect(project.read('out/dev/vpn_catalog.yml')).not.toContain('two:');
  });
});

describe('kakehashi destroy', () => {
  test('destroys, empties the lock and updates the entries', async () => {
    const project = new ScriptedProject();
    project.play(INIT, ...PLANS, ...APPLIES);
    await project.run('apply', 'dev', '--yes');
    const plan = (stack: string) =>
      ({
        on: 'plan',
        stack,
        say: [
          {
            type: 'planned_change',
            change: { resource: { addr: VPC, resource_type: 'aws_vpc' }, action: 'delete' },
          },
        ],
      }) as const;
    project.play(plan('dev-aws-one'), plan('dev-aws-two'));
    expect((await project.run('destroy', 'dev')).code).toBe(3);
    expect(project.calls.find(({ args }) => args?.[0] === 'plan')?.args).toContain('-destroy');
    project.play(
      plan('dev-aws-one'),
      plan('dev-aws-two'),
      applies('dev-aws-one', [], {}),
      applies('dev-aws-two', [], {}),
      { on: 'output', times: 2, exit: 1 },
    );
    const { code, stdout } = await project.run('destroy', 'dev', '--yes');
    expect(stdout).toContain('dev: destroyed');
    expect(code).toBe(0);
    expect(project.read('catalog/dev.lock.yml')).toContain('stacks: {}');
    expect(project.read('out/dev/vpn_catalog.yml')).toBe("cci_version: '1.0'\nonpremises:\n  default: {}\n");
    project.remove();
  });
});

describe('kakehashi entries', () => {
  test('prints YAML and nothing else on stdout', async () => {
    const project = new ScriptedProject();
    project.play(
      INIT,
      { on: 'output', stack: 'dev-aws-one', say: [ONE] },
      { on: 'output', stack: 'dev-aws-two', exit: 1 },
    );
    // States in a layout that only Terraform knows.
    for (const stack of ['dev-aws-one', 'dev-aws-two']) project.write(`state/dev/${stack}.tfstate`, '{}');
    const missing = await project.run('entries', 'dev');
    expect(missing.code).toBe(1);
    project.play(
      INIT,
      { on: 'output', stack: 'dev-aws-one', say: [ONE] },
      { on: 'output', stack: 'dev-aws-two', say: [TWO] },
    );
    const { code, stdout, stderr } = await project.run('entries', 'dev');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.startsWith("cci_version: '1.0'\naws:\n  one:\n")).toBe(true);
    expect((await project.run('entries', 'dev', '--out', 'x/entries.yml')).code).toBe(1);
    project.play(
      { on: 'output', stack: 'dev-aws-one', say: [ONE] },
      { on: 'output', stack: 'dev-aws-two', say: [TWO] },
    );
    expect(await project.run('entries', 'dev', '--out', 'catalog')).toMatchObject({
      code: 1,
      stderr: 'kakehashi: catalog: must be a file, got a folder or a device\n',
    });
    project.remove();
  });
});
