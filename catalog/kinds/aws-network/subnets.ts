import { Cidr } from '../../../model/net/cidr';
import type { NetworkDraft, SubnetDraft } from '../../environment/drafts';
import type { ProblemList } from '../../ground/problem-list';
import type { Section } from '../../shape/section';

/** Where AWS makes no VPC (VPC user guide, "VPC CIDR blocks"). */
const NO_VPC = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'].map((text) => Cidr.parse(text));

interface Block {
  readonly cidr: Cidr;
  /** The map that holds the key. */
  readonly section: Section;
  readonly key: string;
  /** Whose it is, in a message. */
  readonly name: string;
}

/** A VPC's own arithmetic: sizes, subnets inside it and apart from each other, and what NAT needs. */
export function checkSubnets(network: NetworkDraft, problems: ProblemList): void {
  const { vpcCidr, create } = network;
  const blocks = blocksOf(network);
  if (vpcCidr) {
    checkSize({ cidr: vpcCidr, section: create, key: 'vpc_cidr', name: 'vpc_cidr' }, 'a VPC', problems);
    const reserved = NO_VPC.find((block) => block.overlaps(vpcCidr));
    if (reserved) {
      const message = `must not overlap ${reserved}, where AWS makes no VPC, got ${vpcCidr}`;
      problems.error(
        'bad-value',
        create.pathOf('vpc_cidr'),
        message,
        create.at('vpc_cidr'),
        'for instance 172.30.0.0/16',
      );
    }
  }
  blocks.forEach((block, index) => {
    const { cidr, section, key } = block;
    if (!checkSize(block, 'a subnet', problems)) return;
    const [path, position] = [section.pathOf(key), section.at(key)];
    if (vpcCidr && !vpcCidr.contains(cidr)) {
      const message = `must be inside ${network.key}'s VPC ${vpcCidr}, got ${cidr}`;
      problems.error('subnet-outside', path, message, position);
    }
    const other = blocks.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other) problems.error('overlap', path, `${cidr} overlaps ${other.name} (${other.cidr})`, position);
  });
  checkEgress(network, problems);
}

function blocksOf(network: NetworkDraft): readonly Block[] {
  const blocks: Block[] = [];
  if (network.publicSubnet) {
    const name = `aws.${network.entry}.create.public_subnet`;
    blocks.push({ cidr: network.publicSubnet, section: network.create, key: 'public_subnet', name });
  }
  for (const { entry, cidr, publicSubnet, section, create } of network.subnets) {
    if (cidr) {
      blocks.push({
        cidr,
        section,
        key: 'private_network_ipmask',
        name: `aws.${entry}.private_network_ipmask`,
      });
    }
    if (publicSubnet) {
      blocks.push({
        cidr: publicSubnet,
        section: create,
        key: 'public_subnet',
        name: `aws.${entry}.create.public_subnet`,
      });
    }
  }
  return blocks;
}

function checkSize({ cidr, section, key }: Block, what: string, problems: ProblemList): boolean {
  if (cidr.prefixLength >= 16 && cidr.prefixLength <= 28) return true;
  const message = `must be from /16 to /28 for ${what} of AWS, got ${cidr}`;
  problems.error('bad-size', section.pathOf(key), message, section.at(key));
  return false;
}

function checkEgress(network: NetworkDraft, problems: ProblemList): void {
  const { egress, create, subnets } = network;
  if (egress === 'none' && create.has('public_subnet')) {
    const message = 'a network with egress: none has no public subnet';
    const mend = 'remove it, or use egress: nat';
    problems.error(
      'public-subnet',
      create.pathOf('public_subnet'),
      message,
      create.keyAt('public_subnet'),
      mend,
    );
  }
  if (egress !== 'none' && !create.has('public_subnet')) {
    const message = `key "public_subnet" is missing: egress: ${egress} puts its NAT there`;
    problems.error(
      'missing-key',
      create.path,
      message,
      create.keyAt(),
      'give it a block of the VPC, or use egress: none',
    );
  }
  const [own, ...guests] = subnets;
  const open = subnets.filter(({ zone }) => zone === undefined);
  if (egress === 'nat-per-zone' && open.length > 0 && open.length < subnets.length) {
    const message = 'key "aws_availability_zone" is missing: nat-per-zone must know which zones are the same';
    for (const { section } of open) problems.error('missing-key', section.path, message, section.keyAt());
    return;
  }
  for (const guest of guests) {
    const inZone = subnets.filter(({ zone }) => zone === guest.zone);
    checkGuest(guest, egress, own !== undefined && inZone.includes(own) ? [own] : inZone, problems);
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
  egress: NetworkDraft['egress'],
  mayServe: readonly SubnetDraft[],
  problems: ProblemList,
): void {
  const { zone, create } = guest;
  const isPerZone = egress === 'nat-per-zone';
  const serving = mayServe.find((subnet) => subnet.create.has('public_subnet')) ?? mayServe[0];
  if (isPerZone && serving === guest && !create.has('public_subnet')) {
    const message = `key "public_subnet" is missing: with nat-per-zone one subnet in ${zone} brings the NAT of the zone`;
    problems.error('missing-key', create.path, message, create.keyAt());
  }
  if (!(isPerZone && serving === guest) && create.has('public_subnet')) {
    const reason = isPerZone
      ? `its zone has the NAT of ${serving?.entry}`
      : `with egress: ${egress} there is no NAT of its own`;
    const path = create.pathOf('public_subnet');
    problems.error(
      'public-subnet',
      path,
      `must not be given: ${reason}`,
      create.keyAt('public_subnet'),
      'remove it',
    );
  }
}
