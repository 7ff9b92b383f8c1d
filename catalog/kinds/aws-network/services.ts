import { GATEWAY_ENDPOINT, interfacesOf } from '../../../model/clouds/aws/endpoints';
import { freeAddresses } from '../../../model/clouds/aws/reserved-addresses';
import { ipv4Number } from '../../../model/net/ipv4';
import type { ProblemList } from '../../ground/problem-list';
import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';

/** Where fewer of a subnet's addresses than this part of them are left for nodes, a note says so. */
const FEW = 0.2;

/**
 * The subnets in which network interfaces of AWS's services are: the first of each zone, because AWS takes one of each. A zone that
 * is left open may be any of the others, so such a subnet counts only where all zones are open.
 */
export function zoneSubnets(network: NetworkDraft): readonly SubnetDraft[] {
  const subnets = subnetsOf(network);
  const zoned = subnets.filter(({ zone }) => zone !== undefined);
  if (zoned.length === 0) return [subnets[0]];
  return zoned.filter(({ zone }, index) => zoned.findIndex((other) => other.zone === zone) === index);
}

/** Checks what nodes are to have beside their network: services of AWS, and name resolution. */
export function checkServices(network: NetworkDraft, problems: ProblemList): void {
  checkEndpoints(network, problems);
  checkAddresses(network, problems);
  noteNtpNames(network, problems);
}

function checkEndpoints({ place, draft }: NetworkDraft, problems: ProblemList): void {
  const endpoints = draft.create?.endpoints ?? [];
  const where = place.below('create', 'endpoints');
  if (endpoints.length === 0) return;
  if (draft.awsRegion?.startsWith('cn-')) {
    const message = 'endpoints in regions of China, whose services have other names, are not built yet';
    problems.error('not-built', where.keyAt(), message, 'remove endpoints, or use egress: nat');
  }
  if (!endpoints.includes('ecr') || endpoints.includes(GATEWAY_ENDPOINT) || draft.create?.egress !== 'none')
    return;
  const at = where.at(endpoints.indexOf('ecr'));
  const message = 'pulls no image without s3: the layers of images of ECR are in S3, and egress is none';
  problems.error('missing-key', at, message, 'add s3, which costs nothing');
}

/** The interfaces of endpoints take addresses of the subnets that nodes are in. */
function checkAddresses(network: NetworkDraft, problems: ProblemList): void {
  const endpoints = interfacesOf((network.draft.create?.endpoints ?? []).flatMap((name) => name ?? []));
  // The interface of a transit gateway takes one of the first subnet of each zone, too, unless it has subnets of its own.
  const { attachment } = network;
  const taken = endpoints + (attachment !== undefined && attachment.subnets === undefined ? 1 : 0);
  const withInterfaces = new Set(zoneSubnets(network).map(({ entry }) => entry));
  for (const { entry, place, cidr } of subnetsOf(network)) {
    if (cidr === undefined || taken === 0 || !withInterfaces.has(entry)) continue;
    // All endpoints together leave two addresses of the smallest subnet.
    const free = freeAddresses(cidr, taken);
    if (free / cidr.size >= FEW) continue;
    problems.note(
      'few-addresses',
      place.at('private_network_ipmask'),
      `${cidr} has ${free} of ${cidr.size} addresses left for nodes: 5 are AWS's, ${taken} of interfaces of ${interfaceWords(endpoints, taken)}`,
    );
  }
}

function interfaceWords(endpoints: number, taken: number): string {
  const words = [
    ...(endpoints > 0 ? ['endpoints'] : []),
    ...(taken > endpoints ? ['the transit gateway'] : []),
  ];
  return words.join(' and ');
}

/** DHCP has addresses of NTP servers alone; the controller takes names, too. */
function noteNtpNames({ place, draft, extra }: NetworkDraft, problems: ProblemList): void {
  if (draft.create?.dns === undefined) return;
  const { ntp_servers: servers } = extra;
  if (!Array.isArray(servers) || servers.every((server) => ipv4Number(String(server)) !== undefined)) return;
  problems.note(
    'unusual-value',
    place.at('ntp_servers'),
    'names of NTP servers go out in the entry; nodes learn only addresses of them by DHCP',
  );
}
