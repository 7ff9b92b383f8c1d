import { counted } from '../../base/text/counted';
import { durationText } from '../../base/text/duration-text';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Network } from '../../catalog/ground/network';
import type { NodeGroup } from '../../catalog/ground/node-group';
import type { SceneLink, ScenePart } from '../../draw/scene';
import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import { tunnelMtu } from '../../model/gateway/mtu';
import { connectionKey, type SiteGateway } from '../../model/gateway/site-gateway';
import type { Cidr } from '../../model/net/cidr';
import type { Proposal } from '../../model/tunnel/proposal';

/** What a kind adds to a picture for one of its stacks. The first part stands for the stack as a whole. */
export interface KindScene {
  readonly parts: readonly ScenePart[];
  readonly links: readonly SceneLink[];
}

/** What a kind draws from. */
export interface Drawn {
  readonly loaded: Loaded;
  /** The outside address of a tunnel, where it is known. @param connection - `aws/default@east` @param tunnel - its key */
  readonly outside: (connection: string, tunnel: string) => string | undefined;
}

/** How a kind's network has its tunnels. */
export interface TunnelEnds {
  readonly network: Network;
  readonly stack: string;
  /** The id of the part at which they end. */
  readonly to: string;
  readonly cloud: CloudVpn;
  /** Its two inside addresses. @param tunnel - its key */
  readonly inside: (tunnel: Cidr) => { readonly cloud: string; readonly site: string };
  /** What may be negotiated in phase 2. @param index - of the tunnel in its connection */
  readonly esp: (tunnel: Cidr, index: number) => readonly Proposal[];
  /** How many tunnels a connection has. */
  readonly count: number;
  /** The resources of the connection to a gateway. */
  readonly resources: (gateway: SiteGateway) => readonly string[];
}

/** The id of a site's part: environments with the same gateways have one site. */
export function siteId({
  gateways,
}: {
  readonly gateways: readonly Pick<SiteGateway, 'publicIp'>[];
}): string {
  return `site/${gateways.map(({ publicIp }) => publicIp).join('+')}`;
}

/** The id of a gateway's part. */
export function gatewayId({ publicIp }: Pick<SiteGateway, 'publicIp'>): string {
  return `gateway/${publicIp}`;
}

/** The id of the part in which the nodes of an entry are: `dev/entry/aws/default`. */
export function entryId(environment: string, entry: string): string {
  return `${environment}/entry/${entry}`;
}

/** The tunnels of a network, from the gateways of the site. */
export function tunnelLinks({ loaded, outside }: Drawn, ends: TunnelEnds): readonly SceneLink[] {
  const { environment, site } = loaded.catalog;
  return (site?.gateways ?? []).flatMap((gateway) => {
    const connection = connectionKey(ends.network.key, gateway);
    const insideCidrs = loaded.allocations.get(connection)?.insideCidrs ?? [];
    if (insideCidrs.length === 0) return [];
    return ends.cloud.tunnelKeys(insideCidrs, ends.count).map((tunnel, index): SceneLink => {
      const key = String(tunnel);
      const { cloud, site: own } = ends.inside(tunnel);
      const address = outside(connection, key);
      const link = { mtu: gateway.linkMtu, behindNat: gateway.behindNat };
      const { mtu } = tunnelMtu(ends.esp(tunnel, index), link);
      const most = ends.cloud.tunnelLimit?.mtu ?? mtu;
      return {
        id: `${environment}/${connection}/${key}`,
        kind: 'tunnel',
        from: gatewayId(gateway),
        to: ends.to,
        title: `${ends.cloud.insideCidrOf(tunnel)}  ${lastByte(own)} – ${lastByte(cloud)}`,
        lines: [
          `MTU ${Math.min(mtu, most)}`,
          ...(gateway.name === undefined ? [] : [`from ${gateway.name}`]),
          ...(address === undefined ? [] : [`to ${address}`]),
        ],
        stack: ends.stack,
        resources: ends.resources(gateway),
      };
    });
  });
}

/** Of an address whose others are said beside it: `.2`. */
function lastByte(address: string): string {
  return address.slice(address.lastIndexOf('.'));
}

/** How a network's routes reach the other end: `BGP 65000 – 64512`. */
export function routingLines({ vpn }: Network, loaded: Loaded): readonly string[] {
  if (vpn === undefined) return [];
  const { routing, mode, cloudAsn, crypto } = vpn;
  return [
    routing === 'bgp' ? `BGP ${loaded.catalog.site?.asn} – ${cloudAsn}` : `${routing} routes`,
    ...(mode === 'policy-based' ? [mode] : []),
    `crypto ${crypto}`,
  ];
}

/** The nodes of a group. @param within - the id of what they are in */
export function nodesPart(environment: string, group: NodeGroup, stack: string, within: string): ScenePart {
  const { kind, initial, most, spot, machine, leaseSeconds, idleSeconds, unitGroup } = group;
  const size = kind === 'elastic' ? `${initial} to ${most} nodes` : counted(initial, 'node');
  return {
    id: `${environment}/${group.key}`,
    kind: 'nodes',
    environments: [environment],
    title: `${group.name}: ${size}`,
    lines: [
      [kind, ...(spot ? ['spot'] : []), ...(machine === undefined ? [] : [machine])].join(', '),
      [
        ...(leaseSeconds === undefined ? [] : [`lease ${durationText(leaseSeconds)}`]),
        ...(idleSeconds === undefined ? [] : [`idle ${durationText(idleSeconds)}`]),
      ].join(', '),
      ...(unitGroup === undefined ? [] : [`unit group ${unitGroup}`]),
    ].filter((line) => line !== ''),
    within,
    stack,
    resources: ['*'],
  };
}

/** Makes the parts of one stack, of which most is the same. */
export function partsOf(
  environment: string,
  stack: string | undefined,
): (
  id: string,
  kind: ScenePart['kind'],
  title: string,
  rest?: Partial<Pick<ScenePart, 'lines' | 'within' | 'resources'>>,
) => ScenePart {
  return (id, kind, title, { lines = [], within, resources = [] } = {}) => ({
    id,
    kind,
    environments: [environment],
    title,
    lines,
    ...(within === undefined ? {} : { within }),
    ...(stack === undefined ? {} : { stack, resources }),
  });
}
