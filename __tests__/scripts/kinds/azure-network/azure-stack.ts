import type { Loaded } from '../../../../catalog/environment/catalog';
import type { Allocation } from '../../../../catalog/ground/allocation';
import type { AzureSettings } from '../../../../catalog/kinds/azure/settings';
import type { AzureConnection, AzureNetwork } from '../../../../catalog/kinds/azure-network/network';
import type { Stack } from '../../../../catalog/kinds/registry';
import type { Vault } from '../../../../catalog/kinds/vault/vault';
import { Cidr } from '../../../../model/net/cidr';
import { loadedFrom } from '../../../support/loaded';

export const BLOCK = '169.254.21.0/29';
export const OTHER_BLOCK = '169.254.21.8/29';

/** One network with a VPN, as the kind's model has it. */
export function azureNetwork(more: Partial<AzureNetwork> = {}): AzureNetwork {
  return {
    key: 'azure/default',
    identity: 'azure/default',
    provider: 'azure',
    entry: 'default',
    cidrs: [Cidr.parse('172.21.0.0/16')],
    entries: [{ provider: 'azure', name: 'default' }],
    location: 'japaneast',
    shownLocation: 'japaneast',
    resourceGroup: { name: 'dev-default', create: true },
    vnetName: 'dev-default',
    vnetCidrs: [Cidr.parse('172.21.0.0/16')],
    gatewaySubnet: Cidr.parse('172.21.255.0/27'),
    egress: 'nat',
    nat: { idleTimeoutMinutes: 4 },
    securityGroupName: 'dev-default-nodes',
    ingress: [],
    tags: {},
    timeouts: { gatewayMinutes: 90, connectionMinutes: 60 },
    subnets: [
      {
        entry: 'default',
        born: 'default',
        name: 'dev-default',
        cidr: Cidr.parse('172.21.1.0/24'),
        extra: {},
      },
    ],
    vpn: {
      routing: 'static',
      mode: 'route-based',
      crypto: 'modern',
      cloudAsn: 65515,
      remoteNetworks: [Cidr.parse('10.0.2.0/24')],
      keysKeptByCloud: false,
      tunnels: [{}],
      sku: 'VpnGw1AZ',
      generation: 1,
      zones: ['1', '2', '3'],
      activeActive: false,
      bgpPeering: 'apipa',
      connectionMode: 'Default',
      saLifetimeSeconds: 3600,
      saDatasizeKb: 102400000,
      dpdSeconds: 45,
      policy: {
        ikeEncryption: 'GCMAES256',
        ikeIntegrity: 'SHA384',
        dhGroup: 'ECP384',
        ipsecEncryption: 'GCMAES256',
        ipsecIntegrity: 'GCMAES256',
        pfsGroup: 'ECP384',
      },
      natRules: [],
      seenNetworks: [Cidr.parse('172.21.0.0/16')],
      routingWeight: 10,
      connections: [connectionAt()],
    },
    ...more,
  };
}

/** The connection to one gateway of the site. */
export function connectionAt(name?: string): AzureConnection {
  return {
    key: name === undefined ? 'azure/default' : `azure/default@${name}`,
    gateway: {
      ...(name === undefined ? {} : { name }),
      publicIp: name === 'west' ? '198.51.100.11' : '198.51.100.10',
      address: '10.0.2.15',
      metric: 100,
      daemon: 'libreswan',
      version: 4,
      behindNat: false,
      linkMtu: 1500,
    },
  };
}

export interface AzureParts {
  readonly network?: AzureNetwork;
  readonly settings?: Partial<AzureSettings>;
  readonly vault?: Partial<Vault>;
  /** By connection. */
  readonly allocations?: Readonly<Record<string, Partial<Allocation>>>;
  readonly backend?: Stack['backend'];
}

/** A loaded environment with one network on Azure, and its stack. */
export function azureEnvironment(parts: AzureParts = {}): {
  readonly loaded: Loaded;
  readonly stack: Stack<'azure-network'>;
} {
  const base = loadedFrom("cci_version: '1.0'\nvault: { address: 'https://10.0.2.15:8443' }\n");
  const { network = azureNetwork(), settings = {}, vault, allocations = { 'azure/default': {} } } = parts;
  const blocks = [BLOCK, OTHER_BLOCK];
  const stack: Stack<'azure-network'> = {
    id: 'dev-azure-default',
    kind: 'azure-network',
    place: { region: 'japaneast' },
    backend: parts.backend ?? { type: 'local', prefix: '', settings: {} },
    network: network.key,
    members: [network.key],
    requires: [],
    gone: false,
  };
  const { vault: bare, ...kinds } = base.catalog.kinds;
  const loaded: Loaded = {
    ...base,
    stacks: [stack],
    allocations: new Map(
      Object.entries(allocations).map(([key, allocation], index) => [
        key,
        { insideCidrs: [Cidr.parse(blocks[index] ?? BLOCK)], interfaces: [index + 1], ...allocation },
      ]),
    ),
    catalog: {
      ...base.catalog,
      networks: [network],
      kinds: {
        ...kinds,
        ...(vault === undefined || bare === undefined ? {} : { vault: { ...bare, ...vault } }),
        'azure-network': {
          settings: { version: '~> 4.55', auth: 'environment', ...settings },
          networks: [network],
        },
      },
    },
  };
  return { loaded, stack };
}
