import { Cidr } from '../../../model/net/cidr';
import { PRIVATE_BLOCKS } from '../../../model/net/special-purpose';
import type { ProblemList } from '../../ground/problem-list';
import type { Place } from '../../source/place';
import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';

/** Where AWS makes no VPC (VPC user guide, "VPC CIDR blocks"). */
const NO_VPC = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'].map((text) => Cidr.parse(text));

interface Block {
  readonly cidr: Cidr;
  readonly place: Place;
  /** Whose it is, in a message. */
  readonly name: string;
}

/** Checks a VPC's own arithmetic: sizes, subnets inside it and apart from each other, and what NAT needs. */
export function checkSubnets(network: NetworkDraft, problems: ProblemList): void {
  const vpcCidr = network.draft.create?.vpcCidr;
  const blocks = blocksOf(network);
  if (vpcCidr) {
    const place = network.place.below('create', 'vpc_cidr');
    checkSize({ cidr: vpcCidr, place, name: 'vpc_cidr' }, 'a VPC', problems);
    const reserved = NO_VPC.find((block) => block.overlaps(vpcCidr));
    if (reserved) {
      const statement = {
        must: `must not overlap ${reserved}, where AWS makes no VPC`,
        got: String(vpcCidr),
      };
      problems.error('bad-value', place.at(), statement, 'for instance 172.30.0.0/16');
    } else notePublicBlock(place, vpcCidr, problems);
  }
  blocks.forEach((block, index) => {
    const { cidr, place } = block;
    if (!checkSize(block, 'a subnet', problems)) return;
    if (vpcCidr && !vpcCidr.contains(cidr)) {
      const must = `must be inside ${network.key}'s VPC ${vpcCidr}`;
      problems.error('subnet-outside', place.at(), { must, got: String(cidr) });
    }
    const other = blocks.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other) problems.error('overlap', place.at(), `${cidr} overlaps ${other.name} (${other.cidr})`);
  });
  checkEgress(network, problems);
}

/** AWS makes such a VPC, and its nodes then have what they would otherwise reach on the Internet as neighbours. */
function notePublicBlock(place: Place, vpcCidr: Cidr, problems: ProblemList): void {
  if (PRIVATE_BLOCKS.some((block) => block.contains(vpcCidr))) return;
  problems.note(
    'public-block',
    place.at(),
    `${vpcCidr} is no private block (${PRIVATE_BLOCKS.join(', ')}): its nodes do not reach the hosts of the Internet that have these addresses; right only where the block is your own`,
  );
}

function blocksOf(network: NetworkDraft): readonly Block[] {
  const block = (entry: string, place: Place, cidr: Cidr | undefined, ...steps: readonly string[]) =>
    cidr === undefined
      ? []
      : [{ cidr, place: place.below(...steps), name: `aws.${entry}.${steps.join('.')}` }];
  const { entry, place, draft } = network;
  return [
    ...block(entry, place, draft.create?.publicSubnet, 'create', 'public_subnet'),
    ...subnetsOf(network).flatMap((subnet) => [
      ...block(subnet.entry, subnet.place, subnet.cidr, 'private_network_ipmask'),
      ...block(subnet.entry, subnet.place, subnet.publicSubnet, 'create', 'public_subnet'),
    ]),
    ...Object.entries(network.attachment?.subnets ?? {}).flatMap(([zone, cidr]) =>
      block(entry, place, cidr, 'create', 'vpn', 'attachment_subnets', zone),
    ),
  ];
}

function checkSize({ cidr, place }: Block, what: string, problems: ProblemList): boolean {
  if (cidr.prefixLength >= 16 && cidr.prefixLength <= 28) return true;
  problems.error('bad-size', place.at(), {
    must: `must be from /16 to /28 for ${what} of AWS`,
    got: String(cidr),
  });
  return false;
}

function checkEgress(network: NetworkDraft, problems: ProblemList): void {
  const { draft, place } = network;
  const egress = draft.create?.egress;
  if (egress === undefined) return;
  const create = place.below('create');
  if (egress === 'none' && create.has('public_subnet')) {
    const message = 'a network with egress: none has no public subnet';
    problems.error('public-subnet', create.keyAt('public_subnet'), message, 'remove it, or use egress: nat');
  }
  if (egress !== 'none' && !create.has('public_subnet')) {
    const message = `key "public_subnet" is missing: egress: ${egress} puts its NAT there`;
    problems.error('missing-key', create.keyAt(), message, 'give it a block of the VPC, or use egress: none');
  }
  const subnets = subnetsOf(network);
  const [own, ...guests] = subnets;
  const open = subnets.filter(({ zone }) => zone === undefined);
  if (egress === 'nat-per-zone' && open.length > 0 && open.length < subnets.length) {
    const message = 'key "aws_availability_zone" is missing: nat-per-zone must know which zones are the same';
    for (const subnet of open) problems.error('missing-key', subnet.place.keyAt(), message);
    return;
  }
  for (const guest of guests) {
    const inZone = subnets.filter(({ zone }) => zone === guest.zone);
    checkGuest(guest, egress, inZone.includes(own) ? [own] : inZone, problems);
  }
}

/**
 * With nat-per-zone one subnet of each zone brings the NAT. It need not be the first: a new subnet with an earlier name must
 * not take it over.
 *
 * @param mayServe the subnets of the zone, or the network's own where it is there
 */
function checkGuest(
  guest: SubnetDraft,
  egress: 'nat' | 'nat-per-zone' | 'none',
  mayServe: readonly SubnetDraft[],
  problems: ProblemList,
): void {
  const create = guest.place.below('create');
  const isPerZone = egress === 'nat-per-zone';
  const serving = mayServe.find(({ place }) => place.has('create', 'public_subnet')) ?? mayServe[0];
  const serves = isPerZone && serving === guest;
  if (serves && !create.has('public_subnet')) {
    const message = `key "public_subnet" is missing: with nat-per-zone one subnet in ${guest.zone} brings the NAT of the zone`;
    problems.error('missing-key', create.keyAt(), message);
  }
  if (!serves && create.has('public_subnet')) {
    const reason = isPerZone
      ? `its zone has the NAT of ${serving?.entry}`
      : `with egress: ${egress} there is no NAT of its own`;
    problems.error(
      'public-subnet',
      create.keyAt('public_subnet'),
      `must not be given: ${reason}`,
      'remove it',
    );
  }
}
