import { ipv4Number } from '../../../model/net/ipv4';
import { complete } from '../../ground/complete';
import { ProblemList } from '../../ground/problem-list';
import type { EntryNetworks } from '../../ingress/resolve';
import type { Infer } from '../../shape/shape';
import { remoteNetworks } from '../../site/remote-networks';
import type { AwsVpn } from '../aws/vpn';
import type { Around } from '../kind';
import { finishAttachment, makerOf } from './attachment';
import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';
import { hasOptions, isForwarding, resolverInterfaces } from './forwarding';
import { resolveIngress } from './ingress';
import type { NETWORK_ENTRY, VPN_KEYS } from './keys';
import type { AwsNetwork, AwsSubnet, NetworkDhcp } from './network';
import { zoneSubnets } from './zone-subnets';

/** The network of a draft in which no error was found. */
export function finishNetwork(
  network: NetworkDraft,
  around: Around<unknown>,
  entries: EntryNetworks,
): AwsNetwork {
  const { key, entry, value } = network;
  const { awsRegion: region, create } = complete(value);
  const { vpcCidr, publicSubnet, egress, endpoints, dns, flowLogs, tags, existingNames = {} } = create;
  const [own, ...within] = subnetsOf(network);
  const { bornOf } = around.identities;
  const finishOne = (subnet: SubnetDraft) => finishSubnet(subnet, bornOf(`aws/${subnet.entry}`));
  const subnets = [finishOne(own), ...within.map(finishOne)] as const;
  return {
    key,
    identity: `aws/${bornOf(key)}`,
    provider: 'aws',
    cidrs: [vpcCidr],
    entries: [
      ...subnets.map((subnet) => ({ provider: 'aws', name: subnet.entry })),
      ...subnets.filter(({ spot }) => spot).map((subnet) => ({ provider: 'aws_spot', name: subnet.entry })),
    ],
    entry,
    region,
    vpcCidr,
    ...(publicSubnet ? { publicSubnet } : {}),
    egress,
    ingress: resolveIngress(network, around, entries, new ProblemList()),
    endpoints,
    endpointSubnets: zoneSubnets(network).map((subnet) => subnet.entry),
    ...(dns === undefined || !hasOptions(dns) ? {} : { dhcp: finishDns(dns, own.extra) }),
    ...(isForwarding(dns)
      ? { forwarding: { resolvers: dns.forward, interfaces: resolverInterfaces(network) } }
      : {}),
    flowLogs,
    tags,
    existingNames,
    subnets,
    ...(create.vpn === 'none' || network.vpn === undefined
      ? {}
      : { vpn: finishVpn(network, create.vpn, remoteNetworks(key, around)) }),
    ...(network.attachment === undefined
      ? {}
      : {
          attachment: finishAttachment(network, network.attachment, around),
          ...makerOf(network.attachment, around),
        }),
  };
}

type Dns = NonNullable<Infer<typeof NETWORK_ENTRY>['create']['dns']>;

function finishDns({ servers = [], search }: Dns, { ntp_servers: ntp }: SubnetDraft['extra']): NetworkDhcp {
  const ntpServers = Array.isArray(ntp)
    ? ntp.map(String).filter((server) => ipv4Number(server) !== undefined)
    : [];
  return {
    nameServers: servers,
    ...(search === undefined ? {} : { domain: search }),
    ntpServers: ntpServers.slice(0, 4),
  };
}

function finishSubnet(
  { entry, cidr, zone, publicSubnet, spot, extra }: SubnetDraft,
  born: string,
): AwsSubnet {
  return {
    entry,
    born,
    cidr: complete(cidr),
    ...(zone === undefined ? {} : { zone }),
    ...(publicSubnet ? { publicSubnet } : {}),
    spot,
    extra,
  };
}

function finishVpn(
  { vpn }: NetworkDraft,
  keys: Infer<typeof VPN_KEYS>,
  networks: AwsVpn['remoteNetworks'],
): AwsVpn {
  const { routing, mode, crypto, amazonSideAsn: cloudAsn, presharedKeyStorage, logs } = keys;
  return {
    routing,
    mode,
    crypto,
    cloudAsn,
    presharedKeyStorage,
    keysKeptByCloud: presharedKeyStorage === 'SecretsManager',
    remoteNetworks: networks,
    tunnels: complete(vpn).tunnels,
    ...(logs === 'none' ? {} : { logs }),
  };
}
