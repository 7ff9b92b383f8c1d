import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { Cidr } from '../../model/net/cidr';
import type { NetworkTunnels } from '../../model/tunnel/description';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { AdoptedEntry } from './adopted-entry';
import type { Allocation } from './allocation';
import type { JsonMap } from './json';
import type { EntryName } from './network';
import type { Where } from './problem';

/**
 * What the part of a catalog that one kind reads claims for itself. All checks between stacks, entries and environments
 * work on claims, so that they hold for every kind.
 */
export interface Claims {
  readonly networks: readonly NetworkClaim[];
  readonly entries: readonly EntryClaim[];
  readonly asns: readonly AsnClaim[];
  readonly names: readonly NameClaim[];
  readonly gateways: readonly ConnectionClaim[];
  readonly references: readonly ReferenceClaim[];
  readonly hubs: readonly HubClaim[];
  readonly attachments: readonly AttachmentClaim[];
  readonly places: readonly NodePlaceClaim[];
  readonly groups: readonly NodeGroupClaim[];
  readonly containers: readonly ContainerClaim[];
}

export const NO_CLAIMS: Claims = {
  networks: [],
  entries: [],
  asns: [],
  names: [],
  gateways: [],
  references: [],
  hubs: [],
  attachments: [],
  places: [],
  groups: [],
  containers: [],
};

/** All claims of several parts. */
export function mergeClaims(all: readonly Claims[]): Claims {
  return {
    networks: all.flatMap(({ networks }) => networks),
    entries: all.flatMap(({ entries }) => entries),
    asns: all.flatMap(({ asns }) => asns),
    names: all.flatMap(({ names }) => names),
    gateways: all.flatMap(({ gateways }) => gateways),
    references: all.flatMap(({ references }) => references),
    hubs: all.flatMap(({ hubs }) => hubs),
    attachments: all.flatMap(({ attachments }) => attachments),
    places: all.flatMap(({ places }) => places),
    groups: all.flatMap(({ groups }) => groups),
    containers: all.flatMap(({ containers }) => containers),
  };
}

/** A block of addresses that no other network may overlap. */
export interface NetworkClaim {
  /** The network's key, `aws/default`. */
  readonly key: string;
  readonly cidr: Cidr;
  /** How messages name it: `aws.osaka.create.vpc_cidr`. */
  readonly name: string;
  readonly where: Where;
  /** Whether a VPN connects it to the site. */
  readonly connected: boolean;
  /** Whether an entry that exists already lies in this very network, so that its block overlaps rightly. */
  readonly holds: (entry: AdoptedEntry) => boolean;
}

/** A catalog entry that is published after the build. */
export interface EntryClaim extends EntryName {
  /** What `<provider>/<name>` means as a source of rules; absent where it is not known. */
  readonly cidr?: Cidr;
  /** Where the entry's key stands, or the option that publishes a copy of it. */
  readonly where: Where;
  /** Whether it is a copy of an entry, published under another provider. */
  readonly isCopy: boolean;
}

/** The autonomous system number of a cloud's end of a VPN. */
export interface AsnClaim {
  readonly key: string;
  readonly asn: number;
  readonly routing: 'static' | 'bgp';
  /** Whether the gateway has no number where routes are static. @default - it has one, which its cloud compares */
  readonly onlyWithBgp?: boolean;
  readonly where: Where;
  /** How to choose another: `choose another from 64512 to 65534`. */
  readonly fix: string;
}

/** A name that two environments must not both give to something at the same server. */
export interface NameClaim {
  /** The server, with all that tells it from another: `Vault (https://10.0.2.15:8443, namespace team)`. */
  readonly server: string;
  /** `mount`, `policy`, … */
  readonly what: string;
  readonly name: string;
  /** Whether a name also takes what lies below it or above it, as paths do. */
  readonly isPath: boolean;
  readonly where: Where;
  readonly fix: string;
}

/**
 * A network's VPN connection, which needs inside CIDRs and interface numbers at the site's gateway. A kind claims one a network;
 * where the site has two gateways, it stands for a connection to each.
 */
export interface ConnectionClaim {
  /** The network's key. */
  readonly key: string;
  /** For each inside CIDR that it needs: the one that the catalog fixes, if it does. */
  readonly insideCidrs: readonly (Cidr | undefined)[];
  /** How many tunnel interfaces it needs. */
  readonly interfaces: number;
  /** The blocks that may be allocated to it, in the order in which they are. */
  readonly pool: () => Iterable<Cidr>;
  /** Where the connection stands, or the inside CIDR that it fixes. */
  readonly where: (insideCidr?: number) => Where;
  /** Where its routing stands. @default - where the connection stands */
  readonly routingWhere?: () => Where;
  /** The facts of the cloud's VPN service. */
  readonly cloud: CloudVpn;
  /** How to choose another inside CIDR. */
  readonly fix: string;
  /** Its tunnels as the gateway must be able to build them. */
  readonly describe: (allocation: Allocation) => NetworkTunnels;
  /** Where the option stands that decides a part of a tunnel's description. */
  readonly optionOf: (part: TunnelPart, tunnel: number) => Where;
}

