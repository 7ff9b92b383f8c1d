import { listed } from '../../../base/text/listed';
import { GATEWAY_ENDPOINT, interfacesOf } from '../../../model/clouds/aws/endpoints';
import { freeAddresses } from '../../../model/clouds/aws/reserved-addresses';
import { ipv4Number } from '../../../model/net/ipv4';
import type { ProblemList } from '../../ground/problem-list';
import { type NetworkDraft, subnetsOf } from './draft';
import { hasOptions, resolverAddresses } from './forwarding';
import { zoneSubnets } from './zone-subnets';

/** Where fewer of a subnet's addresses than this part of them are left for nodes, a note says so. */
const FEW = 0.2;

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

/** Network interfaces of AWS's own services take addresses of the subnets that nodes are in. */
function checkAddresses(network: NetworkDraft, problems: ProblemList): void {
  for (const { entry, place, cidr } of subnetsOf(network)) {
    const taken = interfacesIn(network, entry);
    const sum = taken.reduce((total, { count }) => total + count, 0);
    if (cidr === undefined || sum === 0) continue;
    const free = freeAddresses(cidr, sum);
    if (free / cidr.size >= FEW) continue;
    const where = place.at('private_network_ipmask');
    const parts = `5 are AWS's, ${sum} of interfaces of ${listed(taken.map(({ what }) => what))}`;
    if (free < 0) problems.error('bad-size', where, `${cidr} has ${cidr.size} addresses, too few: ${parts}`);
    else
      problems.note(
        'few-addresses',
        where,
        `${cidr} has ${free} of ${cidr.size} addresses left for nodes: ${parts}`,
      );
  }
}

/** How many interfaces of AWS's own services are in the subnet of an entry, by what they are of; those of none are left out. */
export function interfacesIn(
  network: NetworkDraft,
  entry: string,
): readonly { readonly what: string; readonly count: number }[] {
  const hasInterfaces = zoneSubnets(network).some((subnet) => subnet.entry === entry);
  const endpoints = interfacesOf((network.draft.create?.endpoints ?? []).flatMap((name) => name ?? []));
  // The interface of a transit gateway takes one of the first subnet of each zone, too, unless it has subnets of its own.
  const { attachment } = network;
  const gateway = attachment !== undefined && attachment.subnets === undefined ? 1 : 0;
  return [
    { what: 'endpoints', count: hasInterfaces ? endpoints : 0 },
    { what: 'the transit gateway', count: hasInterfaces ? gateway : 0 },
    { what: 'the resolver', count: resolverAddresses(network, entry) },
  ].filter(({ count }) => count > 0);
}

/** DHCP has addresses of NTP servers alone; the controller takes names, too. */
function noteNtpNames({ place, draft, extra }: NetworkDraft, problems: ProblemList): void {
  const dns = draft.create?.dns;
  if (dns === undefined || !hasOptions(dns)) return;
  const { ntp_servers: servers } = extra;
  if (!Array.isArray(servers) || servers.every((server) => ipv4Number(String(server)) !== undefined)) return;
  problems.note(
    'unusual-value',
    place.at('ntp_servers'),
    'names of NTP servers go out in the entry; nodes learn only addresses of them by DHCP',
  );
}
