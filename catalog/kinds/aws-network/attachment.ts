import { nearest } from '../../../base/text/nearest';
import { isZoneOf } from '../../adopted/aws';
import { complete } from '../../ground/complete';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { type FoundHub, hubOf, routeTableOf } from '../../site/hubs';
import { remoteNetworks } from '../../site/remote-networks';
import type { Around } from '../kind';
import { type AttachmentDraft, type NetworkDraft, subnetsOf } from './draft';
import type { HubAttachment } from './network';
import { zoneSubnets } from './zone-subnets';

/** Reports what does not hold between a network, the hub that it names, and the site. */
export function checkAttachment(network: NetworkDraft, around: Around<unknown>, problems: ProblemList): void {
  const { attachment } = network;
  if (attachment === undefined) return;
  checkSubnetZones(network, attachment, problems);
  if (!around.root.has('site')) {
    const message = `key "site" is missing: what ${network.key} reaches through its hub`;
    const fix = 'write site: { controller: 10.0.2.15/24, public_ip: … }, or vpn: none in create';
    problems.error('missing-key', around.root.at(), message, fix);
  }
  const hub = findHub(attachment, around, problems);
  if (hub === undefined) return;
  const region = network.draft.awsRegion;
  if (hub.region !== undefined && region !== undefined && hub.region !== region) {
    problems.error(
      'region-differs',
      attachment.place.at('hub'),
      { must: `must be a hub of ${region}, the network's region`, got: `${hub.name} in ${hub.region}` },
      `make a hub in ${region}`,
    );
  }
  checkTable(attachment, network.key, hub, around, problems);
}

function findHub(
  { place, hub: name }: AttachmentDraft,
  around: Around<unknown>,
  problems: ProblemList,
): FoundHub | undefined {
  if (name === undefined) return undefined;
  const hub = hubOf(name, around);
  if (hub !== undefined) return hub;
  const names = around.claims.hubs.map((one) => one.name);
  // One that is there, but wrong, or whose maker is not there, is reported where it is written.
  if (names.includes(name) || around.root.has('hubs', name)) return undefined;
  const must = `there is no hub ${quoted(name)}`;
  const fix =
    names.length === 0
      ? `write hubs: { ${name}: { aws_region: …, create: {} } }`
      : `hubs of the catalog: ${names.join(', ')}`;
  return problems.error('unknown-hub', place.at('hub'), { must, suggestion: nearest(name, names) }, fix);
}

function checkTable(
  { place, routeTable }: AttachmentDraft,
  key: string,
  hub: FoundHub,
  { environment, claims }: Around<unknown>,
  problems: ProblemList,
): void {
  if (hub.ids !== undefined) {
    if (routeTable === undefined) return;
    const message = `must be absent: hub ${hub.name} exists already, and has the table ${hub.ids.routeTable}`;
    problems.error('refused-key', place.keyAt('route_table'), message, 'remove it');
    return;
  }
  const claim = claims.attachments.find((attachment) => attachment.key === key);
  // One without tables is wrong itself.
  if (claim === undefined || hub.routeTables.length === 0) return;
  if (routeTableOf(claim, hub, environment) !== undefined) return;
  const tables = `route tables of hub ${hub.name}: ${hub.routeTables.join(', ')}`;
  if (routeTable === undefined) {
    const message = `key "route_table" is missing: hub ${hub.name} has several, and none is called ${environment}`;
    problems.error('missing-key', place.keyAt(), message, tables);
  } else {
    const statement = {
      must: `must be a route table of hub ${hub.name}`,
      got: quoted(routeTable),
      suggestion: nearest(routeTable, hub.routeTables),
    };
    problems.error('bad-value', place.at('route_table'), statement, tables);
  }
}

/** Nodes of a zone in which the transit gateway has no interface do not reach it. */
function checkSubnetZones(
  network: NetworkDraft,
  { place, subnets }: AttachmentDraft,
  problems: ProblemList,
): void {
  if (subnets === undefined) return;
  const where = place.at('attachment_subnets');
  const region = network.draft.awsRegion;
  const all = subnetsOf(network);
  const foreign = Object.keys(subnets).find((zone) => region !== undefined && !isZoneOf(zone, region));
  const open = all.find(({ zone }) => zone === undefined);
  const zones = new Set(all.flatMap(({ zone }) => zone ?? []));
  const missing = [...zones].filter((zone) => !Object.hasOwn(subnets, zone));
  if (Object.keys(subnets).length === 0) {
    problems.error('bad-value', where, 'must name a zone', 'write auto, or zone: block');
  } else if (foreign !== undefined) {
    const statement = { must: `must be zones of ${region}`, got: quoted(foreign) };
    problems.error('zone-of-another-region', place.keyAt('attachment_subnets', foreign), statement);
  } else if (open !== undefined) {
    const message = `key "aws_availability_zone" is missing: attachment_subnets of ${network.key} must be in the zones of its nodes`;
    problems.error('missing-key', open.place.keyAt(), message, `write aws_availability_zone: ${region}a`);
  } else if (missing.length > 0) {
    const message = `must have a block in ${missing.join(', ')}: nodes there would not reach the transit gateway`;
    problems.error('missing-key', where, message, 'add it, or write auto');
  }
}

/** The attachment of a network in which no error was found. */
export function finishAttachment(
  network: NetworkDraft,
  { hub: name = '', subnets }: AttachmentDraft,
  around: Around<unknown>,
): HubAttachment {
  const hub = complete(hubOf(name, around));
  const claim = complete(around.claims.attachments.find(({ key }) => key === network.key));
  const own = Object.entries(subnets ?? {}).flatMap(([zone, cidr]) => (cidr ? [[zone, cidr] as const] : []));
  return {
    hub: hub.ids ?? {
      entry: `${hub.of}/hub/${hub.name}`,
      routeTable: complete(routeTableOf(claim, hub, around.environment)),
    },
    ...(hub.of === around.environment && hub.isBuilt
      ? { stack: around.identities.idOf(`hub/${hub.name}`) }
      : {}),
    subnets: subnets === undefined ? zoneSubnets(network).map(({ entry }) => entry) : Object.fromEntries(own),
    remoteNetworks: remoteNetworks(network.key, around),
  };
}

/** The environment that has the network's tunnels, where that is another one. */
export function makerOf(
  { hub: name = '' }: AttachmentDraft,
  around: Around<unknown>,
): { readonly tunnelsOf?: string } {
  const hub = hubOf(name, around);
  return hub === undefined || !hub.isBuilt || hub.of === around.environment ? {} : { tunnelsOf: hub.of };
}
