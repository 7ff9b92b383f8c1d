import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../base/process-identity';
import type { JournalLine } from '../../terraform/journal';
import {
  applies,
  failure,
  hook,
  INIT,
  planCreates,
  planUnchanged,
  type ScriptEntry,
  ScriptedProject,
} from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';
import { answering, TOKEN } from './vault/scripted-vault';

const STACK = 'dev-aws-one';
const VPC = 'aws_vpc.Vpc';
const SECRET = 'AKIA-very-secret-value';
const ONE = { aws: { one: { aws_region: 'ap-northeast-1', private_network_ipmask: '172.30.2.0/24' } } };
const ONE_NETWORK = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  one:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`;
const OUTPUT: ScriptEntry = { on: 'output', times: 9, say: [JSON.stringify(ONE)] };
const LAST = applies(STACK, [], ONE).say ?? [];
const DONE = hook('apply_complete', VPC);
jest.setTimeout(60_000);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a Terraform whose driver is killed by force', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject(ONE_NETWORK);
  });
  afterEach(() => project.remove());

  const logs = () => path.join(project.folder, 'out/dev/logs');
  const outputFiles = () => readdirSync(logs()).filter((name) => name.endsWith('.output'));
  const logged = () =>
    readdirSync(logs())
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(path.join(logs(), name), 'utf8'));
  const journal = () => project.read('cdktf.out.dev/journal.jsonl');
  const lastLine = () => JSON.parse(journal().trim().split('\n').at(-1) ?? '') as JournalLine;
  const terraformOf = () => {
    const { pid = 0, started } = lastLine().terraform ?? {};
    return { pid, started };
  };

  /** Kills the driver while Terraform applies, and waits until it is gone. */
  async function killInApply(more: Partial<ScriptEntry>, env: NodeJS.ProcessEnv = {}): Promise<void> {
    project.play(INIT, planCreates(STACK, [VPC]), {
      on: 'apply',
      stack: STACK,
      say: [hook('apply_start', VPC)],
      ...more,
    });
    const { child, ended } = project.start(['apply', 'dev', '--yes'], env);
    await project.called(`apply ${STACK}`);
    await until(() => terraformOf().pid > 0);
    child.kill('SIGKILL');
    await ended;
  }

  /** What Terraform was called with and what it did, but for the questions for its version. */
  const order = () =>
    project.calls
      .map(({ args, signal, ended }) =>
        ended === undefined ? String(args?.[0] ?? signal) : `${ended} ended`,
      )
      .filter((call) => !call.startsWith('version'));

  async function terraformEnded(): Promise<void> {
    await until(() => !isAlive(terraformOf()));
  }

  test('goes on to its end, printing to a private file in a private folder', async () => {
    mkdirSync(logs(), { recursive: true });
    chmodSync(logs(), 0o755);
    await killInApply({ seconds: 1, sayAtEnd: [DONE, ...LAST] });
    expect(isAlive(terraformOf())).toBe(true);
    await terraformEnded();
    const [name = '', ...others] = outputFiles();
    expect(others).toEqual([]);
    expect(name).toMatch(/^\d{4}-.*Z\.dev-aws-one\.output$/);
    const lines = readFileSync(path.join(logs(), name), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(2 + LAST.length);
    const modes = [logs(), path.join(logs(), name)].map((file) => (statSync(file).mode & 0o777).toString(8));
    expect(modes).toEqual(['700', '600']);
    expect(lastLine()).toMatchObject({
      v: 2,
      event: 'started',
      stack: STACK,
      terraform: { log: `out/dev/logs/${name}`, pid: expect.any(Number), started: expect.any(String) },
    });
  });

  test('is not disturbed by synth, which would write its configuration anew', async () => {
    await killInApply({ seconds: 3, sayAtEnd: [DONE, ...LAST] });
    const before = statSync(path.join(project.folder, 'cdktf.out.dev/manifest.json')).mtimeMs;
    const { code, stderr } = await project.run('synth', 'dev');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^kakehashi: dev-aws-one: the terraform of a killed run still applies it \(process \d+, since .* UTC\), output out\/dev\/logs\/\S+; wait until it has ended, then run the same command again\n$/,
    );
    expect(statSync(path.join(project.folder, 'cdktf.out.dev/manifest.json')).mtimeMs).toBe(before);
    await terraformEnded();
    expect((await project.run('synth', 'dev')).code).toBe(0);
  });

  test.each(['apply', 'plan', 'destroy'])(
    'is waited for by the next %s, which then goes on',
    async (command) => {
      await killInApply({ seconds: 3, sayAtEnd: [DONE, ...LAST] });
      const { pid } = terraformOf();
      project.play(INIT, planUnchanged(STACK), OUTPUT);
      const { code, stderr } = await project.run(command, 'dev', '--yes');
      expect(stderr).toMatch(
        new RegExp(
          `^dev-aws-one: the terraform of a killed run still applies it \\(process ${pid}, since 2[-\\d]+ [:\\d]+ UTC\\): waiting for its end, and following its output out/dev/logs/\\S+\\.dev-aws-one\\.output; Ctrl-C stops the waiting only\n`,
        ),
      );
      expect(stderr).toContain(
        'dev-aws-one: terraform went on after its run was killed, and finished its apply\n',
      );
      expect(stderr).not.toContain('planning anew');
      expect(code).toBe(0);
      expect(order()[0]).toBe('apply ended');
      expect(order()).toContain('plan');
      expect(order()).not.toContain('apply');
      expect(outputFiles()).toEqual([]);
      expect(lastLine()).toMatchObject({ event: 'applied', stack: STACK, terraform: { pid } });
    },
  );

  test('is waited for with --json too, with events for what it makes', async () => {
    await killInApply({ seconds: 6, sayAtEnd: [DONE, ...LAST] });
    const { pid } = terraformOf();
    project.play(INIT, planUnchanged(STACK));
    const { code, stdout } = await project.run('plan', 'dev', '--json');
    expect(code).toBe(0);
    expect(eventProblems(stdout)).toEqual([]);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'run_started' },
      { type: 'stack_awaited', stack: STACK, pid },
    ]);
    expect(events.filter(({ type }) => type === 'resource_done')).toMatchObject([
      { stack: STACK, address: VPC },
    ]);
  });

  test('is followed with the secrets of its own environment masked', async () => {
    await killInApply(
      { seconds: 6, sayAtEnd: [`it knows ${SECRET}`, failure('refused', SECRET)] },
      { AWS_SECRET_ACCESS_KEY: SECRET },
    );
    project.play(INIT, planUnchanged(STACK));
    const { code, stdout, stderr } = await project.run('plan', 'dev');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'dev-aws-one: the terraform of a killed run ended before it finished its apply\n  refused: (sensitive)\n',
    );
    expect(logged().join('')).toContain('dev-aws-one: terraform apply: it knows (sensitive)\n');
    expect([...logged(), stdout, stderr].filter((text) => text.includes(SECRET))).toEqual([]);
    expect(outputFiles()).toEqual([]);
  });

  test('is not stopped by a Ctrl-C while it is waited for, which ends the waiting with 130', async () => {
    await killInApply({ seconds: 4, sayAtEnd: [DONE, ...LAST] });
    const { pid } = terraformOf();
    project.play(INIT, planUnchanged(STACK));
    const { child, ended } = project.start(['apply', 'dev', '--yes']);
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    await until(() => said.includes('waiting for its end'));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      new RegExp(
        `stopped waiting; terraform goes on with dev-aws-one \\(process ${pid}, since .*UTC, output out/dev/logs/.*\\); run the same command again to go on\n$`,
      ),
    );
    expect(outputFiles()).toHaveLength(1);
    await terraformEnded();
    expect(order()).toEqual(['apply ended']);
    expect((await project.run('apply', 'dev', '--yes')).stderr).toContain('and finished its apply\n');
  });

  test('is not waited for without its output: exit 1, with its process and the file', async () => {
    await killInApply({ seconds: 2 });
    const { pid } = terraformOf();
    rmSync(path.join(logs(), outputFiles()[0] ?? ''));
    project.play(INIT, planUnchanged(STACK));
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `^kakehashi: dev-aws-one: the terraform of a killed run still applies it \\(process ${pid}, since .* UTC\\), and its output out/dev/logs/\\S+ is gone; wait until it has ended, then run the same command again\n$`,
      ),
    );
    expect(project.commands).toEqual([]);
    await terraformEnded();
    expect((await project.run('plan', 'dev')).code).toBe(0);
  });

  test.each([
    ['its start was not noted any more', () => journal().replace(/.*\n$/, '')],
    ['the journal was removed', () => ''],
  ])('is found by the file that it writes to where %s', async (_, left) => {
    await killInApply({ seconds: 2, sayAtEnd: [DONE, ...LAST] });
    const { pid } = terraformOf();
    writeFileSync(path.join(project.folder, 'cdktf.out.dev/journal.jsonl'), left());
    project.play(INIT, planUnchanged(STACK));
    const { code, stderr } = await project.run('plan', 'dev');
    expect(stderr).toContain(`dev-aws-one: the terraform of a killed run still applies it (process ${pid}, `);
    expect(code).toBe(0);
    expect(outputFiles()).toEqual([]);
  });

  test('that has ended is not waited for: its output goes to the log, masked, and it counts as applied', async () => {
    await killInApply({ seconds: 0.5, sayAtEnd: [`it knows ${SECRET}`, ...LAST] });
    await terraformEnded();
    project.play(INIT, planUnchanged(STACK, { times: 2 }), OUTPUT);
    const { ended } = project.start(['apply', 'dev', '--yes'], {
      AWS_SECRET_ACCESS_KEY: SECRET,
    });
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'dev-aws-one: terraform went on after its run was killed, and finished its apply\n',
    });
    expect(logged().join('')).toContain('dev-aws-one: terraform apply: it knows (sensitive)\n');
    expect(logged().filter((text) => text.includes(SECRET))).toEqual([]);
    expect(outputFiles()).toEqual([]);
    expect((await project.run('apply', 'dev', '--yes')).stderr).toBe('');
  });

  test('that has ended is masked with the credentials of the Vault that its run gave it', async () => {
    const vault = await answering(200, { data: { value: SECRET }, lease_duration: 2764800 });
    project.write(
      'catalog/dev.yml',
      `${ONE_NETWORK}providers: { aws: { access_key: 'vault://secret/a', secret_key: 'vault://secret/b' } }
vault: { address: '${vault.address}', mounts: { secret: { version: 1 } } }
`,
    );
    const env = { VAULT_TOKEN: TOKEN };
    await killInApply({ seconds: 0.2, sayAtEnd: [`it knows ${SECRET}`, ...LAST] }, env);
    await terraformEnded();
    project.play(INIT, planUnchanged(STACK));
    const { code, stderr } = await project.start(['plan', 'dev'], env).ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'dev-aws-one: terraform went on after its run was killed, and finished its apply\n',
    });
    expect(logged().join('')).toContain('dev-aws-one: terraform apply: it knows (sensitive)\n');
    expect(logged().filter((text) => text.includes(SECRET))).toEqual([]);
  });

  test('that ended before it finished is planned anew, with what it said', async () => {
    await killInApply({ seconds: 0.5, exit: 1, sayAtEnd: [failure('broken', 'quota', VPC)] });
    await terraformEnded();
    project.play(INIT, planUnchanged(STACK), OUTPUT);
    const { code, stderr } = await project.run('apply', 'dev', '--yes');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: [
        'dev-aws-one: the terraform of a killed run ended before it finished its apply',
        '  aws_vpc.Vpc: broken: quota',
        'the last run was stopped while it applied dev-aws-one: planning anew',
        '',
      ].join('\n'),
    });
  });

  test('is not taken for another process that has its number now', async () => {
    await killInApply({ seconds: 0.2 });
    await terraformEnded();
    const { terraform } = lastLine();
    const line = { ...lastLine(), terraform: { ...terraform, pid: process.pid } };
    writeFileSync(path.join(project.folder, 'cdktf.out.dev/journal.jsonl'), `${JSON.stringify(line)}\n`);
    project.play(INIT, planUnchanged(STACK));
    const { code, stderr } = await project.run('plan', 'dev');
    expect(code).toBe(0);
    expect(stderr).not.toContain('still applies it');
  });

  test('is not waited for where its start time is unknown: exit 1, until somebody removes the file', async () => {
    await killInApply({ seconds: 0.2 });
    await terraformEnded();
    const line = { ...lastLine(), terraform: { log: lastLine().terraform?.log, pid: process.pid } };
    writeFileSync(path.join(project.folder, 'cdktf.out.dev/journal.jsonl'), `${JSON.stringify(line)}\n`);
    project.play(INIT, planUnchanged(STACK));
    const { code, stderr } = await project.run('plan', 'dev');
    expect({ code, commands: project.commands }).toEqual({ code: 1, commands: [] });
    expect(stderr).toMatch(
      new RegExp(
        `^kakehashi: dev-aws-one: the terraform of a killed run may still apply it \\(process ${process.pid}, since .* UTC\\); .* remove out/dev/logs/.*\\.output\n$`,
      ),
    );
    rmSync(path.join(logs(), outputFiles()[0] ?? ''));
    expect((await project.run('plan', 'dev')).code).toBe(0);
  });

  test('leaves no output file where the driver lives, however the apply ends', async () => {
    project.play(INIT, planCreates(STACK, [VPC]), applies(STACK, [VPC], ONE));
    expect((await project.run('apply', 'dev', '--yes')).code).toBe(0);
    project.play(planCreates(STACK, [VPC]), { on: 'apply', exit: 1, say: [failure('broken')] });
    expect((await project.run('apply', 'dev', '--yes')).code).toBe(1);
    expect(outputFiles()).toEqual([]);
    expect(logged().join('')).toContain('"summary":"broken"');
  });
});
