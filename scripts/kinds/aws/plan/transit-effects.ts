import { listed } from '../../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { attributeWords, because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';
import { LINKS, linkEffects } from './transit-link-effects';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const CONNECTION = 'aws_vpn_connection';
const SHARES = ['aws_ram_resource_share', 'aws_ram_resource_association', 'aws_ram_principal_association'];

/** What is nothing without the transit gateway. */
const PARTS = [TABLE, ...LINKS, 'aws_ram_resource_association'];

/** What a plan does to a transit gateway, to its tables, and to the way of a network through them. */
export function transitEffects(network: PlannedNetwork): Told {
  const { graph } = network;
  const gateway = graph.of(GATEWAY)[0];
  if (gateway !== undefined && removes(gateway))
    return { effects: [destroyedHub(graph.of(CONNECTION, 'before').length > 0)], covers: () => true };
  const parts =
    gateway !== undefined && !stays(gateway)
      ? [newGatewayEffects(network, gateway), shareEffects(network)]
      : [
          gatewayEffects(network, gateway),
          tableEffects(network),
          linkEffects(network),
          shareEffects(network),
        ];
  return {
    effects: parts.flatMap(({ effects }) => effects),
    covers: (change) => parts.some(({ covers }) => covers(change)),
  };
}

/** A transit gateway that goes with all that is in it. */
export function destroyedHub(hasVpn: boolean): Effect {
  const vpn = hasVpn ? ' and its VPN: networks on it no longer reach the site' : '';
  return {
    change: 'hub destroyed',
    what: `the transit gateway is DESTROYED, with its route tables${vpn}`,
    isComplete: true,
  };
}

/** A gateway that is created, or replaced, with all that is in it. A VPN that stays is moved to it. */
function newGatewayEffects({ graph }: PlannedNetwork, gateway: ScrubbedChange): Told {
  const moved = graph
    .of(CONNECTION)
    .filter((connection) => stays(connection) && connection.changed.includes('transit_gateway_id'));
  const vpn = moved.length > 0 ? ', and the VPN connection moves to it' : '';
  const effect: Effect = creates(gateway)
    ? { change: 'hub added', what: `a transit gateway is created${vpn}`, isComplete: true }
    : {
        change: 'hub replaced',
        what: `the transit gateway is REPLACED${because(gateway)}, with its route tables; AWS refuses that while networks or a VPN are attached`,
        isComplete: true,
        further: ['destroy the networks of the hub first, and apply the hub once with vpn: none'],
      };
  return {
    effects: [effect],
    covers: (change) => change === gateway || moved.includes(change) || PARTS.includes(change.type),
  };
}

/** What changes in place. */
function gatewayEffects({ graph }: PlannedNetwork, gateway: ScrubbedChange | undefined): Told {
  if (gateway === undefined) return NOTHING_TOLD;
  const { after, changed } = gateway;
  const hasVpn = graph.of(CONNECTION).length > 0;
  const options = changed.filter(
    (name) => !TOLD_OPTIONS.includes(name) || (name === 'vpn_ecmp_support' && !hasVpn),
  );
  const effects: Effect[] = [];
  if (changed.includes('amazon_side_asn')) effects.push(asnEffect(gateway, graph.of(CONNECTION, 'before')));
  // Without a VPN no packet takes any path.
  if (changed.includes('vpn_ecmp_support') && graph.of(CONNECTION, 'after').length > 0)
    effects.push(pathsEffect(after.vpn_ecmp_support === 'enable'));
  if (changed.includes('auto_accept_shared_attachments')) {
    const isOn = after.auto_accept_shared_attachments === 'enable';
    const what = `attachments of other accounts ${isOn ? 'are accepted by themselves' : 'wait until they are accepted'}; no traffic is affected`;
    effects.push({ change: 'hub shared', what });
  }
  if (options.length > 0)
    effects.push({
      change: 'hub options',
      what: `${listed(options.map(attributeWords))} of the transit gateway ${options.length === 1 ? 'changes' : 'change'}; no traffic is affected`,
    });
  return { effects, covers: (change) => change === gateway };
}

