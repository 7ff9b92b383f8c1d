import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Networks, writeManyNetworks } from './many-networks';
import { type Measured, measure, median, table } from './measure';

/** Synthesis and validation of networks on AWS, on Azure and on both, and what a run for AWS alone pays for the kind of Azure. */
const ROOT = join(__dirname, '../..');
const DIST = join(ROOT, 'dist');
const RUNS = 5;

const SIZES: readonly (readonly [name: string, networks: Networks])[] = [
  ['1 on AWS', { aws: 1 }],
  ['1 on Azure', { azure: 1 }],
  ['50 on AWS', { aws: 50 }],
  ['50 on Azure', { azure: 50 }],
  ['25 on AWS, 25 on Azure', { aws: 25, azure: 25 }],
];

/** The two programs: the app writes the configuration, the driver reads and checks the catalog. */
const PROGRAMS = {
  synth: ['stacks/main.js'],
  validate: ['scripts/kakehashi.js', 'validate', 'big'],
} as const;

type Program = keyof typeof PROGRAMS;

/** Where Azure is in the paths of modules. */
const ROOMS: Readonly<Record<string, RegExp>> = {
  'catalog/kinds/azure*': /\/dist\/catalog\/kinds\/azure/,
  'model/clouds/azure': /\/dist\/model\/clouds\/azure\//,
  'stacks, constructs': /\/dist\/(stacks\/kinds\/azure|constructs\/azure)/,
  '@cdktf/provider-azurerm': /\/provider-azurerm\//,
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const rows: string[][] = [];
    for (const [name, networks] of SIZES) {
      const work = join(folder, name.replace(/\W+/g, '-'));
      writeManyNetworks(join(work, 'catalog'), networks);
      rows.push([name, text(await run(work, 'synth')), text(await run(work, 'validate'))]);
    }
    process.stdout.write(`${table(['networks', 'synth', 'validate'], rows)}\n\n`);
    process.stdout.write(`${await azureInAws(join(folder, '1-on-AWS'))}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(work: string, program: Program): Promise<Measured> {
  const [file, ...args] = PROGRAMS[program];
  const argv = [process.execPath, join(DIST, file), ...args] as const;
  return median({ argv, cwd: work, env: { KAKEHASHI_ENV: 'big' } }, RUNS);
}

/** The modules of Azure that a run for one network on AWS loads, and what loading them costs. */
async function azureInAws(work: string): Promise<string> {
  const rows: string[][] = [];
  for (const program of ['synth', 'validate'] as const) {
    const modules = await modulesOf(work, program);
    const counts = Object.values(ROOMS).map((room) => modules.filter((name) => room.test(name)));
    const { milliseconds, megabytes } = await loadingCost(work, counts.flat());
    rows.push([
      program,
      String(modules.length),
      ...counts.map(({ length }) => String(length)),
      `${milliseconds.toFixed(1)} ms, ${megabytes.toFixed(1)} MB`,
    ]);
  }
  return table(['one network on AWS', 'modules', ...Object.keys(ROOMS), 'to load those of Azure'], rows);
}

async function modulesOf(work: string, program: Program): Promise<readonly string[]> {
  const list = join(work, `${program}.modules`);
  const [file, ...args] = PROGRAMS[program];
  const preload = join(DIST, 'bench/loaded-modules.js');
  await measure({
    argv: [process.execPath, '-r', preload, join(DIST, file), ...args],
    cwd: work,
    env: { KAKEHASHI_ENV: 'big', LOADED_MODULES: list },
    memory: false,
  });
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((name) => name !== '');
}

interface Cost {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** What it costs to load some modules after everything of AWS: the median of several processes. */
async function loadingCost(work: string, modules: readonly string[]): Promise<Cost> {
  const result = join(work, 'loading.json');
  const kinds = ['aws-network', 'vault'].map((kind) => join(DIST, `catalog/kinds/${kind}/kind.js`));
  const script = `
    const load = (files) => { for (const file of files) require(file); };
    load(${JSON.stringify(kinds)});
    gc();
    const [time, heap] = [process.hrtime.bigint(), process.memoryUsage().heapUsed];
    load(${JSON.stringify(modules)});
    const milliseconds = Number(process.hrtime.bigint() - time) / 1e6;
    gc();
    const megabytes = (process.memoryUsage().heapUsed - heap) / 2 ** 20;
    require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify({ milliseconds, megabytes }));`;
  const costs: Cost[] = [];
  for (let number = 0; number < RUNS; number += 1) {
    await measure({ argv: [process.execPath, '--expose-gc', '-e', script], cwd: work, memory: false });
    costs.push(JSON.parse(readFileSync(result, 'utf8')) as Cost);
  }
  costs.sort((a, b) => a.milliseconds - b.milliseconds);
  return costs[Math.floor(RUNS / 2)] as Cost;
}

function text({ seconds, megabytes }: Measured): string {
  return `${seconds.toFixed(2)} s, ${megabytes} MB`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
