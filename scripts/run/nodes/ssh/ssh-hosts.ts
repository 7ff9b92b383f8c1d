import { compareTexts } from '../../../../base/text/compare-texts';
import type { GroupState } from '../group-states';

/** An sshd of a node: that of its base container, or that of its host. */
export interface SshHost {
  /** What it is called: `dev-workers-n1`, `dev-workers-n1-host`. */
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
}

/** A base container's own sshd, as VCP has it. */
const CONTAINER = { port: 22, user: 'root' } as const;

/** The sshds of all fixed nodes that live, by name. */
export function sshHosts(
  environment: string,
  groups: readonly GroupState[],
  now: number,
): readonly SshHost[] {
  const hosts = groups.flatMap(({ name, output, lease }) => {
    const isOver = lease?.end ? Date.parse(lease.end) <= now : false;
    if (output === undefined || isOver) return [];
    const { base_container: hasContainer = true, ssh_port: port, user } = output;
    const living = Object.entries(output.nodes).filter(([key]) => lease?.ended.includes(key) !== true);
    return living.flatMap(([key, { address }]): readonly SshHost[] => {
      const alias = `${environment}-${name}-${key}`;
      return [
        ...(hasContainer ? [{ alias, address, ...CONTAINER }] : []),
        // A host that is reached without SSH has no port.
        ...(port > 0 ? [{ alias: `${alias}-host`, address, port, user }] : []),
      ];
    });
  });
  return hosts.sort((a, b) => compareTexts(a.alias, b.alias));
}

/** How OpenSSH names a host in known_hosts: with the port, where it is not 22. */
export function knownName({ address, port }: Pick<SshHost, 'address' | 'port'>): string {
  return port === 22 ? address : `[${address}]:${port}`;
}
