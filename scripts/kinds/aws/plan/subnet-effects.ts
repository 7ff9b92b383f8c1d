import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { INTERNET_TYPES } from './internet-effects';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';
import { publicSubnetWords, whyReplaced } from './subnet-words';

/**
 * What a plan does to subnets: of nodes, and public ones, in which no nodes are.
 *
 * @param told - what other effects have told already
 */
export function subnetEffects(network: PlannedNetwork, told: readonly ScrubbedChange[]): Told {
  if (network.replacedVpc !== undefined) return NOTHING_TOLD;
  const nodes = network.nodeSubnets.flatMap((subnet) => nodeEffect(network, subnet));
  const others = network.publicSubnets.filter((subnet) => !told.includes(subnet)).flatMap(publicEffect);
  // A subnet of another zone comes and goes with its own NAT gateway, tables and routes.
  const hasOwnZone = nodes.some(({ change }) => change !== 'subnet replaced');
  const types = [
    'aws_subnet',
    ...(hasOwnZone ? [...INTERNET_TYPES, 'aws_vpn_gateway_route_propagation'] : []),
  ];
  return { effects: [...nodes, ...others], covers: ({ type }) => types.includes(type) };
}

function nodeEffect(network: PlannedNetwork, subnet: ScrubbedChange): readonly Effect[] {
  const { before, after } = subnet;
  if (creates(subnet)) {
    const path = network.internetPath(subnet, 'after');
    const address =
      path?.address !== undefined && stays(path.address) ? ` ${path.address.before.public_ip}` : '';
    const access =
      path === undefined
        ? 'without Internet access'
        : `with Internet access through ${path !== undefined && creates(path.nat) ? 'a new NAT gateway' : `NAT${address}`}`;
    return [
      {
        change: 'subnet added',
        what: `subnet ${after.cidr_block} is added, ${access}`,
        about: [subnet],
        isComplete: true,
      },
    ];
  }
  const first = 'delete its nodes first, because AWS refuses to delete a subnet that is in use';
  if (removes(subnet))
    return [
      {
        change: 'subnet destroyed',
        what: `subnet ${before.cidr_block} is DESTROYED: ${first}`,
        about: [subnet],
        isComplete: true,
      },
    ];
  if (!isReplaced(subnet)) return [];
  const what = `subnet ${before.cidr_block} is REPLACED${whyReplaced(subnet)}: ${first}`;
  const isMoved = before.cidr_block !== after.cidr_block;
  return [
    {
      change: 'subnet replaced',
      what: isMoved ? `${what}; new nodes get addresses of ${after.cidr_block}` : what,
      about: [subnet],
      isComplete: true,
    },
  ];
}

function publicEffect(subnet: ScrubbedChange): readonly Effect[] {
  const { before, after } = subnet;
  if (creates(subnet))
    return [{ change: 'public subnet added', what: `public subnet ${after.cidr_block} is added` }];
  const none = 'no nodes are in it';
  if (removes(subnet))
    return [
      { change: 'public subnet destroyed', what: `public subnet ${before.cidr_block} is DESTROYED; ${none}` },
    ];
  if (!isReplaced(subnet)) return [];
  return [{ change: 'public subnet replaced', what: `${publicSubnetWords(subnet)}; ${none}` }];
}
