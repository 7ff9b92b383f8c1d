import { compareTexts } from '../../../base/text/compare-texts';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { interfaceNumbers } from '../../../gateway/host/interface-numbers';
import type { CloudVpn } from '../../../model/clouds/cloud-vpn';
import { HiddenKey } from '../../../model/gateway/hidden-key';
import type { GatewayConnection, GatewayHost, TunnelKey } from '../../../model/gateway/host';
import { keyReference } from '../../../model/gateway/key-reference';
import { presharedKeyCidr } from '../../../model/gateway/preshared-key-cidr';
import { connectionKey, connectionParts, keyPath } from '../../../model/gateway/site-gateway';
import {
  readSiteOutput,
  type SiteConnection,
  type SiteEnd,
  siteEnds,
} from '../../../model/gateway/site-output';
import { type Address, PENDING_TEXT, plannedAddress } from '../../../model/net/address';
import { type Cidr, compareCidrs } from '../../../model/net/cidr';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import { tunnelsOf } from '../../kinds/registry';
import { keyFolder } from '../gateway/keys/folder';
import { fieldsOf, type NotedEnvironment, type NotedStack } from './noted-outputs';

/** The gateway hosts of several environments as their outputs describe them, by public address. */
export interface NotedHosts {
  readonly hosts: ReadonlyMap<string, GatewayHost<Address>>;
  /** The site's end of each environment that has a connection, as its outputs say it. */
  readonly ends: readonly SiteEnd[];
  /** Lines about what outputs don't tell. */
  readonly unknown: readonly string[];
}

/**
 * @param own - the environment that is planned: where two say something else of one host, its files are rendered from what
 * this one says, as its apply does it
 */
export function notedHosts(own: string, environments: readonly NotedEnvironment[]): NotedHosts {
  const connected: Connected[] = [];
  const unknown: string[] = [];
  for (const environment of environments) {
    for (const stack of environment.stacks) {
      const found = connectedOf(environment, stack);
      connected.push(...found.connected);
      unknown.push(...found.unknown);
    }
  }
  const addresses = [...new Set(connected.map(({ end }) => end.site.publicIp))].sort(compareTexts);
  return {
    hosts: new Map(
      addresses.map((address) => [
        address,
        hostOf(
          own,
          connected.filter(({ end }) => end.site.publicIp === address),
        ),
      ]),
    ),
    ends: connected.map(({ end }) => end),
    unknown,
  };
}

interface Connected {
  readonly end: SiteEnd;
  readonly connection: GatewayConnection<Address>;
}

function hostOf(own: string, connected: readonly Connected[]): GatewayHost<Address> {
  const leading = connected.find(({ end }) => end.environment === own) ?? connected[0];
  if (leading === undefined) throw new TypeError('a host without a connection');
  const { site, interfaceKind } = leading.end;
  return {
    site: { ...site, subnets: subnetsOf(connected.map(({ end }) => end)) },
    ...(interfaceKind === undefined ? {} : { interfaceKind }),
    connections: connected
      .map(({ connection }) => connection)
      .sort((a, b) => compareTexts(nameOf(a), nameOf(b))),
  };
}

function nameOf({ environment, network }: GatewayConnection<Address>): string {
  return `${environment}/${network}`;
}

function subnetsOf(ends: readonly SiteEnd[]): readonly Cidr[] {
  const all = ends.flatMap(({ site }) => site.subnets);
  return [...new Map(all.map((cidr) => [cidr.toString(), cidr])).values()].sort(compareCidrs);
}

