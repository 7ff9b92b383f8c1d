import { ENDPOINTS_IN_REGION, RESOLVER_INTERFACES } from '../../../model/clouds/aws/dns-forwarding';
import { RESERVED_LAST } from '../../../model/clouds/aws/reserved-addresses';
import { ipv4Number } from '../../../model/net/ipv4';
import type { ProblemList } from '../../ground/problem-list';
import { remoteNetworks } from '../../site/remote-networks';
import type { Place } from '../../source/place';
import type { Around } from '../kind';
import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';
import { RULES_QUOTA } from './ingress';
import type { NetworkForwarding } from './network';
import { zoneSubnets } from './zone-subnets';

/** AWS's resolver, by the address that it has in every VPC beside that of the VPC's own block (Amazon VPC user guide, "DNS attributes"). */
const OWN_RESOLVER = '169.254.169.253';

interface DnsKeys {
  readonly servers?: readonly string[];
  readonly search?: string;
  readonly forward?: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Whether domains are forwarded. */
export function isForwarding<D extends DnsKeys>(
  dns: D | undefined,
): dns is D & { readonly forward: NonNullable<D['forward']> } {
  return Object.keys(dns?.forward ?? {}).length > 0;
}

/** Whether nodes get DHCP options of their own: with `forward` alone they keep AWS's, whose resolver forwards. */
export function hasOptions({ servers, search, forward }: DnsKeys): boolean {
  return servers !== undefined || search !== undefined || forward === undefined;
}

/**
 * Where the interfaces are from which resolvers are asked: in two zones, or else in two subnets. In one subnet they have its last two
 * addresses: the provider takes two blocks of a subnet without addresses for one (hashicorp/terraform-provider-aws#28233).
 */
export function resolverInterfaces(network: NetworkDraft): NetworkForwarding['interfaces'] {
  const inZones = zoneSubnets(network);
  const others = subnetsOf(network).filter(({ entry }) => !inZones.some((subnet) => subnet.entry === entry));
  const chosen = [...inZones, ...others].slice(0, RESOLVER_INTERFACES);
  const [only, second] = chosen;
  if (only === undefined || second !== undefined) return chosen.map(({ entry }) => ({ entry }));
  return lastAddresses(only).map((address) => ({ entry: only.entry, address }));
}

function lastAddresses({ cidr }: SubnetDraft): readonly string[] {
  if (cidr === undefined) return [];
  const from = cidr.size - RESERVED_LAST - RESOLVER_INTERFACES;
  return Array.from({ length: RESOLVER_INTERFACES }, (_, index) => cidr.address(from + index));
}

/** How many addresses of a subnet the interfaces have. */
export function resolverAddresses(network: NetworkDraft, entry: string): number {
  if (!isForwarding(network.draft.create?.dns)) return 0;
  // A subnet that is alone has both, also where its block is broken.
  if (subnetsOf(network).length === 1) return RESOLVER_INTERFACES;
  return resolverInterfaces(network).filter((one) => one.entry === entry).length;
}

/** Checks that the resolvers can be asked, and that nodes ask the one that asks them. */
export function checkForwarding(network: NetworkDraft, around: Around<unknown>, problems: ProblemList): void {
  const { draft, place } = network;
  const dns = draft.create?.dns;
  if (!isForwarding(dns)) return;
  const where = place.below('create', 'dns');
  checkServers(network, where, problems);
  if (network.vpn === undefined && network.attachment === undefined) {
    const message = "needs a VPN or a hub: with vpn: none nothing reaches the site's resolvers";
    problems.error('refused-key', where.keyAt('forward'), message, 'remove it, or vpn: none');
    return;
  }
  checkResolvers(network, where.below('forward'), around, problems);
  checkRules(where.below('forward'), problems);
  const [first, second] = resolverInterfaces(network).flatMap(({ address }) => address ?? []);
  if (first !== undefined && second !== undefined)
    problems.note(
      'one-subnet',
      where.keyAt('forward'),
      `resolvers are asked from ${first} and ${second}, which no node may have: AWS needs two addresses, and the network has one subnet; with a second one, in another zone, AWS chooses them, and names of the site are resolved when a zone fails`,
    );
}

/** Nodes that ask other servers never reach AWS's resolver, which forwards; a server in the VPC may ask it for them. */
function checkServers({ draft }: NetworkDraft, where: Place, problems: ProblemList): void {
  const { dns, vpcCidr } = draft.create ?? {};
  const servers = dns?.servers;
  if (servers === undefined || vpcCidr === undefined) return;
  if (servers.some((server) => server === OWN_RESOLVER || vpcCidr.containsAddress(server))) return;
  const message = `forwards nothing beside servers outside of the VPC (${servers.join(', ')}): AWS's own resolver forwards, and nodes do not ask it`;
  problems.error('refused-key', where.keyAt('forward'), message, 'remove servers, or forward');
}

function checkResolvers(
  { key }: NetworkDraft,
  forward: Place,
  around: Around<unknown>,
  problems: ProblemList,
): void {
  // Without a site, that is what is missing.
  if (around.site === undefined) return;
  const networks = remoteNetworks(key, around);
  for (const address of resolverPlaces(forward)) {
    const given = address.text;
    if (given === undefined || networks.some((network) => network.containsAddress(given))) continue;
    const must = `must be in a network that ${key} reaches through the gateway (${networks.join(', ')})`;
    problems.error('resolver-outside', address.at(), { must, got: given }, 'add its network to site.subnets');
  }
}

/** Each resolver has a rule for UDP and one for TCP in the security group of the interfaces. */
function checkRules(forward: Place, problems: ProblemList): void {
  const rules = 2 * new Set(resolverPlaces(forward).map(({ text }) => text)).size;
  if (rules <= RULES_QUOTA) return;
  const message = `makes ${rules} rules; AWS takes ${RULES_QUOTA} in a security group unless the quota is raised`;
  problems.warning('many-rules', forward.keyAt(), message, 'name fewer resolvers');
}

/** The places of all resolvers whose addresses can be read. */
function resolverPlaces(forward: Place): readonly Place[] {
  return forward.names
    .flatMap((domain) => forward.below(domain).items)
    .filter(({ text }) => ipv4Number(text ?? '') !== undefined);
}

/** Notes networks of one region that forward, where they are more than AWS takes without being asked. */
export function checkResolverQuota(networks: readonly NetworkDraft[], problems: ProblemList): void {
  const counts = new Map<string, number>();
  for (const { place, draft } of networks) {
    const region = draft.awsRegion;
    if (region === undefined || !isForwarding(draft.create?.dns)) continue;
    const count = (counts.get(region) ?? 0) + 1;
    counts.set(region, count);
    if (count !== ENDPOINTS_IN_REGION + 1) continue;
    const message = `is in more than ${ENDPOINTS_IN_REGION} networks of ${region}: AWS takes ${ENDPOINTS_IN_REGION} endpoints of its resolver in a region unless the quota is raised`;
    problems.warning('too-much', place.keyAt('create', 'dns', 'forward'), message, 'let AWS raise the quota');
  }
}
