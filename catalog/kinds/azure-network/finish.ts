import { GATEWAY_SKUS, usualGeneration } from '../../../model/clouds/azure/gateway-skus';
import { LOCATIONS, locationName, ZONES } from '../../../model/clouds/azure/locations';
import { connectionKey } from '../../../model/gateway/site-gateway';
import { complete } from '../../ground/complete';
import { ProblemList } from '../../ground/problem-list';
import type { EntryNetworks } from '../../ingress/resolve';
import type { Infer } from '../../shape/shape';
import { remoteNetworks } from '../../site/remote-networks';
import type { Around } from '../kind';
import {
  blocksSeenBySite,
  isActiveActive,
  type NetworkDraft,
  type SubnetDraft,
  subnetsOf,
  vnetCidrsOf,
} from './draft';
import { prioritized, resolveIngress } from './ingress';
import type { VPN_KEYS } from './keys';
import { namesOf, subnetNameOf } from './names';
import type { AzureNetwork, AzureSubnet, AzureVpn } from './network';
import { ipsecPolicyOf } from './policy';

/** The network of a draft in which no error was found. */
export function finishNetwork(
  network: NetworkDraft,
  around: Around<unknown>,
  entries: EntryNetworks,
): AzureNetwork {
  const { key, entry, value } = network;
  const { azureLocation: shownLocation, create } = complete(value);
  const { bornOf } = around.identities;
  const identity = `azure/${bornOf(key)}`;
  const rules = resolveIngress(network, around, entries, new ProblemList());
  const { ingress, priorities } = prioritized(rules, around.lockedRules[identity] ?? {});
  const [own, ...within] = subnetsOf(network);
  const finishOne = (subnet: SubnetDraft) =>
    finishSubnet(subnet, bornOf(`azure/${subnet.entry}`), around.environment);
  const subnets = [finishOne(own), ...within.map(finishOne)] as const;
  const { gatewaySubnet, dns, flowLogs } = create;
  return {
    key,
    identity,
    provider: 'azure',
    cidrs: vnetCidrsOf(network),
    entries: subnets.map((subnet) => ({ provider: 'azure', name: subnet.entry })),
    rulePriorities: priorities,
    entry,
    location: locationName(shownLocation),
    shownLocation,
    ...namesOf(network, around),
    vnetCidrs: vnetCidrsOf(network),
    ...(gatewaySubnet ? { gatewaySubnet } : {}),
    ...(dns === undefined ? {} : { dnsServers: dns.servers }),
    egress: create.egress === 'none' ? 'none' : 'nat',
    nat: {
      idleTimeoutMinutes: create.nat.idleTimeoutMinutes,
      ...(create.nat.zone === undefined ? {} : { zone: create.nat.zone }),
    },
    ingress,
    ...(typeof flowLogs === 'object' ? { flowLogsStorageAccountId: flowLogs.storageAccountId } : {}),
    tags: create.tags,
    timeouts: {
      gatewayMinutes: Math.ceil(create.timeouts.gateway / 60),
      connectionMinutes: Math.ceil(create.timeouts.connection / 60),
    },
    subnets,
    ...(create.vpn === 'none' ? {} : { vpn: finishVpn(network, create.vpn, around) }),
  };
}

function finishSubnet(subnet: SubnetDraft, born: string, environment: string): AzureSubnet {
  const { entry, cidr, zone, extra } = subnet;
  return {
    entry,
    born,
    name: subnetNameOf(subnet, born, environment),
    cidr: complete(cidr),
    ...(zone === undefined ? {} : { zone }),
    extra,
  };
}

function finishVpn(network: NetworkDraft, keys: Infer<typeof VPN_KEYS>, around: Around<unknown>): AzureVpn {
  const { key, draft, vpn } = network;
  const { routing, mode, crypto, azureAsn: cloudAsn, ipsec, natRules, routingWeight } = keys;
  const sku = complete(GATEWAY_SKUS.find((one) => one === keys.sku));
  const location = LOCATIONS.get(locationName(draft.azureLocation ?? ''));
  const activeActive = isActiveActive(complete(vpn));
  const gateways = around.site?.gateways ?? [];
  return {
    routing,
    mode,
    crypto,
    cloudAsn,
    keysKeptByCloud: false,
    remoteNetworks: remoteNetworks(key, around),
    tunnels: gateways.flatMap(() => (activeActive ? [{}, {}] : [{}])),
    sku,
    generation: keys.generation === 'auto' ? usualGeneration(sku) : keys.generation,
    zones: keys.zones ?? (location?.hasZones ? ZONES : []),
    activeActive,
    bgpPeering: keys.bgpPeering,
    connectionMode: keys.connectionMode,
    saLifetimeSeconds: ipsec.saLifetime,
    saDatasizeKb: ipsec.saDatasizeKb,
    dpdSeconds: ipsec.dpd,
    policy: ipsecPolicyOf(keys),
    seenNetworks: blocksSeenBySite(network),
    natRules: Object.entries(natRules).map(([name, rule]) => ({ name, ...rule })),
    routingWeight,
    connections: gateways.map((gateway) => ({ key: connectionKey(key, gateway), gateway })),
  };
}
