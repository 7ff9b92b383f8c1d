import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { askHost } from '../../../base/ask-program';
import { makePrivate, readIfThere, shownPath, writeAtomically } from '../../../base/files';
import { listed } from '../../../base/text/listed';
import type { SshHost } from '../../../model/docker/docker-host';
import type { SshLogin } from '../../../model/docker/ssh-login';
import { confirm } from '../../session/confirm';
import type { Session } from '../../session/session';
import { fingerprint, type HostKey, hostKeyLine, knownName, readHostKeys } from './known-hosts';
import { socketFolder } from './sockets';
import { jumpsOf, loginsOf, sshConfigText } from './ssh-config';
import { type SshFiles, sshFiles } from './ssh-files';
import { sshCommand, sshEnvironment } from './ssh-program';

type HostSession = Pick<Session, 'folders' | 'processes' | 'settings' | 'report' | 'stop'>;

/**
 * Writes OpenSSH's configuration for the hosts, and learns the keys of those that are not known yet: once, after the user has
 * confirmed their fingerprints. A host that does not answer is left out; only its own stack fails by that.
 *
 * @param hosts - all of the environment, and those whose stacks were chosen
 * @throws Declined
 */
export async function prepareSsh(
  session: HostSession,
  hosts: { readonly all: readonly SshHost[]; readonly asked: readonly SshHost[] },
): Promise<void> {
  const files = sshFiles(session.folders);
  makePrivate(files.folder);
  const sockets = socketFolder(files.folder);
  writeAtomically(
    files.config,
    sshConfigText(hosts.all, {
      knownHosts: path.resolve(files.knownHosts),
      ...(sockets === undefined ? {} : { sockets }),
    }),
    0o600,
  );
  // What is behind a jump host can only be asked when that one's key is known.
  await learn(session, files, jumpsOf(hosts.asked));
  await learn(session, files, loginsOf(hosts.asked));
}

async function learn(session: HostSession, files: SshFiles, logins: readonly SshLogin[]): Promise<void> {
  const known = new Set(readHostKeys(readIfThere(files.knownHosts) ?? '').map(({ name }) => name));
  const unknown = logins.filter((login) => !known.has(knownName(login)));
  if (unknown.length === 0) return;
  const found = (await Promise.all(unknown.map((login) => offeredKey(session, files, login)))).flatMap(
    (key) => key ?? [],
  );
  if (found.length === 0) return;
  const { report } = session;
  report.say(
    `\nhosts     ${found.length === 1 ? 'a host whose key is' : 'hosts whose keys are'} not known yet:`,
  );
  for (const key of found) report.say(`          ${key.name}  ${fingerprint(key)}`);
  report.say('          compare on each host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
  await confirm(session, {
    done: 'trusted',
    text: "Type 'yes' to trust these keys from now on:",
    answer: 'yes',
  });
  const before = readIfThere(files.knownHosts) ?? '';
  writeAtomically(
    files.knownHosts,
    `${before}${found.map((key) => `${hostKeyLine(key)}\n`).join('')}`,
    0o600,
  );
  report.say(`          kept in ${shownPath(files.knownHosts)}: ${listed(found.map(({ name }) => name))}`);
}

/**
 * The key that a host offers; undefined where it does not answer. OpenSSH itself writes it to a file of its own, before it would
 * log in, and offers no way to log in: ssh-keyscan would know no jump hosts.
 */
async function offeredKey(
  { processes }: HostSession,
  files: SshFiles,
  login: SshLogin,
): Promise<HostKey | undefined> {
  const folder = mkdtempSync(path.join(files.folder, 'offered-'));
  try {
    const file = path.join(folder, 'known_hosts');
    const options = [
      'StrictHostKeyChecking=accept-new',
      `UserKnownHostsFile="${file.replaceAll('%', '%%')}"`,
      'PreferredAuthentications=none',
      'ControlMaster=no',
      'ControlPath=none',
    ].flatMap((option) => ['-o', option]);
    const [program = '', ...args] = [...sshCommand(files, login, ...options), 'true'];
    await askHost(processes, program, args, { env: sshEnvironment(), seconds: 40 });
    return readHostKeys(readIfThere(file) ?? '').find(({ name }) => name === knownName(login));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
