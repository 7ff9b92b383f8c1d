import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../../../base/errors';
import { Interrupted } from '../../../../base/interrupted';
import { type SshLogin, sshLoginText } from '../../../../model/docker/ssh-login';
import type { Session } from '../../../session/session';
import { type HostKey, parseKnownHosts } from './known-hosts';
import { knownName, type SshHost } from './ssh-hosts';

/** As the hands-on's notebooks do it, because sshd may not be up right after the boot. */
const TRIES = 10;
const PAUSE_MS = 1000;

/** How long ssh-keyscan waits for a host. */
const ANSWER_SECONDS = 5;

/**
 * The keys of these hosts, as ssh-keyscan sees them: from here, or from the jump host, whose own key OpenSSH checks as the user has it set
 * up. Hosts that do not answer are asked again, up to ten times, one second apart.
 *
 * @throws {@link Failure} where ssh-keyscan, or the way over the jump host, does not work; {@link Interrupted}
 */
export async function scanKeys(
  session: Pick<Session, 'processes' | 'report' | 'stop' | 'variables' | 'folders'>,
  hosts: readonly SshHost[],
  jump: SshLogin | undefined,
): Promise<readonly HostKey[]> {
  const found: HostKey[] = [];
  const missing = () => hosts.filter((host) => found.every((key) => key.host !== knownName(host)));
  for (let tried = 1; missing().length > 0 && tried <= TRIES; tried += 1) {
    session.report.screen.redraw([
      `scan      ${tried} of ${TRIES}   ${missing().length} of ${hosts.length} do not answer`,
    ]);
    for (const port of new Set(missing().map((host) => host.port))) {
      const addresses = missing().flatMap((host) => (host.port === port ? [host.address] : []));
      found.push(...(await scanPort(session, port, [...new Set(addresses)], jump)));
    }
    if (missing().length > 0 && tried < TRIES)
      await delay(PAUSE_MS, undefined, { signal: session.stop }).catch(() => undefined);
    if (session.stop.aborted) throw new Interrupted();
  }
  session.report.screen.redraw([]);
  return found;
}

async function scanPort(
  { processes, report, variables, folders }: Pick<Session, 'processes' | 'report' | 'variables' | 'folders'>,
  port: number,
  addresses: readonly string[],
  jump: SshLogin | undefined,
): Promise<readonly HostKey[]> {
  const scan = ['ssh-keyscan', '-T', String(ANSWER_SECONDS), '-p', String(port), ...addresses];
  const [command = '', ...args] =
    jump === undefined
      ? scan
      : [
          'ssh',
          '-o',
          'BatchMode=yes',
          '-o',
          `ConnectTimeout=${2 * ANSWER_SECONDS}`,
          '-p',
          String(jump.port),
          `${jump.user}@${jump.address}`,
          ...scan,
        ];
  const { PATH, HOME, SSH_AUTH_SOCK } = process.env;
  const result = await processes.run({
    command,
    args,
    cwd: folders.root,
    env: { ...variables, PATH, HOME, SSH_AUTH_SOCK },
    capture: true,
    expendable: true,
    onLine: (line) => report.log.write(command, line),
  });
  if (result.kind === 'spawn-failed')
    throw new Failure(`${command} does not start (${result.code}): install OpenSSH's client`);
  // 255: ssh itself, and no ssh-keyscan at the other end, which ends with 1 where no host answers.
  if (jump !== undefined && result.kind === 'exited' && result.exitCode >= 127)
    throw new Failure(
      [
        `--jump: no way over ${sshLoginText(jump)} (exit ${result.exitCode})`,
        ...result.lastLines.slice(-3),
      ].join('\n  '),
    );
  return parseKnownHosts(result.stdout);
}
