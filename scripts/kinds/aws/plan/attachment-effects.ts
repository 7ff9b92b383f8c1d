import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { type Side, stays } from '../../../../terraform/plan/planned-graph';
import { because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const VPN = ['aws_vpn_connection', 'aws_vpn_gateway', 'aws_customer_gateway'];

/** Routes through the attachment, or through the VPN in its place. */
const WAYS = [
  'aws_route',
  'aws_vpn_connection_route',
  'aws_vpn_gateway_route_propagation',
  'aws_ec2_transit_gateway_route',
  'aws_ec2_transit_gateway_route_table_association',
  'aws_ec2_transit_gateway_route_table_propagation',
];

/** Whether a VPC is on a transit gateway, before the apply or after it. */
export function isAttached({ graph }: PlannedNetwork, side: Side): boolean {
  return graph.of(ATTACHMENT, side).length > 0;
}

/** Whether its attachment stays as it is. */
export function staysAttached({ graph }: PlannedNetwork): boolean {
  return graph.of(ATTACHMENT).some(stays);
}

/** What a plan does to a VPC's attachment to a transit gateway, with the VPN that it takes the place of. */
export function attachmentEffects(network: PlannedNetwork): Told {
  const { graph, attachmentSubnets, replacedVpc } = network;
  const attachment = graph.of(ATTACHMENT)[0];
  if (attachment === undefined) return NOTHING_TOLD;
  const effects: Effect[] = [];
  const hadVpn = graph.of('aws_vpn_connection', 'before').length > 0;
  const hasVpn = graph.of('aws_vpn_connection', 'after').length > 0;
  if (creates(attachment) && hadVpn)
    effects.push({
      change: 'VPN moved to a hub',
      what: 'the VPN connection is DESTROYED, and the network is attached to the transit gateway of its hub: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
      isComplete: true,
    });
  else if (creates(attachment))
    effects.push({
      change: 'attachment added',
      what: 'the network is attached to the transit gateway of its hub: the site and nodes reach each other when the gateway host has loaded its new files',
      isComplete: true,
    });
  else if (removes(attachment) && hasVpn)
    effects.push({
      change: 'VPN moved from a hub',
      what: 'the network leaves the transit gateway of its hub, and a VPN connection of its own is created: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
      isComplete: true,
    });
  else if (removes(attachment))
    effects.push({
      change: 'attachment removed',
      what: 'the network leaves the transit gateway of its hub: the site and nodes no longer reach each other',
      isComplete: true,
    });
  else if (isReplaced(attachment) && attachment.replacedBy.includes('transit_gateway_id'))
    effects.push({
      change: 'hub changed',
      what: 'the network moves to the transit gateway of another hub: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
      isComplete: true,
    });
  // Where the VPC is replaced, that says what follows.
  else if (isReplaced(attachment) && replacedVpc === undefined)
    effects.push({
      change: 'attachment replaced',
      what: `the network's attachment to the transit gateway is REPLACED${because(attachment)}: the site and nodes do not reach each other for some minutes during the apply`,
      isComplete: true,
    });
  else if (!isReplaced(attachment) && attachment.changed.includes('subnet_ids'))
    effects.push({
      change: 'attachment subnets',
      what: "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
      isComplete: true,
    });
  const isWhole = !stays(attachment);
  return {
    effects,
    covers: (change) =>
      (change === attachment && effects.length > 0) ||
      (effects.length > 0 && attachmentSubnets.includes(change)) ||
      (isWhole && WAYS.includes(change.type)) ||
      (isWhole && (hadVpn || hasVpn) && VPN.includes(change.type)),
  };
}
