import { daemonCapabilities, knownVersions } from '../../model/gateway/capabilities';
import type { GatewayDaemon } from '../../model/gateway/host';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import type { Cidr } from '../../model/net/cidr';
import { NOT_PUBLIC_BLOCKS } from '../../model/net/special-purpose';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import { defaultsOf } from '../shape/read';
import type { Draft } from '../shape/shape';
import type { Place } from '../source/place';
import { SITE } from './keys';

type SiteDraft = Draft<typeof SITE>;

/** What all gateways of a site are read with. */
export interface ReadGateways {
  readonly draft: SiteDraft;
  readonly subnets: readonly Cidr[];
  readonly problems: ProblemList;
}

/** The metrics of the first gateway and of the second. */
const METRICS = [100, 200] as const;

/** Reads `public_ip` and `gateway`, or `gateways`; undefined where something needed is broken. */
export function readGateways(site: Place, around: ReadGateways): Site['gateways'] | undefined {
  const { draft, problems } = around;
  if (!site.has('gateways')) {
    const only = readNameless(site, around);
    return only && [only];
  }
  for (const key of ['public_ip', 'gateway'].filter((name) => site.has(name))) {
    const message = 'stands in gateways for each of them, so it can not stand beside gateways';
    problems.error(
      'gateway-forms',
      site.keyAt(key),
      message,
      `move ${key} into gateways, or remove gateways`,
    );
  }
  const place = site.below('gateways');
  const { names } = place;
  if (place.node?.kind === 'map' && names.length === 0) {
    const message = 'must name one or two gateways';
    problems.error('bad-value', place.at(), message, 'gateways: { east: { public_ip: …, address: … } }');
  }
  const read = names.map((name, index) => {
    const one = draft.gateways?.[name];
    return one && readNamed(name, place.below(name), one, METRICS[index] ?? METRICS[1], around);
  });
  checkAlike(place, read, problems);
  const [first, ...others] = read.flatMap((gateway) => gateway ?? []);
  return first !== undefined && 1 + others.length === names.length ? [first, ...others] : undefined;
}

type HostDraft = NonNullable<SiteDraft['gateway']>;
type NamedDraft = NonNullable<SiteDraft['gateways']>[string];

function readNameless(site: Place, { draft, subnets, problems }: ReadGateways): SiteGateway | undefined {
  const gateway = draft.gateway ?? defaultsOf(SITE.keys.gateway.shape);
  const publicIp = checkPublicIp(site, draft.publicIp, problems);
  const place = site.below('gateway');
  const host = readHost(place, gateway, problems);
  checkAddress(place, gateway.address, subnets, problems);
  const address = gateway.address ?? draft.controller?.address;
  if (publicIp === undefined || address === undefined || host === undefined) return undefined;
  return { publicIp, address, metric: METRICS[0], ...host };
}

function readNamed(
  name: string,
  place: Place,
  gateway: NamedDraft,
  metric: number,
  { subnets, problems }: ReadGateways,
): SiteGateway | undefined {
  const publicIp = checkPublicIp(place, gateway.publicIp, problems);
  const host = readHost(place, gateway, problems);
  checkAddress(place, gateway.address, subnets, problems);
  if (publicIp === undefined || gateway.address === undefined || host === undefined) return undefined;
  return { name, publicIp, address: gateway.address, metric: gateway.metric ?? metric, ...host };
}

type HostOptions = Omit<SiteGateway, 'name' | 'publicIp' | 'address' | 'metric'>;

function readHost(
  place: Place,
  gateway: Omit<HostDraft, 'address'>,
  problems: ProblemList,
): HostOptions | undefined {
  const { daemon, interface: interfaceKind, keyReference, behindNat, linkMtu, lanInterface } = gateway;
  const version = gateway.version ?? knownVersions(daemon)[0];
  checkDaemon(place, daemon, version, problems);
  if (version === undefined) return undefined;
  return {
    daemon,
    version,
    ...(interfaceKind === undefined ? {} : { interface: interfaceKind }),
    ...(keyReference === undefined ? {} : { keyReference }),
    behindNat,
    linkMtu,
    ...(lanInterface === 'auto' ? {} : { lanInterface }),
  };
}

/** Checks that the daemon has this version, and that version the kind of interface. */
function checkDaemon(
  gateway: Place,
  daemon: GatewayDaemon,
  version: number | undefined,
  problems: ProblemList,
): void {
  const versions = knownVersions(daemon);
  if (version === undefined) return;
  if (!versions.includes(version)) {
    const must = `must be ${versions.join(' or ')} for ${daemon}`;
    problems.error('bad-value', gateway.at('version'), { must, got: String(version) });
  }
  const kind = gateway.below('interface').text;
  const kinds: readonly string[] | undefined = daemonCapabilities(daemon, version)?.interfaceKinds;
  if (kind !== 'vti' && kind !== 'xfrm') return;
  if (kinds === undefined || kinds.includes(kind)) return;
  const statement = { must: `must be ${kinds.join(' or ')} for ${daemon} ${version}`, got: `"${kind}"` };
  const fix = 'remove it: the default fits the daemon; vti is for libreswan 4 alone';
  problems.error('bad-value', gateway.at('interface'), statement, fix);
}

function checkPublicIp(
  place: Place,
  publicIp: string | undefined,
  problems: ProblemList,
): string | undefined {
  const inside = publicIp && NOT_PUBLIC_BLOCKS.find((block) => block.containsAddress(publicIp));
  if (!publicIp || !inside) return publicIp;
  return problems.error(
    'bad-value',
    place.at('public_ip'),
    { must: 'must be a public address', got: `"${publicIp}" (of ${inside})` },
    'give the address that the Internet sees; with behind_nat: true the gateway may have a private one',
  );
}

/** A gateway is the way of the site's hosts to the clouds, so they must reach it. */
function checkAddress(
  place: Place,
  address: string | undefined,
  subnets: readonly Cidr[],
  problems: ProblemList,
): void {
  if (address === undefined || subnets.length === 0) return;
  if (subnets.some((subnet) => subnet.containsAddress(address))) return;
  const statement = { must: `must lie in site.subnets (${subnets.join(', ')})`, got: address };
  problems.error('gateway-outside', place.at('address'), statement);
}

/** What two gateways must not have both, and what they had better not. */
function checkAlike(
  place: Place,
  [first, second]: readonly (SiteGateway | undefined)[],
  problems: ProblemList,
): void {
  if (first === undefined || second === undefined) return;
  const [one = '', other = ''] = [first.name, second.name];
  for (const [key, own, its] of [
    ['public_ip', second.publicIp, first.publicIp],
    ['address', second.address, first.address],
  ] as const) {
    if (own !== its) continue;
    const statement = { must: `must differ from that of ${one}`, got: own };
    problems.error('gateways-alike', place.at(other, key), statement, 'two gateways are two hosts');
  }
  if (first.metric !== second.metric) return;
  const message = `${one} and ${other} have the metric ${first.metric} both: each cloud chooses the way back by itself, and what leaves through one gateway may come back through the other`;
  problems.note('equal-metrics', place.at(other, 'metric'), message);
}
