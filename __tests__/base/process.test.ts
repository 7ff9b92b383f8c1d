import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Interrupted } from '../../base/interrupted';
import { Processes, signalExitCode } from '../../base/process';

const node = (source: string) => ({
  command: process.execPath,
  args: ['-e', source],
  cwd: process.cwd(),
  env: process.env,
});

describe('Processes', () => {
  test('hands on lines, keeps the last ones and tells the exit code', async () => {
    const lines: string[] = [];
    const result = await new Processes().run({
      ...node(
        'console.log("one"); console.error("two"); process.stdout.write("three"); process.exitCode = 7',
      ),
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 7 });
    expect(lines.sort()).toEqual(['stderr: two', 'stdout: one', 'stdout: three']);
    expect([...result.lastLines].sort()).toEqual(['one', 'three', 'two']);
  });

  test('joins characters and lines that arrive in pieces', async () => {
    const lines: string[] = [];
    const source =
      'const b = Buffer.from("架け橋\\nend\\n"); process.stdout.write(b.subarray(0, 4)); setTimeout(() => process.stdout.write(b.subarray(4)), 30)';
    await new Processes().run({ ...node(source), onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['架け橋', 'end']);
  });

  test('starts no shell: an argument is one argument', async () => {
    const result = await new Processes().run({
      ...node('process.stdout.write(process.argv[1])'),
      args: ['-e', 'process.stdout.write(process.argv[1])', '$HOME; echo "x" *'],
      capture: true,
    });
    expect(result.stdout).toBe('$HOME; echo "x" *');
  });

  test('runs children under umask 077 and leaves its own alone', async () => {
    const before = process.umask();
    const result = await new Processes().run({
      ...node('process.stdout.write(String(process.umask()))'),
      capture: true,
    });
    expect(Number(result.stdout)).toBe(0o077);
    expect(process.umask()).toBe(before);
  });

  test('says what could not be started', async () => {
    const result = await new Processes().run({ ...node(''), command: '/no/such/program' });
    expect(result).toMatchObject({ kind: 'spawn-failed', code: 'ENOENT' });
  });

  test('says which signal killed a program', async () => {
    const result = await new Processes().run(node('process.kill(process.pid, "SIGKILL")'));
    expect(result).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    expect(signalExitCode('SIGKILL')).toBe(137);
  });

  test('kills what is expendable, with all that it started', async () => {
    const processes = new Processes();
    const args = ['-c', 'echo ready; sleep 30; echo late'];
    const result = await processes.run({
      ...node(''),
      command: 'bash',
      args,
      expendable: true,
      onLine: () => processes.interrupt(),
    });
    expect(result).toMatchObject({ kind: 'killed', signal: 'SIGKILL', lastLines: ['ready'] });
  });

  test('kills what does not answer in time, with all that it started, and goes on', async () => {
    const processes = new Processes();
    const silent = { ...node(''), command: 'bash', args: ['-c', 'sleep 30; echo late'] };
    const result = await processes.run({ ...silent, signal: AbortSignal.timeout(100) });
    expect(result).toMatchObject({ kind: 'killed', signal: 'SIGKILL', lastLines: [] });
    expect(await processes.run({ ...silent, signal: AbortSignal.abort() })).toMatchObject({ kind: 'killed' });
    expect(await processes.run(node('process.exitCode = 5'))).toMatchObject({ exitCode: 5 });
    expect(processes.count).toBe(0);
  });

  test('sends each program one SIGINT for one interruption, and starts nothing after it', async () => {
    const processes = new Processes();
    const lines: string[] = [];
    const source =
      'let n = 0; process.on("SIGINT", () => { console.log("SIGINT", ++n); setTimeout(() => process.exit(3), 200) }); console.log("ready"); setInterval(() => 0, 100)';
    const result = await processes.run({
      ...node(source),
      onLine: (line) => {
        lines.push(line);
        if (line === 'ready') processes.interrupt();
      },
    });
    expect(result).toMatchObject({ kind: 'exited', exitCode: 3 });
    expect(lines).toEqual(['ready', 'SIGINT 1']);
    await expect(processes.run(node(''))).rejects.toThrow(Interrupted);
  });
});

describe('a program with an output file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const outputFile = () => path.join(folder, 'output');
  const print = (exit: number) =>
    node(
      `console.log("one"); setTimeout(() => { console.error("架け橋"); process.stdout.write("three"); process.exitCode = ${exit} }, 300)`,
    );

  test('is followed while it runs, keeps the file, and tells its pid and its exit code', async () => {
    const lines: string[] = [];
    let pid = 0;
    let first: number | undefined;
    const started = Date.now();
    const result = await new Processes().run({
      ...print(7),
      outputFile: outputFile(),
      onStart: (given) => {
        pid = given;
      },
      onLine: (line, stream) => {
        first ??= Date.now() - started;
        lines.push(`${stream}: ${line}`);
      },
    });
    const total = Date.now() - started;
    expect(result).toMatchObject({ kind: 'exited', exitCode: 7, lastLines: ['one', '架け橋', 'three'] });
    expect(lines).toEqual(['stdout: one', 'stdout: 架け橋', 'stdout: three']);
    expect(total - (first ?? total)).toBeGreaterThan(100);
    expect(pid).toBeGreaterThan(0);
    expect(readFileSync(outputFile(), 'utf8')).toBe('one\n架け橋\nthree');
    expect((statSync(outputFile()).mode & 0o777).toString(8)).toBe('600');
  });

  test('gets no file that is there already', async () => {
    writeFileSync(outputFile(), 'of another one');
    const run = new Processes().run({ ...print(0), outputFile: outputFile() });
    await expect(run).rejects.toThrow('EEXIST');
    expect(readFileSync(outputFile(), 'utf8')).toBe('of another one');
  });

  test('is waited for when a listener throws, which then is the result', async () => {
    const processes = new Processes();
    const failing = (what: 'onLine' | 'onStart') => ({
      ...print(0),
      outputFile: path.join(folder, what),
      [what]: () => {
        throw new Error(`${what} failed`);
      },
    });
    await expect(processes.run(failing('onLine'))).rejects.toThrow('onLine failed');
    await expect(processes.run(failing('onStart'))).rejects.toThrow('onStart failed');
    expect(processes.count).toBe(0);
    expect(readFileSync(path.join(folder, 'onLine'), 'utf8')).toContain('three');
    expect(readFileSync(path.join(folder, 'onStart'), 'utf8')).toContain('three');
  });

  test('that can not be started says so', async () => {
    const result = await new Processes().run({
      ...node(''),
      command: '/no/such/program',
      outputFile: outputFile(),
      onStart: () => {
        throw new Error('it was not started');
      },
    });
    expect(result).toMatchObject({ kind: 'spawn-failed', code: 'ENOENT' });
  });
});
