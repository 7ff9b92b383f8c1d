import { listed } from '../../../../base/text/listed';
import type { Json, JsonMap } from '../../../../catalog/ground/json';
import { Peer } from '../../../../model/net/peer';
import { PORT_PROFILES, profileRules } from '../../../../model/net/port-profiles';
import type { StateInstance } from '../../../../terraform/state/state-file';
import type { AdoptionInput } from '../../adoption';
import { blocksOf, numberOf, tagsOf, textOf } from './attributes';
import type { FoundNetwork, FoundSubnet } from './found-network';
import type { FoundVpn } from './found-vpn';
import { compareRules, type FoundRule, ingressOf } from './rules';
import { idOf } from './things';
import { tunnelKeysOf } from './tunnel-options';

/** The entries of a network that exists, and what they can't say. */
export interface FoundEntries {
  readonly entry: JsonMap;
  readonly further: Readonly<Record<string, JsonMap>>;
  readonly notes: readonly string[];
}

/** Keys of an entry without `create` that the build gives. */
const KNOWN_LATER: ReadonlySet<string> = new Set([
  'aws_region',
  'aws_availability_zone',
  'aws_vpc_subnet_id',
  'aws_vpc_security_group_id',
  'aws_vcp_subnet_id',
  'aws_vcp_security_group_id',
  'private_network_ipmask',
]);

/** The catalog's entries for a network: what Terraform would build from them is what exists. */
export function entriesOf(network: FoundNetwork, input: AdoptionInput): FoundEntries {
  const notes: string[] = [];
  const [own, ...others] = network.subnets;
  const zone = zoneOf(own, network.egress, notes);
  const tags = commonTags(network);
  const vpn: Json = network.vpn === undefined ? 'none' : vpnOf(network, network.vpn, notes);
  const existing = existingNames(network);
  const entry: JsonMap = {
    aws_region: network.region,
    ...(zone === undefined ? {} : { aws_availability_zone: zone }),
    private_network_ipmask: own.cidr.toString(),
    ...extraKeys(input, own.entry),
    create: {
      vpc_cidr: network.vpcCidr.toString(),
      ...(own.serves && own.nat ? { public_subnet: own.nat.cidr } : {}),
      egress: network.egress,
      ingress: ingress(network, input, notes),
      ...(Object.keys(tags).length === 0 ? {} : { tags }),
      vpn,
      ...(Object.keys(existing).length === 0 ? {} : { existing_names: existing }),
    },
  };
  const further = others.map((subnet): [string, JsonMap] => [
    subnet.entry,
    {
      ...(subnet.zone === undefined ? {} : { aws_availability_zone: subnet.zone }),
      private_network_ipmask: subnet.cidr.toString(),
      ...extraKeys(input, subnet.entry),
      create: {
        within: own.entry,
        ...(subnet.serves && subnet.nat ? { public_subnet: subnet.nat.cidr } : {}),
      },
    },
  ]);
  return { entry, further: Object.fromEntries(further), notes };
}

/** Keys of an entry that the catalog has already, for instance its time servers. */
function extraKeys({ adopted }: AdoptionInput, name: string): JsonMap {
  return Object.fromEntries(Object.entries(adopted.get(name) ?? {}).filter(([key]) => !KNOWN_LATER.has(key)));
}

/** The zone of the network's own subnet; open where the NAT's subnet is in another one, which would otherwise be replaced. */
function zoneOf(own: FoundSubnet, egress: FoundNetwork['egress'], notes: string[]): string | undefined {
  const { zone, nat } = own;
  if (egress === 'none' || nat === undefined || nat.zone === zone) return zone;
  notes.push(
    `aws_availability_zone is left open: the private subnet is in ${zone}, the public one in ${nat.zone}, and a zone in the catalog is that of both`,
  );
  return undefined;
}

function ingress(network: FoundNetwork, { site, source }: AdoptionInput, notes: string[]): Json {
  const { securityGroup, things } = network;
  if (securityGroup === undefined) {
    notes.push('there is no security group: one is made, with the rules of the profile vc-node');
    return 'vc-node';
  }
  const { rules, unsaid } = ingressOf(securityGroup, things);
  if (unsaid.length > 0) {
    notes.push(
      `${listed(unsaid)}: rules of IPv6 stay as they are in ${idOf(securityGroup)}, and are not in the catalog`,
    );
  }
  const siteNetworks = (site?.subnets ?? []).map(String);
  const found = new Set(rules.map((rule) => `${rule.port.key} ${rule.source}`));
  const profile = PORT_PROFILES.find((name) => {
    const wanted = new Set(
      profileRules(name, { site: site?.subnets ?? [] }).map(
        (rule) => `${rule.port.key} ${rule.peer.value ?? 'self'}`,
      ),
    );
    return wanted.size === found.size && [...wanted].every((rule) => found.has(rule));
  });
  if (profile !== undefined) return profile;
  return groupedRules([...rules].sort(compareRules), siteNetworks, source);
}