function connectedOf(
  { environment: { loaded } }: NotedEnvironment,
  { stack, tunnels, site, newKeys }: NotedStack,
): { readonly connected: readonly Connected[]; readonly unknown: readonly string[] } {
  const kind = tunnelsOf(stack);
  const { environment } = loaded.catalog;
  if (kind === undefined) return { connected: [], unknown: [] };
  if (tunnels === PENDING_TEXT || site === PENDING_TEXT)
    return { connected: [], unknown: [`${stack.id}: its tunnels are not known before it is applied`] };
  const unknown: string[] = [];
  const described = Object.entries(fieldsOf(tunnels));
  const connected = described.flatMap(([label, value]): Connected[] => {
    const { gateway } = connectionParts(label);
    const networks = new Set(described.map(([one]) => connectionParts(one).network));
    const { network, entry } = namesOf(loaded, stack, connectionParts(label).network, networks.size === 1);
    const description = descriptionOf(value);
    if (description === undefined) {
      unknown.push(`${environment}/${label}: its tunnels are not known before ${stack.id} is applied`);
      return [];
    }
    const cidrs = Object.keys(description.tunnels);
    if (cidrs.length === 0) return [];
    const noted = endOf(readSiteOutput(site), label);
    const end = noted ?? catalogEnd(loaded, label);
    const own =
      noted?.connections[label] ?? catalogConnection(loaded, kind.cloud, entry ?? network, gateway, cidrs);
    if (end === undefined || own === undefined) {
      unknown.push(`${environment}/${label}: an earlier version applied it, and noted nothing of the site`);
      return [];
    }
    if (noted === undefined)
      unknown.push(
        `${environment}/${label}: an earlier version applied it and did not note the site: what the catalog says stands for it`,
      );
    const folder = end.keyReference === undefined ? undefined : keyFolder(loaded, end.keyReference);
    const keyOf = (tunnel: string): TunnelKey => {
      const cidr = presharedKeyCidr(kind.cloud, tunnel);
      return folder === undefined
        ? new HiddenKey(cidr, newKeys.has(cidr))
        : keyReference(folder, environment, keyPath(network, gateway), cidr);
    };
    const connection: GatewayConnection<Address> = {
      environment,
      network,
      ...(entry === undefined ? {} : { entry }),
      ...(gateway === undefined ? {} : { gateway }),
      cloud: kind.cloud,
      ...own,
      description,
      keys: Object.fromEntries(cidrs.map((cidr) => [cidr, keyOf(cidr)])),
    };
    return [{ end, connection }];
  });
  return { connected, unknown };
}

/**
 * What a network is called in the files of its host: by the name that it was born with, which an output does not tell, and in
 * their comments by its entry's name in the catalog. The names are the same before and after a rename.
 *
 * @param label - its key in the outputs, an earlier one where a rename was not applied yet
 * @param isOnly - whether the stack has no other network
 */
function namesOf(
  { catalog, identities }: Loaded,
  stack: Stack,
  label: string,
  isOnly: boolean,
): { readonly network: string; readonly entry?: string } {
  const own = catalog.networks.filter(({ key }) => stack.members.includes(key));
  const found = own.find(({ key }) => key === label) ?? (isOnly && own.length === 1 ? own[0] : undefined);
  const key = found?.key ?? label;
  const network = found?.identity ?? `${label.slice(0, label.indexOf('/'))}/${identities.bornOf(label)}`;
  return network === key ? { network } : { network, entry: key };
}

/** The description of a network's tunnels, whose outside addresses and BGP peers may be unknown; undefined where more of it is. */
function descriptionOf(value: unknown): NetworkTunnels<Address> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { tunnels, preshared_key_arn: arn, ...rest } = value as NetworkTunnels;
  const planned = Object.entries(tunnels ?? {});
  const known = planned.map(([, { outside_address: _, bgp_peering, ...tunnel }]) => [
    tunnel,
    bgp_peering?.site_address,
  ]);
  const others = JSON.stringify([rest, known]);
  if (others.includes(PENDING_TEXT)) return undefined;
  return {
    ...rest,
    ...(arn === undefined ? {} : { preshared_key_arn: plannedAddress(arn) }),
    tunnels: Object.fromEntries(
      planned.map(([cidr, { outside_address, bgp_peering, ...tunnel }]) => [
        cidr,
        {
          ...tunnel,
          outside_address: plannedAddress(outside_address),
          ...(bgp_peering === undefined
            ? {}
            : { bgp_peering: { ...bgp_peering, cloud_address: plannedAddress(bgp_peering.cloud_address) } }),
        },
      ]),
    ),
  };
}

/** The end of a connection among those that an output has, or that of its gateway. */
function endOf(ends: readonly SiteEnd[], connection: string): SiteEnd | undefined {
  const { gateway } = connectionParts(connection);
  return (
    ends.find(({ connections }) => connections[connection] !== undefined) ??
    ends.find(({ site }) => site.gateway.name === gateway)
  );
}

/** The site as the catalog has it: of a stack that a version without the output `site` applied. */
function catalogEnd({ catalog }: Loaded, connection: string): SiteEnd | undefined {
  const { site, environment } = catalog;
  return site && endOf(siteEnds(environment, site, {}), connection);
}

function catalogConnection(
  { catalog, allocations }: Loaded,
  cloud: CloudVpn,
  network: string,
  gateway: string | undefined,
  cidrs: readonly string[],
): SiteConnection | undefined {
  const vpn = catalog.networks.find(({ key }) => key === network)?.vpn;
  const allocation = allocations.get(connectionKey(network, gateway === undefined ? {} : { name: gateway }));
  if (vpn === undefined || allocation === undefined) return undefined;
  return {
    crypto: vpn.crypto,
    siteNetworks: vpn.remoteNetworks,
    interfaces: interfaceNumbers(cloud, allocation, cidrs),
  };
}
