import { listed } from '../../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { because } from './attribute-words';
import type { Effect, Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ROUTE = 'aws_ec2_transit_gateway_route';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';

/** What leads through the tables of a transit gateway. It is nothing without the table, and the network or VPN, that it is of. */
export const LINKS = [ROUTE, ASSOCIATION, PROPAGATION];

/** What a plan does to them where the VPN, or the network, stays. */
export function linkEffects(network: PlannedNetwork): Told {
  const { graph } = network;
  const owners = [ATTACHMENT, 'aws_vpn_connection'].flatMap((type) => graph.of(type));
  const covers = ({ type }: ScrubbedChange) => LINKS.includes(type);
  const isMoved = graph.of(ASSOCIATION).some(isInAnotherTable);
  // What comes and goes with its owner is told there.
  if (!owners.every(stays)) return { effects: [], covers };
  if (isMoved && graph.of(ATTACHMENT).length > 0)
    return {
      effects: [{ change: 'hub table changed', what: 'the network moves to another route table of its hub' }],
      covers,
    };
  const own = LINKS.flatMap((type) => graph.of(type)).filter(
    (link) => !stays(link) && !isOfChangedTable(network, link),
  );
  const effects = [
    ...routeEffects(own.filter(({ type }) => type === ROUTE)),
    ...[ASSOCIATION, PROPAGATION].flatMap((kind) =>
      kindEffects(
        network,
        own.filter(({ type }) => type === kind),
      ),
    ),
  ];
  const isTold = (link: ScrubbedChange) => own.includes(link) || isOfChangedTable(network, link);
  return { effects, covers: (change) => covers(change) && isTold(change) };
}

function isInAnotherTable(association: ScrubbedChange): boolean {
  return isReplaced(association) && association.replacedBy.includes('transit_gateway_route_table_id');
}

function isOfChangedTable({ graph }: PlannedNetwork, link: ScrubbedChange): boolean {
  return (['before', 'after'] as const).some((side) => {
    const table = graph.target(link, 'transit_gateway_route_table_id', TABLE, side);
    return table !== undefined && !stays(table);
  });
}

/** Static routes to the site in the hub's tables. */
function routeEffects(routes: readonly ScrubbedChange[]): readonly Effect[] {
  const lost = destinations(routes.filter(removes), 'before');
  const gained = destinations(routes.filter(creates), 'after');
  const effects: Effect[] = routes.filter(isReplaced).map((route) => ({
    change: 'route to the site replaced',
    what: `the route of the hub to ${route.before.destination_cidr_block} is REPLACED${because(route)}`,
    whose: 'networks of the hub',
  }));
  if (lost.length > 0)
    effects.push({
      change: 'site network removed',
      what: `networks of the hub no longer reach ${listed(lost)} through the tunnels`,
      isComplete: true,
    });
  if (gained.length > 0)
    effects.push({
      change: 'site network added',
      what: `networks of the hub reach ${listed(gained)} through the tunnels`,
      isComplete: true,
    });
  return effects;
}

/** Associations, or propagations: all that the same is done to, in one sentence. */
function kindEffects({ graph }: PlannedNetwork, links: readonly ScrubbedChange[]): readonly Effect[] {
  const isNetwork = graph.of(ATTACHMENT).length > 0;
  const whose = isNetwork ? 'nodes' : 'networks of the hub';
  const noun = (link: ScrubbedChange) => {
    if (link.type === ASSOCIATION)
      return `the association of the ${isNetwork ? 'network' : 'VPN'} with a route table of the hub`;
    return isNetwork
      ? "the propagation of the network's block in the hub"
      : 'the propagation of BGP routes in the hub';
  };
  const [removed, added, replaced] = [removes, creates, isReplaced].map((is) => links.find(is));
  const effects: Effect[] = [];
  if (removed !== undefined)
    effects.push({ change: 'propagation removed', what: `${noun(removed)} is DESTROYED`, whose });
  if (replaced !== undefined)
    effects.push({
      change: 'route to the site replaced',
      what: `${noun(replaced)} is REPLACED${because(replaced)}`,
      whose,
    });
  if (added !== undefined)
    effects.push({
      change: 'site network added',
      what: `${noun(added)} is created: the site and ${whose} reach each other through it`,
      isComplete: true,
    });
  return effects;
}

function destinations(routes: readonly ScrubbedChange[], side: 'before' | 'after'): readonly string[] {
  return [...new Set(routes.map((route) => String(route[side].destination_cidr_block)))].sort();
}
