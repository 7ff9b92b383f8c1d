import type { Loaded } from '../../../../catalog/environment/catalog';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
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
  const changed = graph.of(CONNECTION).filter(({ actions }) => actions.length > 0);
  const [first] = changed;
  if (first === undefined) return NOTHING_TOLD;
  const gateway = graph.of(GATEWAY)[0];
  const staying = changed.find((connection) => !removes(connection));
  const isBgp = (staying ?? first).after.static_routes_only !== true;
  const ofGateway =
    gateway === undefined || staying === undefined ? [] : gatewayEffects(network, gateway, isBgp);
  const parts = changed.map((connection) => connectionEffects(network, connection, loaded.sharers));
  const told = new Set<ScrubbedChange | undefined>(
    parts.flatMap(({ connection, site, effects }) => [
      ...(effects.length + ofGateway.length > 0 ? [connection] : []),
      site,
    ]),
  );
  const effects = [...parts.flatMap((part) => part.effects), ...ofGateway];
  const isMoved = gateway !== undefined && isReplaced(gateway);
  return {
    effects,
    covers: (change) =>
      told.has(change) ||
      (change === gateway && effects.length > 0) ||
      ((changed.some(isWhole) || isMoved) && BELONGINGS.includes(change.type)),
  };
}

/** Whether a connection comes, goes or is made anew. */
function isWhole(connection: ScrubbedChange): boolean {
  return creates(connection) || removes(connection) || isReplaced(connection);
}

/** What happens to one connection, and to its end at the site. */
function connectionEffects(
  network: PlannedNetwork,
  connection: ScrubbedChange,
  sharers: readonly string[],
): {
  readonly connection: ScrubbedChange;
  readonly site: ScrubbedChange | undefined;
  readonly effects: readonly Effect[];
} {
  const site = siteOf(network, connection);
  const isBgp = connection.after.static_routes_only !== true;
  const effects = [
    ...wholeEffects(network, connection, site),
    ...(site !== undefined && isReplaced(site) ? [siteEffect(site, isBgp, sharers)] : []),
    ...(isWhole(connection) ? [] : tunnelOptionEffects(connection)),
  ];
  const others = network.graph.of(CONNECTION).filter((other) => other !== connection);
  const isUntouched = (one: ScrubbedChange | undefined) =>
    one === undefined || one.actions.join() === 'no-op';
  const beside = others.some((other) => isUntouched(other) && isUntouched(siteOf(network, other)));
  const other = beside ? 'stays' : others.some(creates) ? 'comes' : undefined;
  return { connection, site, effects: effects.map((effect) => ({ about: [connection], ...effect, other })) };
}

/** The customer gateway of a connection: of a site with one gateway the only one. */
function siteOf({ graph }: PlannedNetwork, connection: ScrubbedChange): ScrubbedChange | undefined {
  const side = removes(connection) ? 'before' : 'after';
  const sites = graph.of(SITE);
  return (
    graph.target(connection, 'customer_gateway_id', SITE, side) ?? (sites.length === 1 ? sites[0] : undefined)
  );
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
  const address = site?.after.ip_address ?? site?.before.ip_address;
  if (creates(connection))
    return [{ change: 'VPN added', what: `a VPN connection to ${address ?? 'the site'} is created` }];
  const isOneOfSeveral = graph.of(CONNECTION).length > 1 && address !== undefined;
  const name = isOneOfSeveral ? `the VPN connection to ${address}` : 'the VPN connection';
  if (removes(connection)) return [{ change: 'VPN removed', what: `${name} is DESTROYED` }];
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
      what: `${name} is REPLACED${why}`,
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
