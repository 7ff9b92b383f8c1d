import type { Cidr } from '../../model/net/cidr';
import { PropsError } from '../props-error';
import type { NetworkProps, NodeSubnetProps } from './network';

/**
 * Checks what AWS would refuse, or would build in a way that nobody meant.
 *
 * @throws {@link PropsError}
 */
export function checkNetworkProps(path: string, props: NetworkProps): void {
  const refuse = (problem: string): never => {
    throw new PropsError(path, problem);
  };
  if (!/^[A-Za-z0-9_-]{1,50}$/.test(props.name)) {
    refuse(`name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got ${JSON.stringify(props.name)}`);
  }
  if (!isVpcSize(props.cidr)) refuse(`cidr: must be a block from /16 to /28, got ${props.cidr}`);
  const blocks = Object.entries(props.subnets).flatMap(([key, subnet]) => blocksOf(key, subnet));
  if (blocks.length === 0) refuse('subnets: must hold at least one, got none');
  blocks.forEach((block, index) => {
    if (!isVpcSize(block.cidr)) refuse(`${block.prop}: must be a block from /16 to /28, got ${block.cidr}`);
    if (!props.cidr.contains(block.cidr))
      refuse(`${block.prop}: must lie in the VPC (${props.cidr}), got ${block.cidr}`);
    const other = blocks.slice(0, index).find((earlier) => earlier.cidr.overlaps(block.cidr));
    if (other) refuse(`${block.prop}: ${block.cidr} overlaps ${other.prop} (${other.cidr})`);
  });
  checkWayOut(props, refuse);
}

function checkWayOut(props: NetworkProps, refuse: (problem: string) => never): void {
  const subnets = Object.entries(props.subnets);
  if (props.egress === 'nat' && !subnets.some(([, subnet]) => subnet.publicCidr)) {
    refuse('egress: "nat" needs a public subnet (publicCidr), got none');
  }
  if (props.egress !== 'nat-per-zone') return;
  const zones = new Set(subnets.map(([, subnet]) => subnet.zone));
  for (const zone of zones) {
    const inZone = subnets.filter(([, subnet]) => subnet.zone === zone);
    if (!inZone.some(([, subnet]) => subnet.publicCidr)) {
      refuse(
        `subnets.${inZone[0]?.[0]}.publicCidr: "nat-per-zone" needs one for a subnet of each zone, got none in ${zone ?? 'the zone that is left open'}`,
      );
    }
  }
}

function blocksOf(
  key: string,
  subnet: NodeSubnetProps,
): readonly { readonly prop: string; readonly cidr: Cidr }[] {
  const own = { prop: `subnets.${key}.cidr`, cidr: subnet.cidr };
  return subnet.publicCidr ? [own, { prop: `subnets.${key}.publicCidr`, cidr: subnet.publicCidr }] : [own];
}

/** A VPC and a subnet have the same limits (Amazon VPC user guide, "VPC CIDR blocks"). */
function isVpcSize(cidr: Cidr): boolean {
  return cidr.prefixLength >= 16 && cidr.prefixLength <= 28;
}
