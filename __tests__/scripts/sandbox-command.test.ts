import { spawn } from 'node:child_process';
import { compiledCli } from '../support/compiled';
import { ScriptedProject } from '../support/scripted-terraform';

jest.setTimeout(30_000);

describe('kakehashi sandbox', () => {
  const project = new ScriptedProject();
  afterAll(() => project.remove());

  test('runs a command with the providers attached and no credentials, and hands its exit code on', async () => {
    const command = 'echo "$KAKEHASHI_SANDBOX $AWS_SECRET_ACCESS_KEY $1 $TF_REATTACH_PROVIDERS"; exit 5';
    const { ended } = project.start(['sandbox', '--', 'sh', '-c', command, 'sh', '--json'], {
      AWS_SECRET_ACCESS_KEY: 'canary',
    });
    const { code, stdout } = await ended;
    expect(code).toBe(5);
    expect(stdout).toMatch(/^1 {2}--json \{"registry\.terraform\.io\/hashicorp\/aws":/);
  });

  test('ends as a shell would after a signal, and says what can not be started', async () => {
    expect((await project.run('sandbox', '--', 'sh', '-c', 'kill -TERM $$')).code).toBe(143);
    expect(await project.run('sandbox', '--', 'no-such-program')).toEqual({
      code: 1,
      stdout: '',
      stderr: "kakehashi: no-such-program: can't be started (ENOENT)\n",
    });
  });

  test('hands a signal on to the command and waits for it', async () => {
    const { child, ended } = project.start([
      'sandbox',
      '--',
      'sh',
      '-c',
      'trap "echo got it; exit 9" TERM; echo ready; while :; do sleep 0.1; done',
    ]);
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (data) => String(data).includes('ready') && resolve()),
    );
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 9, stdout: 'ready\ngot it\n' });
  });

  test('serves until it is stopped, and prints lines that a shell can read', async () => {
    const child = spawn(process.execPath, [compiledCli(), 'sandbox', 'serve'], { cwd: project.folder });
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    await new Promise<void>((resolve) => child.stderr.on('data', () => resolve()));
    expect(stdout).toMatch(/^export TF_REATTACH_PROVIDERS='\{.*\}'\n/);
    const second = await project.run('sandbox', '--', 'true');
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^kakehashi: .*objects\.jsonl/);
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect((await project.run('sandbox', '--', 'true')).code).toBe(0);
  });

  test('lists nothing, edits nothing and resets where there is nothing', async () => {
    expect(await project.run('sandbox', 'list')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'no simulated objects\n',
    });
    const edited = await project.run('sandbox', 'edit', 'aws_vpc', 'vpc-1', 'tags={}');
    expect(edited).toMatchObject({ code: 1, stdout: '' });
    expect(edited.stderr).toMatch(/^kakehashi: /);
    expect((await project.run('sandbox', 'reset')).code).toBe(0);
  });
});
