import type { ControllerPorts } from '../../../model/docker/controller-host';
import type { ProblemList } from '../../ground/problem-list';
import type { ControllerDraft } from './draft';

/** A port of the host, by the key that says it. */
export interface KeyedPort {
  /** `serf_rpc`. */
  readonly key: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** The ports that the controller, and its notebook where there is one, publish. */
export function publishedPorts(ports: ControllerPorts, hasNotebook: boolean): readonly KeyedPort[] {
  const tcp = (key: string, port: number): KeyedPort => ({ key, port, protocol: 'tcp' });
  return [
    tcp('api', ports.api),
    tcp('vault', ports.vault),
    tcp('grafana', ports.grafana),
    tcp('serf_rpc', ports.serfRpc),
    tcp('serf', ports.serf),
    { key: 'serf', port: ports.serf, protocol: 'udp' },
    ...(hasNotebook ? [tcp('jupyter', ports.jupyter)] : []),
  ];
}

/** The port of a host's own sshd, where nobody says another. */
const SSHD = 22;

/** Checks that ports are distinct, and none the sshd's of the host. */
export function checkPorts({ place, keys, jupyter }: ControllerDraft, problems: ProblemList): void {
  const taken = new Map<string, string>();
  const sshd = keys.host?.kind === 'ssh' ? [keys.host.login.port, SSHD] : [SSHD];
  for (const { key, port, protocol } of publishedPorts(keys.ports, jupyter !== undefined)) {
    const where = place.at('ports', key);
    const other = taken.get(`${port}/${protocol}`);
    if (other !== undefined)
      problems.error(
        'duplicate-value',
        where,
        `${port} is the port of ${other} already`,
        'choose another port',
      );
    else if (protocol === 'tcp' && sshd.includes(port))
      problems.error(
        'address-taken',
        where,
        `${port} is the port of the host's own sshd`,
        'choose another port',
      );
    taken.set(`${port}/${protocol}`, key);
  }
}
