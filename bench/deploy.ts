import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManyNetworks } from './many-networks';
import { type Command, type Measured, measure, table } from './measure';

/** Plan and apply of 20 networks in the sandbox: the driver against `cdktf deploy '*'`, in turn, three times. */
const ROOT = join(__dirname, '../..');
const CLI = join(ROOT, 'dist/scripts/kakehashi.js');
const MAIN = join(ROOT, 'dist/stacks/main.js');
const NETWORKS = 20;
const PAIRS = 3;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const rows: string[][] = [];
    const ratios: number[] = [];
    for (let pair = 1; pair <= PAIRS; pair += 1) {
      const ours = await inFreshFolder(folder, `driver-${pair}`, [CLI, 'apply', 'big', '--sandbox', '--yes']);
      const deploy = [
        'sandbox',
        '--',
        join(ROOT, 'node_modules/.bin/cdktf'),
        'deploy',
        '--auto-approve',
        '--skip-provider-lock',
      ];
      const cdktf = await inFreshFolder(folder, `cdktf-${pair}`, [
        CLI,
        ...deploy,
        '--parallelism',
        '20',
        '*',
      ]);
      ratios.push(cdktf.seconds / ours.seconds);
      rows.push([
        String(pair),
        `${ours.seconds.toFixed(1)} s`,
        `${cdktf.seconds.toFixed(1)} s`,
        (ratios.at(-1) ?? 0).toFixed(2),
      ]);
    }
    process.stdout.write(
      `${table(['pair', `kakehashi apply, ${NETWORKS} networks`, "cdktf deploy '*'", 'ratio'], rows)}\n`,
    );
    process.stdout.write(`median ratio ${ratios.sort((a, b) => a - b)[Math.floor(PAIRS / 2)]?.toFixed(2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inFreshFolder(folder: string, name: string, args: readonly string[]): Promise<Measured> {
  const work = join(folder, name);
  writeManyNetworks(join(work, 'catalog'), { aws: NETWORKS });
  writeFileSync(
    join(work, 'cdktf.json'),
    JSON.stringify({
      language: 'typescript',
      app: `node ${MAIN}`,
      projectId: 'bench',
      sendCrashReports: 'false',
    }),
  );
  const command: Command = { argv: [process.execPath, ...args], cwd: work, memory: false };
  return measure(command);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
