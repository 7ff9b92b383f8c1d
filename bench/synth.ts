import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManyNetworks } from './many-networks';
import { type Measured, measure, median, table } from './measure';

/** Synthesis of 1 to 1000 networks: the driver's way, cdktf-cli on the same app, a stock cdktf app, and the write floor. */
const ROOT = join(__dirname, '../..');
const MAIN = join(ROOT, 'dist/stacks/main.js');
const SIZES = [1, 10, 100, 1000];
/** cdktf-cli and the stock app take minutes beyond this. */
const LARGEST_STOCK = 100;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const rows: string[][] = [];
    for (const networks of SIZES) rows.push(await row(folder, networks));
    const header = [
      'networks',
      'kakehashi',
      'cdktf synth, same app',
      'stock cdktf app',
      'write floor',
      'stock / kakehashi',
    ];
    process.stdout.write(`${table(header, rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(folder: string, networks: number): Promise<string[]> {
  const work = join(folder, String(networks));
  writeManyNetworks(join(work, 'catalog'), { aws: networks });
  const env = { KAKEHASHI_ENV: 'big' };
  const runs = networks > 100 ? 1 : 3;
  const ours = await median({ argv: [process.execPath, MAIN], cwd: work, env }, runs);
  const floor = await writeFloor(work);
  if (networks > LARGEST_STOCK) return [String(networks), text(ours), '–', '–', text(floor), '–'];
  writeFileSync(
    join(work, 'cdktf.json'),
    JSON.stringify({
      language: 'typescript',
      app: `node ${MAIN}`,
      projectId: 'bench',
      sendCrashReports: 'false',
    }),
  );
  const cdktf = join(ROOT, 'node_modules/.bin/cdktf');
  const cli = await median({ argv: [cdktf, 'synth'], cwd: work, env }, runs);
  const stock = await stockApp(folder, cdktf, networks);
  return [
    String(networks),
    text(ours),
    text(cli),
    text(stock),
    text(floor),
    (stock.seconds / ours.seconds).toFixed(1),
  ];
}

async function stockApp(folder: string, cdktf: string, networks: number): Promise<Measured> {
  const work = join(folder, `stock-${networks}`);
  cpSync(join(ROOT, 'bench/stock-app'), work, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(work, 'node_modules'));
  return measure({ argv: [cdktf, 'synth'], cwd: work, env: { NETWORKS: String(networks) } });
}

/** A bare process that writes the same bytes to the same number of files. */
async function writeFloor(work: string): Promise<Measured> {
  const stacks = join(work, 'cdktf.out/stacks');
  const names = readdirSync(stacks);
  const size = readFileSync(join(stacks, names[0] as string, 'cdk.tf.json'), 'utf8').length;
  const script = `const fs=require('fs');const s='x'.repeat(${size});for(let i=0;i<${names.length};i++){fs.mkdirSync('floor/'+i,{recursive:true});fs.writeFileSync('floor/'+i+'/cdk.tf.json',s)}`;
  return median({ argv: [process.execPath, '-e', script], cwd: work }, 3, () =>
    rmSync(join(work, 'floor'), { recursive: true, force: true }),
  );
}

function text({ seconds, megabytes }: Measured): string {
  return `${seconds.toFixed(2)} s, ${megabytes} MB`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
