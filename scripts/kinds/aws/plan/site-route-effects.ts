import { type Side, stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { staysAttached } from './attachment-effects';
import { because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const ROUTES = ['aws_route', 'aws_vpn_connection_route', 'aws_vpn_gateway_route_propagation'];
const TABLES = ['aws_route_table', 'aws_route_table_association', 'aws_main_route_table_association'];

/** What a plan does to the tables of nodes that stay, and to their routes to the site where the connection stays too. */
export function siteRouteEffects(network: PlannedNetwork): Told {
  if (network.replacedVpc !== undefined) return NOTHING_TOLD;
  const kept = network.nodeSubnets.filter(stays);
  const hasVpn = network.graph.of('aws_vpn_connection').some(stays) || staysAttached(network);
  const routes = hasVpn
    ? [...destinationEffects(network, kept), ...propagationEffects(network, kept), ...replacedRoutes(network)]
    : [];
  const tables = tableEffects(network, kept, hasVpn);
  return {
    effects: [...routes, ...tables],
    covers: ({ type }) =>
      (routes.length > 0 && ROUTES.includes(type)) ||
      (tables.length > 0 && [...ROUTES, ...TABLES].includes(type)),
  };
}

/** Networks that get or lose a static route in the tables of nodes that stay. */
function destinationEffects(network: PlannedNetwork, kept: readonly ScrubbedChange[]): readonly Effect[] {
  const [before, after] = (['before', 'after'] as const).map(
    (side) =>
      new Set(
        kept.flatMap((subnet) =>
          network
            .siteRoutes(network.tableOf(subnet, side), side)
            .map((route) => String(route[side].destination_cidr_block)),
        ),
      ),
  );
  const without = (all: ReadonlySet<string> = new Set(), others: ReadonlySet<string> = new Set()) =>
    [...all].filter((one) => !others.has(one)).sort();
  const added = without(after, before);
  const removed = without(before, after);
  return [
    ...(removed.length > 0
      ? [effect('site network removed', `nodes no longer reach ${removed.join(', ')} through the tunnels`)]
      : []),
    ...(added.length > 0
      ? [effect('site network added', `nodes reach ${added.join(', ')} through the tunnels`)]
      : []),
  ];
}

/** Subnets whose table gets the routes that the site announces over BGP, or no longer gets them. */
function propagationEffects(network: PlannedNetwork, kept: readonly ScrubbedChange[]): readonly Effect[] {
  const { graph } = network;
  const gets = (subnet: ScrubbedChange, side: Side) =>
    graph
      .of('aws_vpn_gateway_route_propagation', side)
      .some(
        (propagation) =>
          graph.target(propagation, 'route_table_id', 'aws_route_table', side) ===
          network.tableOf(subnet, side),
      );
  const cidrs = (is: (subnet: ScrubbedChange) => boolean) =>
    kept.filter(is).map(({ before }) => String(before.cidr_block));
  const lost = cidrs((subnet) => gets(subnet, 'before') && !gets(subnet, 'after'));
  const gained = cidrs((subnet) => !gets(subnet, 'before') && gets(subnet, 'after'));
  return [
    ...(lost.length > 0
      ? [
          {
            change: 'propagation removed',
            what: `the routes that the site announces over BGP are withdrawn from ${lost.join(', ')}`,
          } as const,
        ]
      : []),
    ...(gained.length > 0
      ? [
          effect(
            'site network added',
            `${gained.join(', ')} gets the routes that the site announces over BGP`,
          ),
        ]
      : []),
  ];
}

function replacedRoutes({ graph }: PlannedNetwork): readonly Effect[] {
  const replaced = ROUTES.flatMap((type) => graph.of(type)).filter(
    (route) => graph.isRootOfReplacement(route) && route.before.destination_cidr_block !== '0.0.0.0/0',
  );
  const destinations = [...new Set(replaced.map(({ before }) => before.destination_cidr_block ?? undefined))];
  return destinations.flatMap((destination): Effect[] => {
    const first = replaced.find(({ before }) => (before.destination_cidr_block ?? undefined) === destination);
    const name = destination === undefined ? 'the propagation of BGP routes' : `the route to ${destination}`;
    return first === undefined
      ? []
      : [{ change: 'route to the site replaced', what: `${name} is REPLACED${because(first)}` }];
  });
}

/** Tables and associations of nodes that are replaced: the site and the Internet are behind both. */
function tableEffects(
  network: PlannedNetwork,
  kept: readonly ScrubbedChange[],
  hasVpn: boolean,
): readonly Effect[] {
  const partsOf = (subnet: ScrubbedChange) => [
    network.tableOf(subnet, 'after'),
    network.associationOf(subnet, 'after'),
  ];
  const roots = new Set(
    kept
      .flatMap(partsOf)
      .flatMap((part) => (part !== undefined && network.graph.isRootOfReplacement(part) ? [part] : [])),
  );
  return [...roots].map((root): Effect => {
    const behind = kept.filter((subnet) => partsOf(subnet).includes(root));
    const isTable = root.type === 'aws_route_table';
    const name = isTable ? "the nodes' route table" : "the association of the nodes' route table";
    return {
      change: 'node table replaced',
      what: `${name} is REPLACED${because(root)}`,
      hasVpn,
      hasInternet: behind.some((subnet) => network.internetPath(subnet, 'before') !== undefined),
      ...(behind.length === network.nodeSubnets.length
        ? {}
        : { whose: `nodes in ${behind.map(({ before }) => before.cidr_block).join(', ')}` }),
    };
  });
}

function effect(change: Effect['change'], what: string): Effect {
  return { change, what, isComplete: true };
}
