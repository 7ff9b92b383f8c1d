import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManyNetworks } from './many-networks';
import { type Measured, measure, table } from './measure';

/**
 * Synthesis, and a plan in the sandbox, of node groups in 20 networks that are applied: how the time of a stack grows with their number,
 * beside that of as many networks.
 */
const ROOT = join(__dirname, '../..');
const CLI = join(ROOT, 'dist/scripts/kakehashi.js');
const MAIN = join(ROOT, 'dist/stacks/main.js');
const NETWORKS = 20;
const GROUPS = [0, 30, 300];

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const rows: string[][] = [];
    for (const groups of GROUPS) rows.push(await withGroups(join(folder, `groups-${groups}`), groups));
    const all = NETWORKS + Math.max(...GROUPS);
    rows.push(await asNetworks(join(folder, 'networks'), all));
    const header = ['catalog', 'stacks', 'synth', 'ms a stack', 'plan', 'ms a stack'];
    process.stdout.write(`${table(header, rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withGroups(work: string, groups: number): Promise<string[]> {
  writeManyNetworks(join(work, 'catalog'), { aws: NETWORKS });
  const kakehashi = (...args: readonly string[]): Promise<Measured> =>
    measure({ argv: [process.execPath, CLI, ...args], cwd: work, memory: false });
  // What is in a network is planned when the network is there.
  await kakehashi('apply', 'big', '--sandbox', '--yes');
  writeManyNetworks(join(work, 'catalog'), { aws: NETWORKS, groups });
  const synth = await synthesis(work);
  const plan = await planned(work);
  return row(`${NETWORKS} networks that are applied, ${groups} groups`, NETWORKS + groups, synth, plan);
}

async function asNetworks(work: string, networks: number): Promise<string[]> {
  writeManyNetworks(join(work, 'catalog'), { aws: networks });
  return row(`${networks} networks`, networks, await synthesis(work), await planned(work));
}

function synthesis(work: string): Promise<Measured> {
  return measure({ argv: [process.execPath, MAIN], cwd: work, env: { KAKEHASHI_ENV: 'big' }, memory: false });
}

/** Exit 2 says that the plan has changes. */
function planned(work: string): Promise<Measured> {
  return measure({
    argv: [process.execPath, CLI, 'plan', 'big', '--sandbox'],
    cwd: work,
    memory: false,
    codes: [0, 2],
  });
}

function row(name: string, stacks: number, synth: Measured, plan: Measured): string[] {
  const each = ({ seconds }: Measured) => ((seconds * 1000) / stacks).toFixed(0);
  return [
    name,
    String(stacks),
    `${synth.seconds.toFixed(1)} s`,
    each(synth),
    `${plan.seconds.toFixed(1)} s`,
    each(plan),
  ];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
