import { parseAsn } from '../net/asn';
import { Cidr, parseInterfaceAddress } from '../net/cidr';
import { parseIpv4 } from '../net/ipv4';
import { CRYPTO_PROFILES, type CryptoProfile } from '../tunnel/crypto-profiles';
import { ValueError } from '../value-error';
import { knownVersions } from './capabilities';
import type { GatewayDaemon, GatewaySite, InterfaceKind } from './host';

/** What a network's connection has at the site's end, beside its tunnels. */
export interface SiteConnection {
  readonly crypto: CryptoProfile;
  /** Networks behind the gateway that the cloud network reaches. */
  readonly siteNetworks: readonly Cidr[];
  /** The numbers of the tunnels' interfaces, by inside CIDR. */
  readonly interfaces: Readonly<Record<string, number>>;
}

/** The site's end of all connections of one stack. */
export interface SiteEnd {
  readonly environment: string;
  readonly site: GatewaySite;
  readonly interfaceKind?: InterfaceKind;
  /** The folder of the keys that the host's files name instead of holding them, as the catalog says it. */
  readonly keyReference?: string;
  /** By network: `aws/default`. */
  readonly connections: Readonly<Record<string, SiteConnection>>;
}

/**
 * The output `site` of a network's stack: all that its gateway's files are rendered from beside `tunnels` and the keys. The
 * keys are in snake_case, because Terraform stores them. It holds no secret.
 */
export interface SiteOutput {
  readonly environment: string;
  readonly controller: string;
  readonly public_ip: string;
  readonly asn: number;
  readonly subnets: readonly string[];
  readonly gateway: {
    readonly daemon: GatewayDaemon;
    readonly version: number;
    readonly behind_nat: boolean;
    readonly link_mtu: number;
    readonly mesh: boolean;
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
  };
}

/** Makes the output. */
export function siteOutput({
  environment,
  site,
  interfaceKind,
  keyReference,
  connections,
}: SiteEnd): SiteOutput {
  const { controller, publicIp, asn, subnets, mesh, gateway } = site;
  return {
    environment,
    controller: `${controller.address}/${controller.network.prefixLength}`,
    public_ip: publicIp,
    asn,
    subnets: subnets.map(String),
    gateway: {
      daemon: gateway.daemon,
      version: gateway.version,
      behind_nat: gateway.behindNat,
      link_mtu: gateway.linkMtu,
      mesh,
      ...(interfaceKind === undefined ? {} : { interface: interfaceKind }),
      ...(keyReference === undefined ? {} : { key_reference: keyReference }),
      connections: Object.fromEntries(
        Object.entries(connections).map(([network, { crypto, siteNetworks, interfaces }]) => [
          network,
          { crypto, site_networks: siteNetworks.map(String), interfaces },
        ]),
      ),
    },
  };
}

/**
 * Reads the output again. It is checked, because it comes from a state.
 *
 * @returns undefined where the stack has none: it has no connection, or an earlier version applied it
 * @throws {@link ValueError} for a value that is no such output
 */
export function readSiteOutput(value: unknown): SiteEnd | undefined {
  const output = fieldsOf(value);
  if (Object.keys(output).length === 0) return undefined;
  const gateway = fieldsOf(output.gateway);
  const daemon = choice(['libreswan', 'strongswan'] as const, gateway.daemon);
  const version = Number(gateway.version);
  if (!knownVersions(daemon).includes(version))
    throw new ValueError(`a known version of ${daemon}`, String(version));
  return {
    environment: String(output.environment),
    site: {
      controller: parseInterfaceAddress(String(output.controller)),
      publicIp: parseIpv4(String(output.public_ip)),
      asn: parseAsn(Number(output.asn)),
      subnets: cidrsOf(output.subnets),
      mesh: gateway.mesh === true,
      gateway: { daemon, version, behindNat: gateway.behind_nat === true, linkMtu: Number(gateway.link_mtu) },
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
  const { controller, public_ip, asn, subnets, gateway } = siteOutput(end);
  const { connections: _, daemon, version, ...options } = gateway;
  return new Map([
    ['controller', controller],
    ['public_ip', public_ip],
    ['asn', String(asn)],
    ['subnets', subnets.join(', ')],
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
