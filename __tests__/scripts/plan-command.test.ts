import { chmodSync, statSync } from 'node:fs';
import path from 'node:path';
import { failure, INIT, planCreates, planUnchanged, ScriptedProject } from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';

const VPC = 'aws_vpc.Vpc';
const CANARY = 'canary.Secret_12345';
jest.setTimeout(30_000);

describe('kakehashi plan', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject();
  });
  afterEach(() => project.remove());

  test('plans all stacks, saves the plans privately, writes a summary and exits with 2', async () => {
    project.play(INIT, planCreates('dev-aws-one', [VPC, 'aws_subnet.S']), planUnchanged('dev-aws-two'));
    const { code, stdout, stderr } = await project.run('plan', 'dev');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(project.commands).toEqual([
      'init dev-aws-one',
      'init dev-aws-two',
      'plan dev-aws-one',
      'plan dev-aws-two',
    ]);
    expect(stdout).toMatch(/dev-aws-one {3}\+ 2 +VPC 172\.30\.0\.0\/16 in ap-northeast-1/);
    expect(stdout).toMatch(/dev-aws-two {3}no changes/);
    expect(project.read('out/dev/plan.md')).toContain('1 of 2 stacks changes.');
    const plan = path.join(project.folder, 'cdktf.out.dev/stacks/dev-aws-one/kakehashi.tfplan');
    expect(statSync(plan).mode & 0o777).toBe(0o600);
    expect(project.calls.every((call) => call.umask === undefined || call.umask === 0o077)).toBe(true);
  });

  test('refuses a program that makes no plan', async () => {
    project.write('idle', `#!/bin/sh\necho '{"terraform_version":"1.11.4"}'\n`);
    const idle = path.join(project.folder, 'idle');
    chmodSync(idle, 0o755);
    const { code, stdout } = await project.run('plan', 'dev', '--terraform-bin', idle);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^dev-aws-one: terraform plan ended well but wrote no plan: is \S+ a Terraform\?$/m,
    );
    expect(stdout).not.toContain('ENOENT');
  });

  test('exits with 0 without changes, and looks into no plan file', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    const { code, stdout } = await project.run('plan', 'dev');
    expect(code).toBe(0);
    expect(stdout).toContain('no changes: dev is as the catalog says');
  });

  test('initialises a stack again only when its terraform block changes', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    project.play(planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    expect((await project.run('plan', 'dev')).code).toBe(0);
    project.write(
      'catalog/dev.yml',
      `${project.read('catalog/dev.yml')}providers: { aws: { version: '>= 5.100.0, < 6.0.0' } }\n`,
    );
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    expect(project.commands.filter((command) => command.startsWith('init'))).toHaveLength(2);
  });

  test('warms the plugin folder up with one init, and hands its dependency lock on', async () => {
    const warm = { on: 'init', write: { '.terraform.lock.hcl': 'warm' }, seconds: 0.3 } as const;
    project.play(warm, INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    const inits = project.calls.filter(({ args, ended }) => args?.[0] === 'init' || ended === 'init');
    expect(inits.map(({ stack, ended }) => `${stack} ${ended ?? 'begins'}`)).toEqual([
      'dev-aws-one begins',
      'dev-aws-one init',
      'dev-aws-two begins',
      'dev-aws-two init',
    ]);
    expect(project.read('cdktf.out.dev/stacks/dev-aws-two/.terraform.lock.hcl')).toBe('warm');
  });

  test('plans stacks in parallel', async () => {
    const slow = { seconds: 1.5 };
    project.play(INIT, planUnchanged('dev-aws-one', slow), planUnchanged('dev-aws-two', slow));
    await project.run('plan', 'dev', '--parallelism', '2');
    const order = project.calls.flatMap(({ args, ended }) => {
      if (ended === 'plan') return ['ends'];
      return args?.[0] === 'plan' ? ['begins'] : [];
    });
    expect(order).toEqual(['begins', 'begins', 'ends', 'ends']);
  });

  test('plans one stack by glob', async () => {
    project.play(INIT, planUnchanged('dev-aws-two'));
    const { code } = await project.run('plan', 'dev', '--stack', '*two');
    expect({ code, commands: project.commands }).toEqual({
      code: 0,
      commands: ['init dev-aws-two', 'plan dev-aws-two'],
    });
  });

  test.each([
    ['--stack', '*two', "apply dev --stack '*two'  "],
    ['--shard', '1/1', 'apply dev --shard 1/1  '],
  ])('%s %s is in the command that applies it', async (flag, value, command) => {
    project.play(INIT, planCreates('dev-aws-one', [VPC]), planCreates('dev-aws-two', [VPC]));
    const { code, stdout } = await project.run('plan', 'dev', flag, value);
    expect({ code, next: /^Next: +npx kakehashi (.*)$/m.exec(stdout)?.[1] }).toEqual({
      code: 2,
      next: expect.stringContaining(command),
    });
  });

  test('tells what failed, keeps the other plan, and exits with 1', async () => {
    const broken = {
      on: 'plan',
      stack: 'dev-aws-one',
      exit: 1,
      say: [failure('Invalid value', 'must be lower case', 'aws_vpc.Vpc')],
    } as const;
    project.play(INIT, broken, planCreates('dev-aws-two', [VPC]));
    const { code, stdout } = await project.run('plan', 'dev');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'dev-aws-one: terraform plan failed (exit 1)\n  aws_vpc.Vpc: Invalid value: must be lower case\n  Log: out/dev/logs/',
    );
    expect(project.has('cdktf.out.dev/stacks/dev-aws-two/kakehashi.tfplan.json')).toBe(true);
  });

  test('leaves no plan of an earlier run where a new one can not be made', async () => {
    project.play(INIT, planCreates('dev-aws-one', [VPC]), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    const plan = 'cdktf.out.dev/stacks/dev-aws-one/kakehashi.tfplan';
    expect([project.has(plan), project.has(`${plan}.json`)]).toEqual([true, true]);
    project.play({ on: 'plan', stack: 'dev-aws-one', exit: 1 }, planUnchanged('dev-aws-two'));
    expect((await project.run('plan', 'dev')).code).toBe(1);
    expect([project.has(plan), project.has(`${plan}.json`)]).toEqual([false, false]);
  });

  test('adds new stacks and tunnels to the lock; --frozen refuses and names them', async () => {
    project.play();
    const frozen = await project.run('plan', 'dev', '--frozen');
    expect(frozen.code).toBe(1);
    expect(frozen.stderr).toBe(
      'kakehashi: catalog/dev.lock.yml: would be changed, but it is frozen: dev-aws-one, dev-aws-two, aws/one, aws/two; run without --frozen and commit it\n',
    );
    expect(project.has('catalog/dev.lock.yml')).toBe(false);
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    expect(project.read('catalog/dev.lock.yml')).toContain(
      'aws/two: { inside_cidrs: [169.254.100.8/30, 169.254.100.12/30]',
    );
    project.play(planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    expect((await project.run('plan', 'dev', '--frozen')).code).toBe(0);
  });

  test('lets no secret out: not on the screen, nor in events, logs, records and summaries', async () => {
    const shown = {
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_vpn_connection.V',
          type: 'aws_vpn_connection',
          change: {
            actions: ['update'],
            before: { tunnel1_preshared_key: CANARY, note: `${CANARY}-2` },
            after: { tunnel1_preshared_key: `${CANARY}-3`, note: 'x' },
            before_sensitive: { note: true },
          },
        },
      ],
    };
    const update = {
      type: 'planned_change',
      change: {
        resource: { addr: 'aws_vpn_connection.V', resource_type: 'aws_vpn_connection' },
        action: 'update',
      },
    };
    const broken = {
      on: 'plan',
      stack: 'dev-aws-two',
      exit: 1,
      say: ['{"type":"unheard-of","@message":"env canary-credential"}', failure('x', 'canary-credential')],
    } as const;
    project.play(
      INIT,
      { on: 'plan', stack: 'dev-aws-one', say: [update] },
      { on: 'show', say: [shown] },
      broken,
    );
    const { stdout, stderr } = await project.start(['plan', 'dev', '--json', '--log-level', 'debug'], {
      AWS_SECRET_ACCESS_KEY: 'canary-credential',
    }).ended;
    const { execFileSync } = await import('node:child_process');
    const files = execFileSync('find', ['.', '-type', 'f', '-not', '-path', './.script/*'], {
      cwd: project.folder,
    })
      .toString()
      .trim()
      .split('\n');
    expect(files.some((file) => file.endsWith('.log'))).toBe(true);
    for (const text of [stdout, stderr, ...files.map((file) => project.read(file))])
      expect(text).not.toContain('canary');
    expect(stdout).toContain('pre-shared key of tunnel 1');
    expect(eventProblems(stdout)).toEqual([]);
  });

  test('stops beside a state that could not be saved, and says how to push it', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    project.write('cdktf.out.dev/stacks/dev-aws-one/errored.tfstate', '{}');
    project.play(planUnchanged('dev-aws-two'));
    const { code, stdout } = await project.run('plan', 'dev');
    expect(code).toBe(1);
    expect(stdout).toContain('terraform -chdir=cdktf.out.dev/stacks/dev-aws-one state push errored.tfstate');
  });

  test('removes the folders of stacks that are no more, and shows an orphaned lock', async () => {
    project.play(INIT, planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    project.write('cdktf.out.dev/stacks/dev-aws-old/cdk.tf.json', '{}');
    project.play(planUnchanged('dev-aws-one'), planUnchanged('dev-aws-two'));
    await project.run('plan', 'dev');
    expect(project.has('cdktf.out.dev/stacks/dev-aws-old')).toBe(false);
    project.write('catalog/prod.yml', project.read('catalog/dev.yml').replaceAll('172.', '10.'));
    const { renameSync } = await import('node:fs');
    renameSync(path.join(project.folder, 'catalog/dev.yml'), path.join(project.folder, 'dev.yml'));
    project.play();
    const orphaned = await project.run('plan', 'prod');
    expect(orphaned.code).toBe(1);
    expect(orphaned.stdout).toContain('dev.lock.yml');
  });
});
