import { Cidr } from '../../model/net/cidr';
import type { ProblemList } from '../ground/problem-list';
import type { EnvironmentDraft, NetworkDraft } from './drafts';
import type { Neighbour } from './neighbours';

interface Claim {
  readonly cidr: Cidr;
  /** Whose it is: `site.subnets`, `aws.osaka.create.vpc_cidr`, `aws.default of prod`. */
  readonly name: string;
  readonly isError: boolean;
}

/** How many of the networks that a VPC overlaps are named. */
const MOST_NAMED = 3;

/** A created VPC must overlap nothing that its nodes or its site may want to reach. */
export function checkOverlaps(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  const foreign = neighbours.flatMap((neighbour) => claimsOf(neighbour, draft));
  const site = (draft.site?.subnets ?? []).map(
    (cidr): Claim => ({ cidr, name: 'site.subnets', isError: true }),
  );
  const earlier: Claim[] = [];
  for (const network of draft.networks) {
    const { vpcCidr, entry } = network;
    if (!vpcCidr) continue;
    check(network, vpcCidr, [site, earlier, adoptedClaims(draft, network), foreign], problems);
    earlier.push({ cidr: vpcCidr, name: `aws.${entry}.create.vpc_cidr`, isError: true });
  }
}

function check(
  { create }: NetworkDraft,
  vpcCidr: Cidr,
  groups: readonly (readonly Claim[])[],
  problems: ProblemList,
): void {
  const overlapping = groups.flatMap((claims) => claims.filter((claim) => claim.cidr.overlaps(vpcCidr)));
  if (overlapping.length === 0) return;
  const free = freeBlock(
    vpcCidr,
    groups.flatMap((claims) => claims.map((claim) => claim.cidr)),
  );
  for (const { cidr, name, isError } of overlapping.slice(0, MOST_NAMED)) {
    const message = `${vpcCidr} overlaps ${name} (${cidr})`;
    const mend = `choose a block that no other network of the catalog uses${free}`;
    const [path, position] = [create.pathOf('vpc_cidr'), create.at('vpc_cidr')];
    if (isError) problems.error('overlap', path, message, position, mend);
    else problems.warning('overlap', path, message, position, `they do not share a gateway; ${mend}`);
  }
}

/** Adopted networks; a subnet of the same region inside the VPC is taken for one of this VPC, as its spot copy is. */
function adoptedClaims(draft: EnvironmentDraft, network: NetworkDraft): readonly Claim[] {
  return draft.adopted.flatMap(({ provider, name, values }): Claim[] => {
    const ipmask = values.private_network_ipmask;
    if (typeof ipmask !== 'string') return [];
    const cidr = Cidr.parse(ipmask);
    const isOfAws = provider === 'aws' || provider === 'aws_spot';
    if (isOfAws && values.aws_region === network.region && network.vpcCidr?.contains(cidr)) return [];
    return [{ cidr, name: `${provider}.${name}.private_network_ipmask`, isError: true }];
  });
}

/** Networks of another environment; an error where both end at one gateway. */
function claimsOf({ draft: other, environment }: Neighbour, draft: EnvironmentDraft): readonly Claim[] {
  if (!other) return [];
  const isShared = other.publicIp !== undefined && other.publicIp === draft.publicIp;
  const networks = other.networks.flatMap(({ vpcCidr, entry }): Claim[] => {
    return vpcCidr
      ? [{ cidr: vpcCidr, name: `aws.${entry}.create.vpc_cidr of ${environment}`, isError: isShared }]
      : [];
  });
  const site = isShared ? (other.site?.subnets ?? []) : [];
  const own = new Set(draft.site?.subnets.map(String));
  const subnets = site
    .filter((cidr) => !own.has(cidr.toString()))
    .map((cidr): Claim => ({ cidr, name: `site.subnets of ${environment}`, isError: true }));
  return [...networks, ...subnets];
}

/** `, for instance 172.30.0.0/16`: a free block of the same size in 172.16.0.0/12 or 10.0.0.0/8, from the top. */
function freeBlock({ prefixLength }: Cidr, taken: readonly Cidr[]): string {
  if (prefixLength < 16) return '';
  for (const [first, last] of [
    [Cidr.parse('172.16.0.0/16'), Cidr.parse('172.30.0.0/16')],
    [Cidr.parse('10.1.0.0/16'), Cidr.parse('10.254.0.0/16')],
  ] as const) {
    for (let address = last.first; address >= first.first; address -= 65536) {
      const block = Cidr.of(address, prefixLength);
      if (!taken.some((cidr) => cidr.overlaps(block))) return `, for instance ${block}`;
    }
  }
  return '';
}