/** A gateway of the cloud that several networks share: made here, there already, or made by another environment. */
export interface HubClaim {
  /** `main`. */
  readonly name: string;
  /** The environment that makes it, where that is another one. */
  readonly environment?: string;
  /** Absent where it can't be read, and for one of another environment. */
  readonly region?: string;
  /** The tables that networks may be in; empty where there is one that exists already. */
  readonly routeTables: readonly string[];
  /** Ids of one that exists already. */
  readonly ids?: { readonly gateway: string; readonly routeTable: string };
  /** Whether it has a stack of its own in the environment. */
  readonly isBuilt: boolean;
}

/** A network that reaches the site through a hub. */
export interface AttachmentClaim {
  /** The network's key. */
  readonly key: string;
  /** The hub's name in the catalog of the network. */
  readonly hub: string;
  /** @default - that with the name of the environment, or the only one */
  readonly routeTable?: string;
  readonly cidr?: Cidr;
  /** Where the hub is named. */
  readonly where: Where;
}

/** An entry that is built here, as far as nodes in it need to know. */
export interface NodePlaceClaim {
  /** `aws/osaka`. */
  readonly entry: string;
  /** The key of the network that makes it: `aws/default` for a further subnet of that entry. */
  readonly network: string;
  /** The subnet of the nodes. Absent where it can't be read. */
  readonly cidr?: Cidr;
  /** What is known of it before it is built, by the keys of the entry: region, zone, names. */
  readonly values: JsonMap;
  /** Whether its nodes reach the Internet. */
  readonly hasInternet: boolean;
  /** Services of the cloud that its nodes reach without the Internet, by the names of `create.endpoints`. */
  readonly services: readonly string[];
  /** How many addresses of the subnet the network's own interfaces have, beside those that the cloud keeps. */
  readonly interfaces: number;
}

/** A group of nodes in an entry's network. */
export interface NodeGroupClaim {
  /** `workers`. */
  readonly name: string;
  /** `aws/default`. */
  readonly entry: string;
  /** Addresses that it fixes. */
  readonly addresses: readonly { readonly address: string; readonly where: Where }[];
  /** How many addresses it takes at most, fixed ones included. */
  readonly most: number;
  /** Where its size stands. */
  readonly where: Where;
  /** How long its nodes live; absent where nothing ends them. */
  readonly leaseSeconds?: number;
  /** Where its lease stands, or else the group. */
  readonly leaseWhere: Where;
}

/** A container on a Docker host, and what it takes there. */
export interface ContainerClaim {
  /** `dev-web-web1`. */
  readonly name: string;
  /** How messages name what it is of: `node_groups.web`. */
  readonly of: string;
  /** The addresses of its host, or the socket of its engine: `10.0.2.31`, `unix:///var/run/docker.sock`. */
  readonly hosts: readonly string[];
  /** The way to the host: `admin@10.0.2.2:22`. @default - none */
  readonly jump?: string;
  readonly ports: readonly HostPort[];
  /** Whether it has the host's network, so that what listens in it has the host's ports. */
  readonly hasHostNetwork: boolean;
}

/** A port at an address of a host. */
export interface HostPort {
  /** `0.0.0.0` for all of them. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** A part of a tunnel's description that an option of the catalog decides. */
export type TunnelPart = 'mode' | 'ike' | 'esp' | 'ike_versions' | 'dpd';

/** A reference to something that is kept in Vault. */
export interface ReferenceClaim {
  readonly reference: SecretReference;
  readonly kind: 'credential' | 'folder';
  readonly where: Where;
  readonly keyWhere: Where;
}

/** An entry that has a stack of its own, with what it builds in it under further keys. */
export interface IdentityClaim extends PartClaim {
  readonly parts: readonly PartClaim[];
}

/** An entry, or a part of one, that may have had another name. */
export interface PartClaim {
  /** `aws/tokyo`, `vault/mounts/secret`. */
  readonly key: string;
  readonly where: Where;
  readonly formerly?: FormerName;
}

/** What an entry was called before: `formerly`. */
export interface FormerName {
  /** The key of that name, `aws/default`. */
  readonly key: string;
  readonly where: Where;
}
