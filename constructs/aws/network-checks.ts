import type { IConstruct } from 'constructs';
import type { Cidr } from '../../model/net/cidr';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { refuse } from '../props-error';
import { checkKeys, checkName } from './names';
import type { NetworkProps } from './network-props';
import { checkTags } from './tags';

/**
 * Checks what AWS would refuse, or would build in a way that nobody meant, as far as the props are known.
 *
 * @throws {@link PropsError}
 */
export function checkNetworkProps(network: IConstruct, props: NetworkProps): void {
  checkName(network, 'name', props.name);
  checkTags(network, 'tags', props.tags);
  checkKeys(network, 'subnets', props.subnets);
  for (const [key, subnet] of Object.entries(props.subnets))
    checkTags(network, `subnets.${key}.tags`, subnet.tags);
  checkBlocks(network, props);
  checkEgress(network, props);
}

/** A block that a prop gives and that is known. */
export interface Block {
  readonly prop: string;
  readonly cidr: Cidr;
}

function checkBlocks(network: IConstruct, props: NetworkProps): void {
  const [vpc] = knownBlock(network, 'cidr', props.cidr);
  if (Object.keys(props.subnets).length === 0) refuse(network, 'subnets: must hold at least one, got none');
  const blocks = Object.entries(props.subnets).flatMap(([key, { cidr, publicCidr }]) => [
    ...knownBlock(network, `subnets.${key}.cidr`, cidr),
    ...knownBlock(network, `subnets.${key}.publicCidr`, publicCidr),
  ]);
  checkDisjoint(network, vpc?.cidr, blocks);
}

/** @throws {@link PropsError} where subnets lie outside of the VPC, or overlap */
export function checkDisjoint(network: IConstruct, vpc: Cidr | undefined, blocks: readonly Block[]): void {
  blocks.forEach(({ prop, cidr }, index) => {
    if (vpc && !vpc.contains(cidr)) refuse(network, `${prop}: must lie in the VPC (${vpc}), got ${cidr}`);
    const other = blocks.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other) refuse(network, `${prop}: ${cidr} overlaps ${other.prop} (${other.cidr})`);
  });
}

/** The block, unless it is absent or a token; a VPC and a subnet have the same limits (Amazon VPC user guide, "VPC CIDR blocks"). */
export function knownBlock(network: IConstruct, prop: string, value: CidrProp | undefined): readonly Block[] {
  const cidr = value === undefined ? undefined : knownCidr(network, prop, value);
  if (cidr === undefined) return [];
  if (cidr.prefixLength < 16 || cidr.prefixLength > 28)
    refuse(network, `${prop}: must be a block from /16 to /28, got ${cidr}`);
  return [{ prop, cidr }];
}

function checkEgress(network: IConstruct, props: NetworkProps): void {
  const subnets = Object.entries(props.subnets);
  if (props.egress === 'nat' && !subnets.some(([, subnet]) => subnet.publicCidr)) {
    refuse(network, 'egress: "nat" needs a public subnet (publicCidr), got none');
  }
  if (props.egress !== 'nat-per-zone') return;
  const zones = new Set(subnets.map(([, subnet]) => subnet.zone));
  for (const zone of zones) {
    const inZone = subnets.filter(([, subnet]) => subnet.zone === zone);
    if (inZone.some(([, subnet]) => subnet.publicCidr)) continue;
    refuse(
      network,
      `subnets.${inZone[0]?.[0]}.publicCidr: "nat-per-zone" needs one for a subnet of each zone, got none in ${zone ?? 'the zone that is left open'}`,
    );
  }
}
