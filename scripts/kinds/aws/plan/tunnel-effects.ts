import type { Loaded } from '../../../../catalog/environment/catalog';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { isAttached } from './attachment-effects';
import { because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';
import { tunnelOptionEffects } from './tunnel-option-effects';

const CONNECTION = 'aws_vpn_connection';
const SITE = 'aws_customer_gateway';
const GATEWAY = 'aws_vpn_gateway';

/** Resources that are nothing without the connection or its gateway. */
const BELONGINGS = [
  'aws_vpn_connection_route',
  'aws_vpn_gateway_route_propagation',
  'aws_route',
  SITE,
  GATEWAY,
];

/** What a plan does to the tunnels, judged over the connections, the gateways at both ends, and their routes together. */
export function tunnelEffects(network: PlannedNetwork, loaded: Pick<Loaded, 'sharers'>): Told {
  const { graph } = network;
  const connections = graph.of(CONNECTION);
  const [first] = connections;
  if (first === undefined) return NOTHING_TOLD;
  const gateway = graph.of(GATEWAY)[0];
  const parts = connections.map((connection) => {
    const site = siteOf(network, connection);
    const effects = connectionEffects(network, connection, site, loaded);
    const rest = connections.some((other) => other !== connection && isUntouched(network, other, gateway));
    return { connection, site, effects: rest ? effects.map((one) => beside(one, site)) : effects };
  });
  const ofGateway =
    gateway === undefined || connections.every(removes)
      ? []
      : gatewayEffects(network, gateway, first.after.static_routes_only !== true);
  const effects = distinct([...parts.flatMap((part) => part.effects), ...ofGateway]);
  const isMoved = gateway !== undefined && isReplaced(gateway);
  const isWhole = isMoved || !connections.every(stays);
  return {
    effects,
    covers: (change) =>
      parts.some((part) => part.site === change || (part.connection === change && effects.length > 0)) ||
      (change === gateway && effects.length > 0) ||
      (isWhole && BELONGINGS.includes(change.type)),
  };
}

function connectionEffects(
  network: PlannedNetwork,
  connection: ScrubbedChange,
  site: ScrubbedChange | undefined,
  { sharers }: Pick<Loaded, 'sharers'>,
): readonly Effect[] {
  const isBgp = connection.after.static_routes_only !== true;
  return [
    ...wholeEffects(network, connection, site),
    ...(site !== undefined && isReplaced(site) ? [siteEffect(site, isBgp, sharers)] : []),
    ...(stays(connection) ? tunnelOptionEffects(connection) : []),
  ];
}

/** What happens to several connections alike, once. */
function distinct(effects: readonly Effect[]): readonly Effect[] {
  return effects.filter((effect, index) => effects.findIndex(({ what }) => what === effect.what) === index);
}

/** The gateway of the site at which a connection ends. */
function siteOf({ graph }: PlannedNetwork, connection: ScrubbedChange): ScrubbedChange | undefined {
  const target = (side: 'before' | 'after') => graph.target(connection, 'customer_gateway_id', SITE, side);
  return target('after') ?? target('before') ?? graph.of(SITE)[0];
}

/** Whether a connection goes on carrying traffic, whatever happens to others. */
function isUntouched(
  network: PlannedNetwork,
  connection: ScrubbedChange,
  gateway: ScrubbedChange | undefined,
): boolean {
  const site = siteOf(network, connection);
  const ends = [
    connection,
    ...(site === undefined ? [] : [site]),
    ...(gateway === undefined ? [] : [gateway]),
  ];
  return ends.every(stays) && tunnelOptionEffects(connection).length === 0;
}

/** An effect on one connection while that of the site's other gateway is up. */
function beside(effect: Effect, site: ScrubbedChange | undefined): Effect {
  if (effect.change === 'VPN added') return effect;
  const address = String(site?.before.ip_address ?? site?.after.ip_address ?? '');
  const what = effect.what.includes(address) ? effect.what : `${effect.what} (gateway ${address})`;
  const notes = ["the tunnels of the site's other gateway carry the traffic", ...(effect.notes ?? [])];
  return { ...effect, what, notes, isComplete: true };
}

/** The connection as a whole: created, destroyed or replaced. */
function wholeEffects(
  network: PlannedNetwork,
  connection: ScrubbedChange,
  site: ScrubbedChange | undefined,
): readonly Effect[] {
  const { graph } = network;
  // Where an attachment to a hub comes in its place, or goes for it, that says what follows.
  if (creates(connection) && isAttached(network, 'before')) return [];
  if (removes(connection) && isAttached(network, 'after')) return [];
  if (creates(connection))
    return [
      { change: 'VPN added', what: `a VPN connection to ${site?.after.ip_address ?? 'the site'} is created` },
    ];
  if (removes(connection)) return [{ change: 'VPN removed', what: 'the VPN connection is DESTROYED' }];
  if (!graph.isRootOfReplacement(connection)) return [];
  const { before, after } = connection;
  const isRouting = before.static_routes_only !== after.static_routes_only;
  const routing = (isStatic: unknown) => (isStatic === true ? 'static routes' : 'BGP');
  const why = isRouting
    ? ` (routing ${routing(before.static_routes_only)} → ${routing(after.static_routes_only)})`
    : because(connection);
  return [
    {
      change: 'VPN connection replaced',
      what: `the VPN connection is REPLACED${why}`,
      notes: ['AWS gives it new outside addresses and keys'],
    },
  ];
}

/** The site as AWS knows it: its public address and its ASN. */
function siteEffect(site: ScrubbedChange, isBgp: boolean, sharers: readonly string[]): Effect {
  const { before, after } = site;
  const [asn, newAsn] = [asnOf(before), asnOf(after)];
  const isMoved = before.ip_address !== after.ip_address;
  const asnWords = asn === newAsn ? '' : `ASN changes from ${asn} to ${newAsn}`;
  const others =
    sharers.length === 0
      ? []
      : [`apply the other environments of the gateway host too: ${sharers.join(', ')}`];
  const notes = ['AWS keeps its outside addresses and keys'];
  if (isMoved) {
    const what = `the site's public address changes from ${before.ip_address} to ${after.ip_address}`;
    const stays = `the folder gateway/${before.ip_address}, with its keys, stays on disk until you remove it`;
    const joined = asnWords === '' ? what : `${what}, and its ${asnWords}`;
    return { change: 'site address changed', what: joined, notes, further: [...others, stays] };
  }
  if (asnWords === '') {
    const what = `the customer gateway is REPLACED${because(site)}`;
    return { change: 'customer gateway replaced', what, notes };
  }
  const what = `the site's ${asnWords}`;
  return isBgp
    ? { change: 'site ASN changed, BGP', what, notes, further: others }
    : {
        change: 'site ASN changed, static',
        what,
        notes: [...notes, 'static routes do not use the ASN'],
        further: others,
      };
}

function asnOf({ bgp_asn, bgp_asn_extended }: ScrubbedChange['after']): string {
  return String(bgp_asn || bgp_asn_extended || '');
}

function gatewayEffects(
  { replacedVpc }: PlannedNetwork,
  gateway: ScrubbedChange,
  isBgp: boolean,
): readonly Effect[] {
  if (isReplaced(gateway)) {
    const isAsn = gateway.replacedBy.includes('amazon_side_asn');
    const { before, after } = gateway;
    const why = isAsn
      ? ` (AWS's ASN changes from ${before.amazon_side_asn} to ${after.amazon_side_asn})`
      : because(gateway);
    const what = `the VPN gateway is REPLACED${why}`;
    const notes = ['AWS keeps its outside addresses and keys'];
    return [
      { change: isBgp && isAsn ? 'VPN gateway replaced, BGP' : 'VPN gateway replaced, static', what, notes },
    ];
  }
  // The VPC says what follows where it is the reason.
  if (replacedVpc !== undefined || !gateway.changed.includes('vpc_id') || creates(gateway)) return [];
  return [{ change: 'VPN gateway moved', what: 'the VPN gateway is attached to another VPC' }];
}
