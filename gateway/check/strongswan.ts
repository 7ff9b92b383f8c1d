import { basename } from 'node:path';
import type { HostAnswer } from '../../base/ask-program';
import { type CheckBench, resultOf } from './bench';
import { type PrivateCharon, withPrivateCharon } from './private-charon';
import { absent, byOtherVersion, type CheckResult, versionNote } from './result';
import { sectionNames } from './swanctl-text';

const FOLDER = 'etc/swanctl/conf.d';
const SUBJECT = `${FOLDER}/*.conf`;
const PROGRAM = 'swanctl';

/** Folders of certificates that swanctl looks for beside its file. It prints a message for each that does not exist. */
const CERTIFICATES =
  'x509 x509ca x509ocsp x509aa x509ac x509crl pubkey private rsa ecdsa bliss pkcs8 pkcs12'.split(' ');

/** strongSwan's own verdict: a charon that is started for the check loads all connections and keys (docs/reference/ipsec.md). */
export async function checkStrongswan(bench: CheckBench, version: number): Promise<readonly CheckResult[]> {
  const files = bench.list(FOLDER, '.conf');
  if (files.length === 0) return [];
  const found = await bench.ask('swanctl', ['--version']);
  const full = strongswanVersion(found.lines);
  if (full === undefined) return [absent(PROGRAM, SUBJECT, 'strongSwan (swanctl) is not installed here')];
  const connections = files.flatMap((file) => sectionNames(bench.read(file), 'connections'));
  const secrets = files.flatMap((file) => sectionNames(bench.read(file), 'secrets'));
  const config = bench.put('swanctl/swanctl.conf', 'include conf.d/*.conf\n');
  for (const file of files) bench.copy(file, `swanctl/conf.d/${basename(file)}`);
  for (const name of CERTIFICATES) bench.put(`swanctl/${name}/.empty`, '');
  const answer = await withPrivateCharon(bench, ({ uri, env }: PrivateCharon) =>
    bench.ask('swanctl', ['--load-all', '--noprompt', '--uri', uri, '--file', config], { env }),
  );
  if (!('kind' in answer)) return [absent(PROGRAM, SUBJECT, ...notStarted(bench.shown(answer)))];
  const note = versionNote('strongSwan', full, version);
  const missing = notLoaded(answer.lines, connections, secrets);
  const result = resultOf(bench, PROGRAM, SUBJECT, withoutSuccesses(answer), ({ exitCode }) => {
    return exitCode === 0 && missing.length === 0;
  });
  const says = result.verdict === 'failed' ? [...result.says, ...missing] : result.says;
  return [byOtherVersion({ ...result, says }, note)];
}

/** Syntax errors and unknown algorithms can end with exit code 0, so each connection and each key must be reported as loaded. */
function notLoaded(
  lines: readonly string[],
  connections: readonly string[],
  secrets: readonly string[],
): readonly string[] {
  const all = lines.map((line) => line.trim());
  const count = `successfully loaded ${connections.length} connections,`;
  return [
    ...connections
      .filter((name) => !all.includes(`loaded connection '${name}'`))
      .map((name) => `connection ${name}: not loaded`),
    ...secrets
      .filter((name) => !all.includes(`loaded ike secret '${name}'`))
      .map((name) => `key of ${name}: not loaded`),
    ...(all.some((line) => line.startsWith(count)) ? [] : [`it does not say "${count.slice(0, -1)}"`]),
  ];
}

/** The lines without those about what was loaded: only what was not loaded matters. */
function withoutSuccesses(answer: HostAnswer): HostAnswer {
  const lines = answer.lines.filter(
    (line) => !/^(loaded |successfully loaded |no (authorities|pools|connections) found)/.test(line),
  );
  return { ...answer, lines };
}

function notStarted(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => /^unshare: .*charon-systemd.*No such file/.test(line)))
    return ['charon-systemd is not installed here'];
  const reasons = lines.filter((line) => !line.includes('failed to load -')).slice(-5);
  return ['charon could not be started here in a network of its own', ...reasons, 'run this as root'];
}

/** `5.9.8`, from what `swanctl --version` prints. */
export function strongswanVersion(lines: readonly string[]): string | undefined {
  return /^strongSwan (\d+\.\d+\S*)/m.exec(lines.join('\n'))?.[1];
}
