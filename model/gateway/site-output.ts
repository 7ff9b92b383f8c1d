import { compareTexts } from '../../base/text/compare-texts';
import { parseAsn } from '../net/asn';
import { Cidr, parseInterfaceAddress } from '../net/cidr';
import { parseIpv4 } from '../net/ipv4';
import { CRYPTO_PROFILES, type CryptoProfile } from '../tunnel/crypto-profiles';
import { ValueError } from '../value-error';
import { knownVersions } from './capabilities';
import type { GatewayDaemon, GatewaySite, InterfaceKind } from './host';
import { connectionParts, type SiteWithGateways, siteAt } from './site-gateway';

/** What a network's connection has at the site's end, beside its tunnels. */
export interface SiteConnection {
  readonly crypto: CryptoProfile;
  /** Networks behind the gateway that the cloud network reaches. */
  readonly siteNetworks: readonly Cidr[];
  /** The numbers of the tunnels' interfaces, by inside CIDR. */
  readonly interfaces: Readonly<Record<string, number>>;
}

/** The site's end of the connections of one stack at one gateway. */
export interface SiteEnd {
  readonly environment: string;
  readonly site: GatewaySite;
  readonly interfaceKind?: InterfaceKind;
  /** The folder of the keys that the host's files name instead of holding them, as the catalog says it. */
  readonly keyReference?: string;
  /** By connection: `aws/default`, `aws/default@east`. */
  readonly connections: Readonly<Record<string, SiteConnection>>;
}

/** The ends of some connections at each gateway of the site, by the keys that {@link connectionKey} gives them. */
export function siteEnds(
  environment: string,
  site: SiteWithGateways,
  connections: Readonly<Record<string, SiteConnection>>,
): readonly SiteEnd[] {
  return site.gateways.map((gateway): SiteEnd => {
    const { name, interface: interfaceKind, keyReference } = gateway;
    const own = Object.entries(connections).filter(([key]) => connectionParts(key).gateway === name);
    return {
      environment,
      site: siteAt(site, gateway),
      ...(interfaceKind === undefined ? {} : { interfaceKind }),
      ...(keyReference === undefined ? {} : { keyReference }),
      connections: Object.fromEntries(own),
    };
  });
}

/** What the output `site` says of one gateway. */
interface GatewayOutput {
  readonly daemon: GatewayDaemon;
  readonly version: number;
  readonly behind_nat: boolean;
  readonly link_mtu: number;
  readonly mesh: boolean;
  readonly address?: string;
  readonly lan_interface?: string;
  readonly interface?: InterfaceKind;
  readonly key_reference?: string;
  readonly connections: Readonly<
    Record<
      string,
      {
        readonly crypto: CryptoProfile;
        readonly site_networks: readonly string[];
        readonly interfaces: Readonly<Record<string, number>>;
      }
    >
  >;
}

interface CommonOutput {
  readonly environment: string;
  readonly controller: string;
  readonly asn: number;
  readonly subnets: readonly string[];
}

/**
 * The output `site` of a network's stack: all that its gateways' files are rendered from beside `tunnels` and the keys. The
 * keys are in snake_case, because Terraform stores them. It holds no secret. A site with `site.gateway` has `gateway`, one
 * with `site.gateways` has `gateways`.
 */
export type SiteOutput =
  | (CommonOutput & { readonly public_ip: string; readonly gateway: GatewayOutput })
  | (CommonOutput & {
      readonly gateways: Readonly<
        Record<string, GatewayOutput & { readonly public_ip: string; readonly metric?: number }>
      >;
    });

/** Makes the output from the ends at all gateways of the site, in their order. */
export function siteOutput([first, ...others]: readonly [SiteEnd, ...SiteEnd[]]): SiteOutput {
  const { environment, site } = first;
  const { controller, publicIp, asn, subnets } = site;
  const around = {
    environment,
    controller: `${controller.address}/${controller.network.prefixLength}`,
  };
  const common = { asn, subnets: subnets.map(String) };
  if (site.gateway.name === undefined)
    return { ...around, public_ip: publicIp, ...common, gateway: gatewayOutput(first) };
  const gateways = [first, ...others].map((end) => {
    const { name = '', metric } = end.site.gateway;
    const own = { public_ip: end.site.publicIp, ...(metric === undefined ? {} : { metric }) };
    return [name, { ...own, ...gatewayOutput(end) }] as const;
  });
  return { ...around, ...common, gateways: Object.fromEntries(gateways) };
}

function gatewayOutput({ site, interfaceKind, keyReference, connections }: SiteEnd): GatewayOutput {
  const { mesh, gateway } = site;
  return {
    daemon: gateway.daemon,
    version: gateway.version,
    behind_nat: gateway.behindNat,
    link_mtu: gateway.linkMtu,
    mesh,
    ...(gateway.address === undefined ? {} : { address: gateway.address }),
    ...(gateway.lanInterface === undefined ? {} : { lan_interface: gateway.lanInterface }),
    ...(interfaceKind === undefined ? {} : { interface: interfaceKind }),
    ...(keyReference === undefined ? {} : { key_reference: keyReference }),
    connections: Object.fromEntries(
      Object.entries(connections).map(([network, { crypto, siteNetworks, interfaces }]) => [
        network,
        { crypto, site_networks: siteNetworks.map(String), interfaces },
      ]),
    ),
  };
}

