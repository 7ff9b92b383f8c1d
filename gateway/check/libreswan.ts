import { basename } from 'node:path';
import { type CheckBench, resultOf } from './bench';
import { absent, byOtherVersion, type CheckResult, versionNote } from './result';

const FOLDER = 'etc/ipsec.d';

/** Libreswan's own verdicts on the whole configuration and on each proposal (docs/reference/ipsec.md). */
export async function checkLibreswan(bench: CheckBench, version: number): Promise<readonly CheckResult[]> {
  const files = bench.list(FOLDER, '.conf');
  if (files.length === 0) return [];
  const proposals = [...new Set(files.flatMap((file) => proposalsOf(bench.read(file))))].sort();
  const questions = [
    { program: 'ipsec addconn', subject: `${FOLDER}/*.conf` },
    ...proposals.map((subject) => ({ program: 'ipsec algparse', subject })),
  ];
  const found = await bench.ask('ipsec', ['--version']);
  const full = libreswanVersion(found.lines);
  if (full === undefined) {
    const why =
      found.kind === 'absent'
        ? 'libreswan is not installed here'
        : `ipsec is no libreswan here: ${found.lines[0] ?? 'it says nothing'}`;
    return questions.map(({ program, subject }) => absent(program, subject, why));
  }
  // Like Debian's own /etc/ipsec.conf. The include is relative, because it is a pattern and a folder's name may contain any character.
  const config = bench.put('ipsec.conf', 'config setup\n\ninclude ipsec.d/*.conf\n');
  for (const file of files) bench.copy(file, `ipsec.d/${basename(file)}`);
  const results: CheckResult[] = [];
  for (const { program, subject } of questions) {
    const answer =
      program === 'ipsec addconn'
        ? await bench.ask('ipsec', ['addconn', '--config', config, '--checkconfig'])
        : await bench.ask('ipsec', ['algparse', '-v2', '-pfs', subject]);
    results.push(
      resultOf(bench, program, subject, answer, program === 'ipsec addconn' ? isQuiet : hasNoError),
    );
  }
  const note = versionNote('libreswan', full, version);
  return results.map((result) => byOtherVersion(result, note));
}

/** Exit code 0 is not enough: bad subnets, repeated keys and a missing `also=` are printed with exit code 0. */
function isQuiet(answer: { readonly exitCode?: number; readonly lines: readonly string[] }): boolean {
  return answer.exitCode === 0 && answer.lines.length === 0;
}

function hasNoError(answer: { readonly exitCode?: number; readonly lines: readonly string[] }): boolean {
  return answer.exitCode === 0 && !answer.lines.some((line) => line.includes('ERROR'));
}

/** `4.10`, from what `ipsec --version` prints; undefined where strongSwan's program of the same name prints it. */
export function libreswanVersion(lines: readonly string[]): string | undefined {
  return /^(?:Linux )?Libreswan v?(\d+\.\d+)/m.exec(lines.join('\n'))?.[1];
}

/** The distinct `ike=` and `esp=` settings of a file, as `algparse` takes them. */
export function proposalsOf(text: string): readonly string[] {
  const lines = [...text.matchAll(/^[ \t]+(ike|esp|phase2alg)[ \t]*=[ \t]*(\S+)/gm)];
  return [...new Set(lines.map(([, key, value]) => `${key === 'ike' ? 'ike' : 'esp'}=${value}`))].sort();
}