/** Rules of one port and one description together, as a catalog's list has them. */
function groupedRules(rules: readonly FoundRule[], site: readonly string[], source: string): Json {
  const groups = new Map<string, FoundRule[]>();
  for (const rule of rules) {
    // A public rule has a reason of its own.
    const key = JSON.stringify([rule.port.key, rule.description ?? '', isPublic(rule)]);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((group): JsonMap => {
    const [first] = group;
    if (first === undefined) throw new Error('an empty group');
    const { port, description } = first;
    const sources = group.map((rule) => rule.source);
    const hasSite = site.length > 0 && site.every((network) => sources.includes(network));
    const from = hasSite ? ['site', ...sources.filter((one) => !site.includes(one))] : sources;
    const { protocol } = port;
    const hasPorts = protocol === 'tcp' || protocol === 'udp';
    return {
      protocol,
      ...(hasPorts ? { ports: port.from === port.to ? `${port.from}` : `${port.from}-${port.to}` } : {}),
      ...(protocol === 'icmp' ? { icmp_type: port.from ?? -1, icmp_code: port.to ?? -1 } : {}),
      from: from.length === 1 ? (from[0] ?? '') : from,
      ...(description === undefined ? {} : { description }),
      ...(isPublic(first) ? { allow_public: `it was so in ${source.replace(/^.*\//, '')}` } : {}),
    };
  });
}

function isPublic({ source }: FoundRule): boolean {
  return /^\d+\.\d+\.\d+\.\d+\//.test(source) && Peer.ipv4(source).isPublic;
}

function vpnOf(network: FoundNetwork, vpn: FoundVpn, notes: string[]): JsonMap {
  const { gateway, connection, networks } = vpn;
  const { attributes } = connection;
  const { crypto, tunnelOptions, tunnels, setAnew, writesDefaults } = tunnelKeysOf(attributes);
  if (setAnew.length > 0)
    notes.push(`AWS chooses ${listed(setAnew)} now; crypto: ${crypto} sets them, in place`);
  if (writesDefaults) {
    notes.push(
      `crypto: ${crypto} sets options that nobody has set on the connection, most of them to AWS's own defaults: the first apply restarts the tunnels, one after the other`,
    );
  }
  const isStatic = attributes.static_routes_only === true;
  const asn = numberOf(gateway.attributes, 'amazon_side_asn');
  const logs = logsOf(network, vpn);
  if (logs === 'none' && logOptions(attributes).some(isLogging))
    notes.push('the logs of the tunnels stay as they are, and are not in the catalog');
  if (isStatic && networks.length === 0)
    notes.push('the connection has no static route: one is made for each of site.subnets');
  notes.push(
    'vpn.mode is route-based, which no state says: where the gateway is policy-based, as in the manual of VCP, write mode: policy-based',
  );
  const storage = textOf(attributes, 'preshared_key_storage');
  return {
    routing: isStatic ? 'static' : 'bgp',
    crypto,
    ...(asn === undefined || asn === 64512 ? {} : { amazon_side_asn: asn }),
    ...(storage === 'SecretsManager' ? { preshared_key_storage: storage } : {}),
    logs,
    ...(Object.keys(tunnelOptions).length === 0 ? {} : { tunnel_options: tunnelOptions }),
    tunnels: [...tunnels],
  };
}

/** The log group of both tunnels, where it is one of the state's. */
export function vpnLogGroup(network: FoundNetwork, { connection }: FoundVpn): StateInstance | undefined {
  const options = logOptions(connection.attributes);
  const [first, second] = options.map((option) => textOf(option, 'log_group_arn')?.replace(/:\*$/, ''));
  if (options.length !== 2 || !options.every(isLogging) || first === undefined || first !== second)
    return undefined;
  return network.things
    .all('aws_cloudwatch_log_group')
    .find(({ attributes }) => textOf(attributes, 'arn')?.replace(/:\*$/, '') === first);
}

function logsOf(network: FoundNetwork, vpn: FoundVpn): Json {
  const group = vpnLogGroup(network, vpn);
  const [option] = logOptions(vpn.connection.attributes);
  if (group === undefined || option === undefined) return 'none';
  const format = textOf(option, 'log_output_format') === 'text' ? 'text' : 'json';
  return { format, retention_days: numberOf(group.attributes, 'retention_in_days') ?? 0 };
}

function logOptions(attributes: StateInstance['attributes']): readonly StateInstance['attributes'][] {
  return [1, 2].flatMap((number) =>
    blocksOf(attributes, `tunnel${number}_log_options`).flatMap((block) =>
      blocksOf(block, 'cloudwatch_log_options'),
    ),
  );
}

function isLogging(option: StateInstance['attributes']): boolean {
  return option.log_enabled === true;
}

/** Names that replace their resource where they change. */
function existingNames(network: FoundNetwork): JsonMap {
  const { securityGroup, vpn } = network;
  const names: Record<string, Json> = {};
  if (securityGroup !== undefined) {
    const name = textOf(securityGroup.attributes, 'name');
    if (name !== undefined) names.security_group = name;
    const description = textOf(securityGroup.attributes, 'description');
    if (description !== undefined) names.security_group_description = description;
  }
  if (vpn !== undefined) {
    names.customer_gateway_device = textOf(vpn.customerGateway.attributes, 'device_name') ?? '';
    const group = vpnLogGroup(network, vpn);
    const name = group && textOf(group.attributes, 'name');
    if (name !== undefined) names.vpn_log_group = name;
  }
  return names;
}

/** The tags that everything has which is tagged at all. */
function commonTags({ vpc, subnets, securityGroup, vpn }: FoundNetwork): JsonMap {
  const things = [
    vpc,
    ...subnets.map(({ subnet }) => subnet),
    ...(securityGroup ? [securityGroup] : []),
    ...(vpn ? [vpn.gateway] : []),
  ];
  const tagged = things.map(({ attributes }) => tagsOf(attributes));
  const own = [...(tagged[0] ?? [])].filter(
    ([key, value]) => isFree(key) && tagged.every((tags) => tags.get(key) === value),
  );
  return Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a catalog may give the tag. */
function isFree(key: string): boolean {
  return !/^(Name|environment|managed-by)$|^kakehashi:|^aws:/i.test(key);
}
