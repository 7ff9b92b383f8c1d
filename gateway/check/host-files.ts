import { basename } from 'node:path';
import { type HostAnswer, inOwnNetwork } from '../../base/ask-program';
import { type CheckBench, resultOf } from './bench';
import { absent, type CheckResult } from './result';

const SCRIPTS = 'usr/local/sbin';

/** The programs of this host that can check some of the files. */
const CHECKS: Readonly<Record<string, (bench: CheckBench) => Promise<CheckResult[]>>> = {
  vtysh: checkFrr,
  nft: checkFilter,
  sh: checkSyntax,
  shellcheck: checkShell,
  'systemd-analyze': checkUnits,
};

/** Checks the files that are not the IPsec daemon's: FRR's, the packet filter, the scripts, the units. @param programs - default: all */
export async function checkHostFiles(
  bench: CheckBench,
  programs: readonly string[] = Object.keys(CHECKS),
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const program of programs) results.push(...((await CHECKS[program]?.(bench)) ?? []));
  return results;
}

async function checkFrr(bench: CheckBench): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of bench.list('etc/frr', 'frr.conf')) {
    const copy = bench.copy(file, file);
    // `bgpd -C` always ends with 0, so vtysh checks. Without root it prints that it can't read its own vtysh.conf.
    const answer = await bench.ask('vtysh', ['-C', '-f', copy]);
    const lines = answer.lines.filter((line) => !line.includes("Can't open configuration file"));
    results.push(resultOf(bench, 'vtysh', file, { ...answer, lines }));
  }
  return results;
}

async function checkFilter(bench: CheckBench): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of bench.list('etc/kakehashi', '.nft')) {
    // Even a check asks the kernel, which needs rights. In a network of its own it has them, and sees no other tables.
    const answer = await bench.ask(...inOwnNetwork('nft', ['-c', '-f', bench.copy(file, file)]));
    results.push(refused(bench, 'nft', file, answer) ?? resultOf(bench, 'nft', file, answer));
  }
  return results;
}

/** Messages of a host that can't check: no namespaces, no rights, a kernel without packet filter, no such program. */
const NO_NETWORK = /^unshare: |Operation not permitted|cache initialization failed|Protocol not supported/;

function refused(
  bench: CheckBench,
  program: string,
  file: string,
  answer: HostAnswer,
): CheckResult | undefined {
  if (answer.kind === 'absent') return absent(program, file, 'unshare (util-linux) is not installed here');
  if (answer.lines.some((line) => /^unshare: .*No such file/.test(line)))
    return absent(program, file, `${program} is not installed here`);
  const reason = answer.lines.find((line) => NO_NETWORK.test(line));
  return reason === undefined
    ? undefined
    : absent(program, file, ...bench.shown([reason]), 'run this as root');
}

async function checkSyntax(bench: CheckBench): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of bench.list(SCRIPTS)) {
    const answer = await bench.ask('sh', ['-n', bench.copy(file, file)]);
    results.push(resultOf(bench, 'sh', file, answer, isQuiet));
  }
  return results;
}

async function checkShell(bench: CheckBench): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of bench.list(SCRIPTS)) {
    const answer = await bench.ask('shellcheck', [bench.copy(file, file)], { seconds: 30 });
    results.push(resultOf(bench, 'shellcheck', file, answer));
  }
  return results;
}

function isQuiet({ exitCode, lines }: HostAnswer): boolean {
  return exitCode === 0 && lines.length === 0;
}

async function checkUnits(bench: CheckBench): Promise<CheckResult[]> {
  const folder = 'etc/systemd/system';
  const files = bench.list(folder, '.service');
  if (files.length === 0) return [];
  // The programs that the units name are on the gateway and not here.
  const copies = files.map((file) =>
    bench.copy(file, file, (text) => text.replace(/=\/usr\/(local\/)?sbin\/\S+/g, '=/bin/true')),
  );
  const answer = await bench.ask('systemd-analyze', ['verify', '--man=no', ...copies], { seconds: 30 });
  // It also loads the units that ours refer to, and prints warnings about those.
  const ours = answer.lines.filter((line) => files.some((file) => line.includes(basename(file))));
  const about = answer.exitCode === 0 ? { ...answer, lines: ours } : answer;
  return [resultOf(bench, 'systemd-analyze', `${folder}/*.service`, about, isQuiet)];
}
