import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { type PlannedGraph, stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { because } from '../../azure/because';
import { type Effect, isUpdate, listChange, NOTHING_TOLD, type Told, texts } from './effects';

export const NETWORK_TYPE = 'azurerm_virtual_network';
const SUBNET_TYPE = 'azurerm_subnet';
const NAT_TYPE = 'azurerm_nat_gateway';
const ADDRESS_TYPE = 'azurerm_public_ip';
const NAT_ADDRESS_TYPE = 'azurerm_nat_gateway_public_ip_association';
const NAT_SUBNET_TYPE = 'azurerm_subnet_nat_gateway_association';
const TABLE_TYPE = 'azurerm_route_table';

/** Azure has no subnet for nodes without this: it refuses to delete a subnet, and to move one, with network interfaces in it. */
const NODES_FIRST = 'delete its nodes first, because Azure refuses it while network interfaces are in it';

/** What a plan does to the virtual network itself. Where it goes or is replaced, all in it does. */
export function virtualNetworkEffects(graph: PlannedGraph): Told {
  const network = graph.of(NETWORK_TYPE)[0];
  if (network === undefined) return NOTHING_TOLD;
  const { before, after, changed } = network;
  if (removes(network)) return { effects: destroyEffects(before, graph), covers: () => true };
  if (creates(network))
    return {
      effects: [
        {
          harm: 'network added',
          text: `virtual network ${texts(after.address_space).join(', ')} is made in ${after.location}`,
        },
      ],
      covers: (change) => change === network,
    };
  if (isReplaced(network))
    return {
      effects: [
        {
          harm: 'network replaced',
          text: `the virtual network is REPLACED${because(network)}, with all that is in it: delete all its nodes first, because Azure refuses to delete a network that is in use; the site and the nodes do not reach each other for an hour and more`,
        },
      ],
      covers: () => true,
    };
  if (!isUpdate(network)) return NOTHING_TOLD;
  const effects: Effect[] = [];
  if (changed.includes('address_space'))
    effects.push({
      harm: 'something added',
      weight: 'changed',
      text: `the ranges of the virtual network change: ${listChange(before.address_space, after.address_space)}; Azure refuses to remove one that has a subnet`,
    });
  if (changed.includes('dns_servers'))
    effects.push({
      harm: 'no traffic',
      text: `the name servers change: ${listChange(before.dns_servers, after.dns_servers)}; nodes take them at their next start`,
    });
  return { effects, covers: (change) => change === network && effects.length > 0 };
}

/** A network that goes with all that is in it. */
export function destroyEffects(
  { address_space }: Readonly<Record<string, unknown>>,
  graph?: PlannedGraph,
): readonly Effect[] {
  const ranges = texts(address_space).join(', ');
  const addresses = (graph?.of(ADDRESS_TYPE, 'before') ?? []).map(({ before }) => String(before.ip_address));
  const lost = addresses.length === 0 ? '' : `; its public addresses are lost: ${addresses.join(', ')}`;
  return [
    {
      harm: 'network destroyed',
      text: `virtual network${ranges === '' ? '' : ` ${ranges}`} is DESTROYED, with all that is in it: the site and its nodes no longer reach each other${lost}; delete all its nodes first, because Azure refuses to delete a network that is in use`,
    },
  ];
}

/** What a plan does to subnets of nodes, and to the gateway's. */
export function subnetEffects(graph: PlannedGraph): Told {
  const isAllNew = graph.of(NETWORK_TYPE).some(creates);
  const effects = isAllNew ? [] : graph.of(SUBNET_TYPE).flatMap(subnetEffect);
  return { effects, covers: ({ type }) => type === SUBNET_TYPE };
}

function subnetEffect(subnet: ScrubbedChange): readonly Effect[] {
  const { before, after, changed } = subnet;
  const isGateways = (before.name ?? after.name) === 'GatewaySubnet';
  const [old, now] = [texts(before.address_prefixes).join(', '), texts(after.address_prefixes).join(', ')];
  if (creates(subnet))
    return isGateways
      ? [{ harm: 'something added', text: `the gateway's subnet ${now} is added`, about: [subnet] }]
      : [{ harm: 'something added', text: `subnet ${now} is added`, about: [subnet] }];
  const name = isGateways ? `the gateway's subnet ${old}` : `subnet ${old}`;
  const first = isGateways ? 'Azure refuses it while a gateway is in it' : NODES_FIRST;
  if (removes(subnet))
    return [{ harm: 'subnet destroyed', text: `${name} is DESTROYED: ${first}`, about: [subnet] }];
  if (isReplaced(subnet))
    return [
      { harm: 'subnet replaced', text: `${name} is REPLACED${because(subnet)}: ${first}`, about: [subnet] },
    ];
  if (!isUpdate(subnet) || !changed.includes('address_prefixes')) return [];
  return [
    {
      harm: 'subnet moved',
      text: `${name} moves in place to ${now}: ${first}${isGateways ? '' : '; new nodes get addresses of the new range'}`,
    },
  ];
}

/** What a plan does to the nodes' access to the Internet. */
export function internetEffects(graph: PlannedGraph): Told {
  const types = [NAT_TYPE, NAT_ADDRESS_TYPE, NAT_SUBNET_TYPE];
  if (graph.of(NETWORK_TYPE).some(creates))
    return { effects: [], covers: ({ type }) => types.includes(type) };
  const addresses = natAddresses(graph);
  const lost = subnetsOf(graph, removes, 'before');
  const gained = subnetsOf(graph, creates, 'after');
  const effects: Effect[] = [];
  if (lost.length > 0)
    effects.push({
      harm: 'nodes cut off',
      text: `nodes in ${lost.join(', ')} lose Internet access${publicly(addresses.filter(removes))}`,
    });
  if (gained.length > 0)
    effects.push({
      harm: 'something added',
      weight: 'widened',
      text: `nodes in ${gained.join(', ')} get Internet access through a NAT gateway`,
    });
  const nat = graph.of(NAT_TYPE).find((one) => isReplaced(one));
  const address = addresses.find((one) => isReplaced(one));
  if (nat !== undefined)
    effects.push({
      harm: 'Internet access interrupted',
      text: `the NAT gateway is REPLACED${because(nat)}: nodes have no Internet access in between${address === undefined ? keptWords(addresses) : ''}`,
    });
  if (address !== undefined)
    effects.push({
      harm: 'Internet access interrupted',
      text: `the public address ${address.before.ip_address} of the nodes is REPLACED${because(address)}: nodes have no Internet access in between, and another address afterwards`,
    });
  for (const one of graph.of(NAT_TYPE).filter(isUpdate))
    if (one.changed.includes('idle_timeout_in_minutes'))
      effects.push({
        harm: 'no traffic',
        text: `the NAT gateway ends idle connections after ${one.after.idle_timeout_in_minutes} minutes instead of ${one.before.idle_timeout_in_minutes}`,
      });
  return {
    effects,
    covers: (change) => types.includes(change.type) || addresses.includes(change),
  };
}

function publicly(addresses: readonly ScrubbedChange[]): string {
  const shown = addresses.map(({ before }) => String(before.ip_address));
  return shown.length === 0 ? '' : `, and their public address ${shown.join(', ')} is lost`;
}

function keptWords(addresses: readonly ScrubbedChange[]): string {
  const kept = addresses.filter(stays).map(({ before }) => String(before.ip_address));
  return kept.length === 0 ? '' : `; their public address stays ${kept.join(', ')}`;
}

function natAddresses(graph: PlannedGraph): readonly ScrubbedChange[] {
  return graph.of(NAT_ADDRESS_TYPE).flatMap((association) => {
    const found = (['before', 'after'] as const).flatMap(
      (side) => graph.target(association, 'public_ip_address_id', ADDRESS_TYPE, side) ?? [],
    );
    return [...new Set(found)];
  });
}

/** The ranges of the subnets that stay and whose way to the NAT gateway comes or goes. */
function subnetsOf(
  graph: PlannedGraph,
  is: (change: ScrubbedChange) => boolean,
  side: 'before' | 'after',
): readonly string[] {
  return graph
    .of(NAT_SUBNET_TYPE)
    .filter(is)
    .flatMap((association) => {
      const subnet = graph.target(association, 'subnet_id', SUBNET_TYPE, side);
      return subnet === undefined || !stays(subnet) ? [] : texts(subnet[side].address_prefixes);
    });
}

/** Route tables: without propagation the nodes have no route to the site. */
export function routeEffects(graph: PlannedGraph): Told {
  const tables = graph
    .of(TABLE_TYPE)
    .filter((table) => isUpdate(table) && table.changed.includes('bgp_route_propagation_enabled'));
  const effects = tables.map(
    ({ after }): Effect =>
      after.bgp_route_propagation_enabled === true
        ? {
            harm: 'something added',
            weight: 'widened',
            text: "the nodes' route table takes the gateway's routes to the site",
          }
        : {
            harm: 'nodes cut off',
            text: "the nodes' route table no longer takes the gateway's routes: the nodes do not reach the site",
          },
  );
  return { effects, covers: (change) => tables.includes(change) };
}
