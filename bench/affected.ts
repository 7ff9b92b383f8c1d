import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listEnvironments } from '../catalog/environment/folder';
import { formatLock, lockAdditionsOf } from '../catalog/environment/lock-text';
import { loadEnvironment } from '../catalog/load';
import { writeManyNetworks } from './many-networks';
import { type Measured, measure, table } from './measure';

/** `kakehashi affected` where one of 400 stacks is changed: all of them in one environment, and in 40 at one gateway. */
const ROOT = join(__dirname, '../..');
const CLI = join(ROOT, 'dist/scripts/kakehashi.js');
const STACKS = 400;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const rows = [await oneEnvironment(join(folder, 'one')), await manyEnvironments(join(folder, 'many'))];
    process.stdout.write(`${table(['400 stacks, one changed', 'time and memory'], rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function oneEnvironment(work: string): Promise<string[]> {
  writeManyNetworks(join(work, 'catalog'), { aws: STACKS });
  return row('in one environment', await changed(work, 'catalog/big.yml'));
}

/** Each environment has blocks of its own, and all of their tunnels end at one gateway. */
async function manyEnvironments(work: string): Promise<string[]> {
  const each = STACKS / 40;
  for (let index = 0; index < 40; index += 1) {
    const of = join(work, 'parts', String(index));
    writeManyNetworks(of, { aws: each });
    const text = readFileSync(join(of, 'big.yml'), 'utf8').replace(
      /\b10\.(\d+)\.(\d+)\./g,
      (_, b, c) => `10.${index * 6 + Number(b)}.${c}.`,
    );
    mkdirSync(join(work, 'catalog'), { recursive: true });
    writeFileSync(join(work, 'catalog', `env${index}.yml`), text);
  }
  rmSync(join(work, 'parts'), { recursive: true });
  return row('in 40 environments', await changed(work, 'catalog/env7.yml'));
}

/** Writes the lock files that plans would have written. */
function lockAll(catalog: string): void {
  for (const environment of listEnvironments(catalog)) {
    const loaded = loadEnvironment({ directory: catalog, environment });
    writeFileSync(join(catalog, `${environment}.lock.yml`), formatLock(lockAdditionsOf(loaded).lock));
  }
}

/** Commits the project, changes one network, and measures. */
async function changed(work: string, file: string): Promise<Measured> {
  lockAll(join(work, 'catalog'));
  const git = (...args: readonly string[]) => execFileSync('git', [...args], { cwd: work, stdio: 'ignore' });
  git('init', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '-m', 'base');
  const text = readFileSync(join(work, file), 'utf8');
  writeFileSync(join(work, file), text.replace('    create:\n', '    create:\n      flow_logs: true\n'));
  return measure({ argv: [process.execPath, CLI, 'affected'], cwd: work });
}

function row(name: string, { seconds, megabytes }: Measured): string[] {
  return [name, `${seconds.toFixed(2)} s, ${megabytes} MB`];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
