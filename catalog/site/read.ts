import { daemonCapabilities, knownVersions } from '../../model/gateway/capabilities';
import type { GatewayDaemon } from '../../model/gateway/host';
import { parseAsn } from '../../model/net/asn';
import { type Cidr, compareCidrs, type InterfaceAddress } from '../../model/net/cidr';
import { NOT_PUBLIC_BLOCKS } from '../../model/net/special-purpose';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import { defaultsOf, read } from '../shape/read';
import type { Place } from '../source/place';
import { SITE } from './keys';

/** The metric of the first gateway. */
const FIRST_METRIC = 100;

/** Reads the section `site`; undefined when it is absent or lacks something. */
export function readSite(place: Place, problems: ProblemList): Site | undefined {
  const { draft } = read(place, SITE, problems);
  if (draft === undefined) return undefined;
  const { controller, mesh } = draft;
  const publicIp = checkPublicIp(place, draft.publicIp, problems);
  const asn = problems.parse(place.at('asn'), () => parseAsn(draft.asn));
  const subnets = readSubnets(place.below('subnets'), draft.subnets, controller, problems);
  const gateway = draft.gateway ?? defaultsOf(SITE.keys.gateway.shape);
  const { daemon, interface: interfaceKind, keyReference, behindNat, linkMtu } = gateway;
  const version = gateway.version ?? knownVersions(daemon)[0];
  checkGateway(place.below('gateway'), daemon, version, problems);
  if (!controller || publicIp === undefined || asn === undefined || version === undefined) return undefined;
  return {
    controller,
    subnets,
    asn,
    mesh,
    gateways: [
      {
        publicIp,
        address: controller.address,
        metric: FIRST_METRIC,
        daemon,
        version,
        ...(interfaceKind === undefined ? {} : { interface: interfaceKind }),
        ...(keyReference === undefined ? {} : { keyReference }),
        behindNat,
        linkMtu,
      },
    ],
  };
}

/** Checks that the daemon has this version, and that version the kind of interface. */
function checkGateway(
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

function checkPublicIp(site: Place, publicIp: string | undefined, problems: ProblemList): string | undefined {
  const inside = publicIp && NOT_PUBLIC_BLOCKS.find((block) => block.containsAddress(publicIp));
  if (!publicIp || !inside) return publicIp;
  return problems.error(
    'bad-value',
    site.at('public_ip'),
    { must: 'must be a public address', got: `"${publicIp}" (of ${inside})` },
    'give the address that the Internet sees; with behind_nat: true the gateway may have a private one',
  );
}

function readSubnets(
  place: Place,
  given: readonly Cidr[] | undefined,
  controller: InterfaceAddress | undefined,
  problems: ProblemList,
): readonly Cidr[] {
  if (place.node === undefined) return controller ? [controller.network] : [];
  const subnets = given ?? [];
  const isWhole = place.items.length === subnets.length;
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(0, index).find((earlier) => earlier.overlaps(subnet));
    if (!other) return;
    const where = isWhole ? place.at(index) : { ...place.at(), path: [...place.path, index] };
    problems.error('overlap', where, `${subnet} overlaps ${other} of the same list`, 'keep the wider one');
  });
  const address = controller?.address;
  const holds = subnets.some((subnet) => address !== undefined && subnet.containsAddress(address));
  if (isWhole && address && subnets.length > 0 && !holds) {
    const statement = { must: `must contain the controller (${address})`, got: subnets.join(', ') };
    problems.error('controller-outside', place.at(), statement);
  }
  return [...subnets].sort(compareCidrs);
}
