import { MOST_ROUTE_TABLES } from '../../../model/clouds/aws/transit-gateway';
import { checkRegion } from '../../adopted/aws';
import type { ProblemList } from '../../ground/problem-list';
import { read } from '../../shape/read';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { AwsSettings } from '../aws/settings';
import { checkAmazonSideAsn, checkProvider, readVpnOptions } from '../aws/vpn-options';
import type { HubDraft, HubVpnDraft } from './draft';
import { type CREATE_HUB, HUBS } from './keys';

type Create = Draft<typeof CREATE_HUB>;

/** Keys of `create` that are no longer open where the transit gateway exists already. */
const OF_THE_GATEWAY = ['amazon_side_asn', 'ecmp', 'auto_accept', 'route_tables', 'share'] as const;

/** Reads the section `hubs`. */
export function readHubs(
  section: Place,
  environment: string,
  settings: Pick<AwsSettings, 'version' | 'skipRegionValidation'>,
  problems: ProblemList,
): readonly HubDraft[] {
  const { draft } = read(section, HUBS, problems);
  return Object.entries(draft ?? {}).flatMap(([name, hub]) =>
    hub === undefined ? [] : [readHub(section.below(name), name, hub, environment, settings, problems)],
  );
}

function readHub(
  place: Place,
  name: string,
  draft: HubDraft['draft'],
  environment: string,
  settings: Pick<AwsSettings, 'version' | 'skipRegionValidation'>,
  problems: ProblemList,
): HubDraft {
  const { create } = draft;
  checkForm(place, problems);
  const region = draft.awsRegion;
  const isRegion =
    region !== undefined &&
    checkRegion(place.below('aws_region'), { isAllowed: settings.skipRegionValidation }, problems);
  const isAdopted = place.has('aws_transit_gateway_id');
  const routeTables =
    create === undefined || isAdopted ? [] : Object.keys(create.routeTables ?? { [environment]: {} });
  const tables = place.below('create', 'route_tables');
  if (create?.routeTables !== undefined && tables.names.length === 0)
    problems.error(
      'bad-value',
      tables.at(),
      'must name a table',
      `remove it for one that is called ${environment}`,
    );
  if (routeTables.length + 1 > MOST_ROUTE_TABLES) {
    const statement = {
      must: `must be at most ${MOST_ROUTE_TABLES - 1}, beside that of the site`,
      got: String(routeTables.length),
    };
    problems.error('too-much', place.at('create', 'route_tables'), statement);
  }
  const vpn = create && readVpn(place.below('create'), create, settings.version, isAdopted, problems);
  return {
    name,
    key: `hub/${name}`,
    place,
    draft,
    ...(isRegion ? { region } : {}),
    routeTables,
    isBuilt: create !== undefined && place.has('create'),
    ...(vpn === undefined ? {} : { vpn }),
  };
}

/** A hub is made, is there already, or is another environment's; and what it then needs. */
function checkForm(place: Place, problems: ProblemList): void {
  const missing = (key: string, why: string, fix: string): void => {
    if (!place.has(key)) problems.error('missing-key', place.keyAt(), `key "${key}" is missing: ${why}`, fix);
  };
  if (place.has('environment')) {
    for (const key of place.names.filter((other) => other !== 'environment')) {
      const message = 'is said by the environment that makes the hub';
      problems.error('refused-key', place.keyAt(key), message, 'remove it, or remove environment');
    }
    return;
  }
  missing('aws_region', 'where the transit gateway is', 'write aws_region: ap-northeast-1');
  const isAdopted = place.has('aws_transit_gateway_id');
  if (!isAdopted && place.has('aws_transit_gateway_route_table_id'))
    missing('aws_transit_gateway_id', 'the route table is one of a transit gateway', 'write both');
  if (isAdopted)
    missing('aws_transit_gateway_route_table_id', 'networks are in a table of the gateway', 'write both');
  if (!isAdopted && !place.has('create')) {
    const message = 'is neither made nor named: write create: {}, or aws_transit_gateway_id, or environment';
    problems.error('missing-key', place.keyAt(), message);
  }
  if (!isAdopted) return;
  for (const key of OF_THE_GATEWAY.filter((name) => place.has('create', name))) {
    const message = 'is of the transit gateway, which exists already';
    problems.error('refused-key', place.keyAt('create', key), message, 'remove it');
  }
}

function readVpn(
  create: Place,
  { vpn: keys, ecmp: asked, amazonSideAsn }: Create,
  awsVersion: string,
  isAdopted: boolean,
  problems: ProblemList,
): HubVpnDraft | undefined {
  if (create.has('amazon_side_asn')) checkAmazonSideAsn(create, amazonSideAsn, problems);
  if (keys === 'none') return undefined;
  const place = create.below('vpn');
  const { routing, acceleration, insideIp, bandwidth } = keys;
  // Nobody here knows what a gateway does that exists already; AWS's own default is to use all paths.
  const ecmp = asked ?? (routing === 'bgp' && !isAdopted);
  if (asked === true && routing === 'static') {
    const message = 'needs routing: bgp: over static routes a transit gateway uses one tunnel at a time';
    problems.error('incompatible', create.at('ecmp'), message, 'write routing: bgp in vpn, or remove ecmp');
  }
  if (insideIp === 'ipv6')
    problems.error('not-built', place.at('inside_ip'), 'IPv6 is not built yet', 'use inside_ip: ipv4');
  if (bandwidth === 'large') checkProvider(place.at('bandwidth'), awsVersion, problems);
  const tunnels = readVpnOptions(place, keys, awsVersion, problems);
  const began = tunnels.findIndex(({ startupAction }) => startupAction === 'start');
  if (acceleration && began >= 0) {
    const message = 'cannot be true where AWS starts a tunnel (startup_action: start): the site begins';
    problems.error('incompatible', place.at('acceleration'), message, 'remove startup_action');
  }
  return { place, keys, ecmp, tunnels };
}
