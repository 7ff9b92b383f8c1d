import path from 'node:path';
import { EXIT, UsageError } from '../../base/errors';
import { makePrivate, readIfThere, shownPath, writeExactly } from '../../base/files';
import { counted } from '../../base/text/counted';
import { parseSshLogin, type SshLogin } from '../../model/docker/ssh-login';
import { ValueError } from '../../model/value-error';
import { leaseTime } from '../run/nodes/lease-time';
import { readGroups } from '../run/nodes/read-groups';
import { nodesConfigText } from '../run/nodes/ssh/config-text';
import {
  fingerprint,
  type HostKey,
  keyChange,
  knownHostsText,
  parseKnownHosts,
} from '../run/nodes/ssh/known-hosts';
import { scanKeys } from '../run/nodes/ssh/scan';
import { knownName, type SshHost, sshHosts } from '../run/nodes/ssh/ssh-hosts';
import { withSession } from '../run/with-session';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';

/** `kakehashi nodes ssh-config`: writes OpenSSH's configuration for the nodes, with their host keys, which are shown. */
export function sshConfig(
  settings: Settings,
  environment: string | undefined,
  jumpText: string | undefined,
): Promise<number> {
  const jump = jumpText === undefined ? undefined : jumpOf(jumpText);
  return withSession({ command: 'nodes ssh-config' }, settings, environment, async (session) => {
    const { groups } = await readGroups(session, [], false);
    const hosts = sshHosts(session.environment, groups, leaseTime());
    const folder = path.join(session.folders.results, 'ssh');
    const [config, knownHosts] = [path.join(folder, 'nodes.config'), path.join(folder, 'nodes.known_hosts')];
    const before = parseKnownHosts(readIfThere(knownHosts) ?? '');
    // Nobody answers at addresses of the sandbox, and somebody else may at the same ones.
    const scanned = session.simulated ? [] : await scanKeys(session, hosts, jump);
    const kept = before.filter(
      ({ host }) => hosts.some((one) => knownName(one) === host) && scanned.every((key) => key.host !== host),
    );
    makePrivate(folder);
    const options = { knownHosts, ...(jump === undefined ? {} : { jump }) };
    writeExactly(config, nodesConfigText(session.environment, hosts, options), 0o600);
    writeExactly(knownHosts, knownHostsText([...kept, ...scanned]), 0o600);
    return show(session, { config, knownHosts, hosts, scanned, before });
  });
}

function jumpOf(text: string): SshLogin {
  try {
    return parseSshLogin(text, 22);
  } catch (error) {
    if (error instanceof ValueError) throw new UsageError(`--jump: ${error.message}`);
    throw error;
  }
}

interface Written {
  readonly config: string;
  readonly knownHosts: string;
  readonly hosts: readonly SshHost[];
  readonly scanned: readonly HostKey[];
  readonly before: readonly HostKey[];
}

function show(
  { report, simulated }: Session,
  { config, knownHosts, hosts, scanned, before }: Written,
): number {
  const keys = scanned.map((key) => ({
    host: key.host,
    type: key.type,
    fingerprint: fingerprint(key),
    change: keyChange(key, before),
  }));
  const unknown = hosts.filter((host) => scanned.every((key) => key.host !== knownName(host)));
  for (const { host, type, fingerprint: print, change } of keys) {
    report.say(`${host}   ${type} ${print}   ${change}`);
    if (change === 'changed')
      report.note(
        'warn',
        `${host}: it has another key than before: right for a new node at this address, and else somebody's who pretends to be it`,
      );
  }
  if (!simulated)
    for (const { alias, address, port } of unknown)
      report.note(
        'warn',
        `${alias}: ${address} port ${port} does not answer here, so its key is not known; run this again when it does`,
      );
  report.event({
    type: 'ssh_config_written',
    file: shownPath(config),
    known_hosts: shownPath(knownHosts),
    hosts: hosts.map(({ alias }) => alias),
    keys,
    unknown: unknown.map(({ alias }) => alias),
  });
  report.say(
    `ssh       ${shownPath(config)}: ${counted(hosts.length, 'host')}, ${counted(keys.length, 'key')}`,
  );
  const [first] = hosts;
  if (first !== undefined) report.say(`Next:     ssh -F ${shownPath(config)} ${first.alias}`);
  return unknown.length > 0 && !simulated ? EXIT.failed : EXIT.done;
}
