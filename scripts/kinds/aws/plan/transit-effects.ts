import { counted } from '../../../../base/text/counted';
import { listed } from '../../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const ROUTE = 'aws_ec2_transit_gateway_route';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const SHARES = ['aws_ram_resource_share', 'aws_ram_resource_association', 'aws_ram_principal_association'];

/** What is nothing without the attachment, or the tables, that it is of. */
const PARTS = [ROUTE, ASSOCIATION, PROPAGATION];

/** What a plan does to a transit gateway, to its tables, and to the way of a network through them. */
export function transitEffects(network: PlannedNetwork): Told {
  const { graph } = network;
  const gateway = graph.of(GATEWAY)[0];
  if (gateway !== undefined && removes(gateway)) {
    const what = 'the transit gateway is DESTROYED, with its route tables and its VPN';
    return { effects: [{ change: 'hub destroyed', what, isComplete: true }], covers: () => true };
  }
  const parts = [gatewayEffects(gateway), tableEffects(network), shareEffects(network)];
  return {
    effects: parts.flatMap(({ effects }) => effects),
    covers: (change) => parts.some(({ covers }) => covers(change)),
  };
}

function gatewayEffects(gateway: ScrubbedChange | undefined): Told {
  if (gateway === undefined) return NOTHING_TOLD;
  const effects: Effect[] = [];
  const { before, after, changed } = gateway;
  if (creates(gateway))
    effects.push({ change: 'hub added', what: 'a transit gateway is created', isComplete: true });
  else if (isReplaced(gateway))
    effects.push({
      change: 'hub replaced',
      what: `the transit gateway is REPLACED${because(gateway)}, with its route tables and its VPN: its networks and the site no longer reach each other until their environments are applied again and the gateway host has loaded its new files`,
      isComplete: true,
    });
  else {
    if (changed.includes('amazon_side_asn'))
      effects.push({
        change: 'hub ASN',
        what: `AWS's ASN changes from ${before.amazon_side_asn} to ${after.amazon_side_asn}, which AWS refuses while a VPN is attached`,
        isComplete: true,
        further: ['apply once with vpn: none, then with the new number, then with the VPN again'],
      });
    if (changed.includes('vpn_ecmp_support')) effects.push(pathsEffect(after.vpn_ecmp_support === 'enable'));
    if (changed.includes('auto_accept_shared_attachments')) {
      const isOn = after.auto_accept_shared_attachments === 'enable';
      const what = `attachments of other accounts ${isOn ? 'are accepted by themselves' : 'wait until they are accepted'}; no traffic is affected`;
      effects.push({ change: 'hub shared', what });
    }
  }
  return { effects, covers: (change) => change === gateway && effects.length > 0 };
}

function pathsEffect(all: boolean): Effect {
  const what = all
    ? 'AWS sends over both tunnels at once; the gateway host does when it has loaded its new files'
    : 'AWS sends over one tunnel at a time; the gateway host does when it has loaded its new files';
  return { change: 'hub paths', what, isComplete: true };
}

/** Route tables of the gateway, and what moves between them while the gateway, or the attachment, stays. */
function tableEffects({ graph }: PlannedNetwork): Told {
  const gateway = graph.of(GATEWAY)[0];
  const attachment = graph.of(ATTACHMENT)[0];
  const root = gateway ?? attachment;
  if (root !== undefined && !stays(root)) {
    return { effects: [], covers: ({ type }) => [TABLE, ...PARTS].includes(type) };
  }
  const tables = graph.of(TABLE);
  const effects: Effect[] = [];
  const names = (all: readonly ScrubbedChange[], side: 'before' | 'after') =>
    listed(all.map((table) => nameOf(table, side)));
  const added = tables.filter((table) => creates(table) && !isReplaced(table));
  const removed = tables.filter((table) => removes(table) && !isReplaced(table));
  if (removed.length > 0)
    effects.push({
      change: 'hub table removed',
      what: `${removed.length === 1 ? 'route table' : 'route tables'} ${names(removed, 'before')} of the hub ${removed.length === 1 ? 'is' : 'are'} DESTROYED; networks in ${removed.length === 1 ? 'it' : 'them'} no longer reach the site`,
      isComplete: true,
    });
  if (added.length > 0)
    effects.push({
      change: 'hub table added',
      what: `the hub gets ${added.length === 1 ? 'route table' : 'route tables'} ${names(added, 'after')}; no traffic is affected`,
    });
  const moved = attachment !== undefined && graph.of(ASSOCIATION).some(isReplaced);
  if (moved)
    effects.push({
      change: 'hub table changed',
      what: 'the network moves to another route table of its hub',
    });
  const routes = graph.of(ROUTE).filter((route) => creates(route) || removes(route) || isReplaced(route));
  const isOwn = (route: ScrubbedChange) => !tables.some((table) => !stays(table) && isOf(route, table));
  const lost = destinations(
    routes.filter((route) => removes(route) && !isReplaced(route) && isOwn(route)),
    'before',
  );
  const gained = destinations(
    routes.filter((route) => creates(route) && !isReplaced(route) && isOwn(route)),
    'after',
  );
  if (lost.length > 0)
    effects.push({
      change: 'site network removed',
      what: `networks of the hub no longer reach ${listed(lost)} through the tunnels`,
    });
  if (gained.length > 0)
    effects.push({
      change: 'site network added',
      what: `networks of the hub reach ${listed(gained)} through the tunnels`,
    });
  return {
    effects,
    covers: (change) => effects.length > 0 && [TABLE, ...PARTS].includes(change.type),
  };
}

function shareEffects({ graph }: PlannedNetwork): Told {
  const principals = graph.of('aws_ram_principal_association');
  const added = principals.filter(creates).map(({ after }) => String(after.principal));
  const removed = principals.filter(removes).map(({ before }) => String(before.principal));
  const effects: Effect[] = [];
  if (added.length > 0)
    effects.push({
      change: 'hub shared',
      what: `${counted(added.length, 'account or organisation', 'accounts or organisations')} may attach networks to the hub: ${listed(added)}`,
    });
  if (removed.length > 0)
    effects.push({
      change: 'hub no longer shared',
      what: `${listed(removed)} may no longer attach networks to the hub; what is attached stays`,
    });
  return { effects, covers: ({ type }) => effects.length > 0 && SHARES.includes(type) };
}

function destinations(routes: readonly ScrubbedChange[], side: 'before' | 'after'): readonly string[] {
  return [...new Set(routes.map((route) => String(route[side].destination_cidr_block)))].sort();
}

function isOf(route: ScrubbedChange, table: ScrubbedChange): boolean {
  const id = table.before.id ?? table.after.id;
  const [before, after] = [route.before, route.after].map((side) => side.transit_gateway_route_table_id);
  return id !== undefined && (before === id || after === id);
}

function nameOf(table: ScrubbedChange, side: 'before' | 'after'): string {
  const tags: unknown = table[side].tags;
  const named = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
  return String(named.find(([key]) => key === 'kakehashi:route-table')?.[1] ?? table.address);
}
