import { askHost } from '../../base/ask-program';
import type { Processes } from '../../base/process';
import type { GatewayDaemon } from '../../model/gateway/host';

/** The program of each daemon that prints its version, and what it prints. */
const PROGRAMS: Readonly<Record<GatewayDaemon, readonly (readonly [command: string, version: RegExp])[]>> = {
  libreswan: [['ipsec', /Libreswan v?(\d+\.\d+[\w.]*)/]],
  strongswan: [
    ['swanctl', /strongSwan swanctl (\d+\.\d+[\w.]*)/],
    ['ipsec', /strongSwan U?(\d+\.\d+[\w.]*)/],
  ],
};

/** The version of the daemon that is installed on this machine; undefined where it is not. */
export async function installedDaemon(
  processes: Processes,
  daemon: GatewayDaemon,
): Promise<string | undefined> {
  for (const [command, version] of PROGRAMS[daemon]) {
    const answer = await askHost(processes, command, ['--version']);
    const [, found] = version.exec(answer.lines.join('\n')) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}