/**
 * Reads the output again. It is checked, because it comes from a state.
 *
 * @returns an end for each gateway; none where the stack has no connection, or an earlier version applied it
 * @throws {@link ValueError} for a value that is no such output
 */
export function readSiteOutput(value: unknown): readonly SiteEnd[] {
  const output = fieldsOf(value);
  if (Object.keys(output).length === 0) return [];
  if (output.gateways === undefined) return [endOf(output, fieldsOf(output.gateway), output.public_ip)];
  return Object.entries(fieldsOf(output.gateways))
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([name, own]) => endOf(output, fieldsOf(own), fieldsOf(own).public_ip, name));
}

function endOf(output: Fields, gateway: Fields, publicIp: unknown, name?: string): SiteEnd {
  const daemon = choice(['libreswan', 'strongswan'] as const, gateway.daemon);
  const version = Number(gateway.version);
  if (!knownVersions(daemon).includes(version))
    throw new ValueError(`a known version of ${daemon}`, String(version));
  return {
    environment: String(output.environment),
    site: {
      controller: parseInterfaceAddress(String(output.controller)),
      publicIp: parseIpv4(String(publicIp)),
      asn: parseAsn(Number(output.asn)),
      subnets: cidrsOf(output.subnets),
      mesh: gateway.mesh === true,
      gateway: {
        ...(name === undefined ? {} : { name }),
        ...(gateway.metric === undefined ? {} : { metric: Number(gateway.metric) }),
        ...(gateway.address === undefined ? {} : { address: parseIpv4(String(gateway.address)) }),
        daemon,
        version,
        behindNat: gateway.behind_nat === true,
        linkMtu: Number(gateway.link_mtu),
        ...(typeof gateway.lan_interface === 'string' ? { lanInterface: gateway.lan_interface } : {}),
      },
    },
    ...(typeof gateway.interface === 'string'
      ? { interfaceKind: choice(['vti', 'xfrm'] as const, gateway.interface) }
      : {}),
    ...(typeof gateway.key_reference === 'string' ? { keyReference: gateway.key_reference } : {}),
    connections: Object.fromEntries(
      Object.entries(fieldsOf(gateway.connections)).map(([network, connection]) => [
        network,
        connectionOf(fieldsOf(connection)),
      ]),
    ),
  };
}

/** What is said of a host, as texts by key: what all its environments must agree on, and the networks that one knows of the site. */
export function siteFacts(end: SiteEnd): ReadonlyMap<string, string> {
  const { controller, publicIp, asn, subnets, gateway } = end.site;
  const { connections: _, daemon, version, ...options } = gatewayOutput(end);
  return new Map([
    ['controller', `${controller.address}/${controller.network.prefixLength}`],
    ['public_ip', publicIp],
    ['asn', String(asn)],
    ['subnets', subnets.join(', ')],
    ...(gateway.metric === undefined ? [] : [['metric', String(gateway.metric)] as const]),
    ['gateway', `${daemon} ${version}`],
    ...Object.entries(options).map(([key, value]) => [`gateway.${key}`, String(value)] as const),
  ]);
}

/** What differs from one to the other: `gateway libreswan 4 → strongswan 6`. @param told - facts that are told already */
export function siteDifferences(
  before: SiteEnd,
  after: SiteEnd,
  told: readonly string[] = [],
): readonly string[] {
  const then = siteFacts(after);
  const now = siteFacts(before);
  const keys = [...new Set([...now.keys(), ...then.keys()])];
  return keys.flatMap((key) => {
    if (told.includes(key)) return [];
    const [from, to] = [now.get(key) ?? 'none', then.get(key) ?? 'none'];
    return from === to ? [] : [`${key} ${from} → ${to}`];
  });
}

function connectionOf(connection: Fields): SiteConnection {
  const numbers = Object.entries(fieldsOf(connection.interfaces));
  return {
    crypto: choice(CRYPTO_PROFILES, connection.crypto),
    siteNetworks: cidrsOf(connection.site_networks),
    interfaces: Object.fromEntries(numbers.map(([cidr, number]) => [cidr, Number(number)])),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function cidrsOf(value: unknown): readonly Cidr[] {
  return Array.isArray(value) ? value.map((text) => Cidr.parse(String(text))) : [];
}

function choice<T extends string>(choices: readonly T[], value: unknown): T {
  const found = choices.find((one) => one === value);
  if (found === undefined) throw new ValueError(`one of ${choices.join(', ')}`, String(value));
  return found;
}