const TOLD_OPTIONS = [
  'amazon_side_asn',
  'vpn_ecmp_support',
  'auto_accept_shared_attachments',
  // The tags of all are told together.
  'tags',
  'tags_all',
];

function asnEffect({ before, after }: ScrubbedChange, connections: readonly ScrubbedChange[]): Effect {
  const what = `AWS's ASN changes from ${before.amazon_side_asn} to ${after.amazon_side_asn}`;
  const isSpoken = connections.some((connection) => connection.before.static_routes_only !== true);
  if (!isSpoken)
    return { change: 'hub ASN', what: `${what}; static routes do not use the ASN`, isComplete: true };
  return {
    change: 'hub ASN',
    what: `${what}, which AWS refuses while a VPN with BGP is attached`,
    isComplete: true,
    further: ['apply once with vpn: none, then with the new number, then with the VPN again'],
  };
}

function pathsEffect(all: boolean): Effect {
  const what = all
    ? 'AWS sends over both tunnels at once; the gateway host does when it has loaded its new files'
    : 'AWS sends over one tunnel at a time; the gateway host does when it has loaded its new files';
  return { change: 'hub paths', what, isComplete: true };
}

/** Route tables of a gateway that stays. */
function tableEffects({ graph }: PlannedNetwork): Told {
  const tables = graph.of(TABLE);
  const named = (all: readonly ScrubbedChange[], side: 'before' | 'after') =>
    `${all.length === 1 ? 'route table' : 'route tables'} ${listed(all.map((table) => nameOf(table, side)))}`;
  const [added, removed] = [tables.filter(creates), tables.filter(removes)];
  const effects: Effect[] = tables.filter(isReplaced).map((table) => ({
    change: 'hub table replaced',
    what: `${named([table], 'before')} of the hub is REPLACED${because(table)}; AWS refuses that while a network is in it`,
    isComplete: true,
    further: ['apply the networks of the hub again: the site and the others do not know them before'],
  }));
  if (removed.length > 0) {
    const [is, it] = removed.length === 1 ? ['is', 'it'] : ['are', 'them'];
    effects.push({
      change: 'hub table removed',
      what: `${named(removed, 'before')} of the hub ${is} DESTROYED: networks that are still in ${it} no longer reach the site, and then AWS refuses to delete ${it}`,
      isComplete: true,
      further: ['apply such networks with another route_table first, alone (--stack)'],
    });
  }
  if (added.length > 0)
    effects.push({
      change: 'hub table added',
      what: `the hub gets ${named(added, 'after')}; no traffic is affected`,
    });
  return { effects, covers: (change) => tables.includes(change) && !stays(change) };
}

function shareEffects({ graph }: PlannedNetwork): Told {
  const principals = graph.of('aws_ram_principal_association');
  const added = principals.filter(creates).map(({ after }) => String(after.principal));
  const removed = principals.filter(removes).map(({ before }) => String(before.principal));
  const parts = SHARES.flatMap((type) => graph.of(type)).filter((part) => !stays(part));
  const [first] = parts;
  const effects: Effect[] = [];
  if (removed.length > 0)
    effects.push({
      change: 'hub no longer shared',
      what: `${listed(removed)} may no longer attach networks to the hub; what is attached stays`,
    });
  if (added.length > 0)
    effects.push({ change: 'hub shared', what: `${listed(added)} may attach networks to the hub` });
  if (effects.length === 0 && first !== undefined && graph.of(GATEWAY).every(stays))
    effects.push({
      change: 'hub shared',
      what: `the hub is shared anew${because(first)}; what is attached stays`,
    });
  return { effects, covers: (change) => parts.includes(change) };
}

function nameOf(table: ScrubbedChange, side: 'before' | 'after'): string {
  const tags: unknown = table[side].tags;
  const named = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
  return String(named.find(([key]) => key === 'kakehashi:route-table')?.[1] ?? table.address);
}
