import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

describeWith('terraform', 'pre-shared keys', () => {
  const project = new Project();
  const printed: string[] = [];
  const keys = new Set<string>();
  const run = async (...args: string[]): Promise<void> => {
    const { code, stdout, stderr } = await project.kakehashi(...args);
    expect([0, 2]).toContain(code);
    printed.push(stdout, stderr);
  };
  const learnKeys = (): void => {
    const log = project.read('sandbox.out/objects.jsonl');
    for (const match of log.matchAll(/"tunnel[12]_preshared_key":"([^"]+)"/g)) keys.add(String(match[1]));
  };
  const filesWithKeys = (): readonly { name: string; mode: number }[] =>
    readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => [...keys].some((key) => readFileSync(file, 'latin1').includes(key)))
      .map((file) => ({ name: path.relative(project.folder, file), mode: statSync(file).mode & 0o777 }));

  it('reach no output at any level of talk', async () => {
    const debug = ['--sandbox', '--log-level', 'debug'];
    await run('apply', 'dev', '--yes', '--json', ...debug);
    learnKeys();
    await run('plan', 'dev', ...debug);
    await run('entries', 'dev', ...debug);
    const connection = /"id":"(vpn-[0-9a-f]+)"/.exec(project.read('sandbox.out/objects.jsonl'))?.[1];
    await run('sandbox', 'edit', 'aws_vpn_connection', String(connection), 'tunnel1_dpd_timeout_seconds=40');
    await run('plan', 'dev', '--json', ...debug);
    await run('sandbox', 'list', '--json');
    await run('apply', 'dev', '--yes', ...debug);
    learnKeys();
    expect(keys.size).toBe(4);
    for (const key of keys) for (const text of printed) expect(text.includes(key)).toBe(false);
  });

  it("are in the states, the gateway's secrets and the log of objects only, which nobody else may read", () => {
    const files = filesWithKeys();
    expect(files.map(({ name }) => name.replace('.backup', '')).sort()).toEqual(
      expect.arrayContaining(['sandbox.out/dev/state/dev-aws-default.tfstate', 'sandbox.out/objects.jsonl']),
    );
    for (const { name, mode } of files) {
      expect(name).toMatch(
        /^sandbox\.out\/(objects\.jsonl|dev\/state\/[a-z-]+\.tfstate(\.backup)?|gateway\/[\d.]+\/etc\/ipsec\.d\/[a-z-]+\.secrets)$/,
      );
      expect(`${name} ${mode.toString(8)}`).toBe(`${name} 600`);
    }
  });
});
