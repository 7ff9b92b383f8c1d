import type { Cidr } from './cidr';
import { Peer } from './peer';
import { Port } from './port';
import type { Rule } from './rule';

/**
 * Named sets of ingress rules, from the port table of the portable VC controller's manual (docs/reference/vcp.md) and from
 * HTCondor's manual, which names one shared port.
 */
export const PORT_PROFILES = ['controller', 'vc-node', 'jupyter', 'htcondor', 'open-site'] as const;
export type PortProfile = (typeof PORT_PROFILES)[number];

/** The networks that the rules of a profile come from. */
export interface ProfileSources<Network = Cidr> {
  /** Networks behind the on-premises gateway. */
  readonly site: readonly Network[];
  /** Networks of the controller's other clouds, when nodes reach each other through the site (`site.mesh`). */
  readonly mesh?: readonly Network[];
}

/** Where the traffic of one line of a profile comes from. */
type Source = 'site' | 'self' | 'mesh';
type Line = readonly [Port, readonly Source[], string];

/** Serf's gossip goes both ways between all nodes and the controller. The manual's 7943 is a typo (docs/reference/vcp.md). */
const SERF: readonly Line[] = [
  [Port.tcp(7947), ['site', 'self', 'mesh'], 'Serf gossip'],
  [Port.udp(7947), ['site', 'self', 'mesh'], 'Serf gossip'],
  [Port.tcp(7373), ['site'], 'Serf RPC from the controller'],
];

const ICMP: readonly Line[] = [
  [Port.icmpEcho(), ['site'], 'Echo request'],
  [Port.icmpFragmentationNeeded(), ['site'], 'Path MTU discovery'],
];

const LINES: Readonly<Record<PortProfile, readonly Line[]>> = {
  controller: [
    [Port.tcp(443), ['site', 'self'], 'VCP REST API'],
    [Port.tcp(8443), ['site', 'self'], 'Vault'],
    [Port.tcp(8080), ['site'], 'Grafana behind nginx'],
    ...SERF,
    ...ICMP,
  ],
  'vc-node': [
    [Port.tcp(22), ['site', 'self'], 'SSH of the base container'],
    [Port.tcp(20022), ['site'], 'SSH of the host, for the controller'],
    [Port.tcp(2375), ['site'], 'Docker API, for the controller'],
    [Port.tcp(18083), ['site'], 'cAdvisor metrics, for the controller'],
    [Port.tcp(9445), ['site'], 'GPU metrics, for the controller'],
    [Port.udp(5353), ['self'], 'Serf discovery by mDNS'],
    ...SERF,
    ...ICMP,
  ],
  jupyter: [[Port.tcp(8888), ['site'], 'Jupyter notebook'], ...ICMP],
  htcondor: [[Port.tcp(9618), ['site', 'self', 'mesh'], 'HTCondor shared port'], ...ICMP],
  'open-site': [[Port.all(), ['self', 'site', 'mesh'], 'Everything']],
};

const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  site: 'from the site',
  self: 'between nodes',
  mesh: 'from the other networks of the controller',
};

/**
 * The ingress rules of a profile.
 *
 * A source is a peer where its network is only known to Terraform.
 *
 * `open-site` allows what the controller's own Terraform example allows: everything from the group itself and from the site.
 * Egress is not part of a profile: nodes pull images and reach the collector (9618) through the group's egress rules.
 */
export function profileRules(profile: PortProfile, sources: ProfileSources<Cidr | Peer>): readonly Rule[] {
  const peers: Readonly<Record<Source, readonly Peer[]>> = {
    self: [Peer.self()],
    site: sources.site.map(peerOf),
    mesh: (sources.mesh ?? []).map(peerOf),
  };
  return LINES[profile].flatMap(([port, from, purpose]) =>
    from.flatMap((source) =>
      peers[source].map((peer) => ({ port, peer, description: `${purpose}, ${SOURCE_NAMES[source]}` })),
    ),
  );
}

function peerOf(source: Cidr | Peer): Peer {
  return source instanceof Peer ? source : Peer.ipv4(source);
}
