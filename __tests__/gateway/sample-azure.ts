import { AZURE_VPN } from '../../model/clouds/azure/azure-vpn';
import { tunnelAddresses } from '../../model/clouds/azure/inside-addresses';
import type { GatewayConnection, GatewayHost } from '../../model/gateway/host';
import { GatewayKey } from '../../model/gateway/key';
import { Cidr } from '../../model/net/cidr';
import { type CryptoProfile, PROFILE_ALGORITHMS } from '../../model/tunnel/crypto-profiles';
import type { NetworkTunnels } from '../../model/tunnel/description';
import { proposalsOf } from '../../model/tunnel/proposal';
import { type Combination, sampleConnection, sampleHost } from './sample-host';

/** The one key of the sample's connection. */
export const SAMPLE_AZURE_KEY = 'PlantedKeyOfAzureDev';

export interface SampleAzure {
  readonly environment?: string;
  /** @default 'azure/default' */
  readonly network?: string;
  /** The /29 of the connection. @default '169.254.21.0/29' */
  readonly block?: string;
  /** 1, or 2 for active-active. @default 2 */
  readonly instances?: 1 | 2;
  readonly cloudNetwork?: string;
  /** The number of the first interface. @default 1 */
  readonly firstInterface?: number;
  readonly outside?: readonly string[];
  readonly mode?: NetworkTunnels['mode'];
  readonly routing?: NetworkTunnels['routing'];
  readonly multipath?: boolean;
  /** Addresses of the GatewaySubnet, one for each instance; absent: BGP speaks between the inside addresses. */
  readonly peers?: readonly string[];
  readonly crypto?: CryptoProfile;
  readonly espSeconds?: number;
  readonly dpdSeconds?: number;
  /** The key or a reference to it. */
  readonly key?: string;
}

/** A connection to Azure as the driver puts it together: one key and one site address, and a tunnel to each instance. */
export function sampleAzure(sample: SampleAzure = {}): GatewayConnection {
  const { environment = 'dev', network = 'azure/default', instances = 2, crypto = 'modern' } = sample;
  const { outside = ['203.0.113.65', '203.0.113.66'], firstInterface = 1, peers } = sample;
  const { encryption, integrity, dhGroup } = PROFILE_ALGORITHMS[crypto];
  const choices = { encryption: [encryption], integrity: [integrity], dhGroups: [dhGroup] };
  const addresses = tunnelAddresses(Cidr.parse(sample.block ?? '169.254.21.0/29'), instances);
  const keyed = <T>(each: (index: number) => T): Record<string, T> =>
    Object.fromEntries(addresses.map(({ key }, index) => [key.toString(), each(index)]));
  const { key = SAMPLE_AZURE_KEY } = sample;
  const presharedKey = key.includes('://')
    ? GatewayKey.referenceTo(key)
    : GatewayKey.of(key, AZURE_VPN.presharedKey);
  return {
    environment,
    network,
    cloud: AZURE_VPN,
    crypto,
    description: {
      mode: sample.mode ?? 'route-based',
      routing: sample.routing ?? 'bgp',
      ...(sample.multipath === undefined ? {} : { multipath: sample.multipath }),
      networks: [sample.cloudNetwork ?? '172.21.0.0/16'],
      cloud_asn: 65515,
      cloud_connection: {
        resource_group: network.replace('azure/', `${environment}-`),
        name: `${environment}-${network.replace('/', '-')}`,
      },
      tunnels: keyed((index) => ({
        outside_address: outside[index] ?? '',
        cloud_inside_address: addresses[index]?.cloud ?? '',
        site_inside_address: addresses[index]?.site ?? '',
        ...(peers === undefined
          ? {}
          : { bgp_peering: { cloud_address: peers[index] ?? '', site_address: '10.0.2.15' } }),
        ike_versions: [2],
        ike: proposalsOf('ike', choices),
        esp: proposalsOf('esp', choices),
        lifetimes: { ike_seconds: 28800, esp_seconds: sample.espSeconds ?? 3600 },
        dpd: { timeout_seconds: sample.dpdSeconds ?? 45, action: 'restart' },
        startup: 'site',
      })),
    },
    siteNetworks: [Cidr.parse('10.0.2.0/24')],
    interfaces: keyed((index) => firstInterface + index),
    keys: keyed(() => presharedKey),
  };
}

/** A connection of a transit gateway: both tunnels carry flows at once. */
export function sampleHub(environment = 'dev'): GatewayConnection {
  const connection = sampleConnection({ environment, network: 'hub/main', routing: 'bgp' });
  return { ...connection, description: { ...connection.description, multipath: true } };
}

type Daemon = Pick<Combination, 'daemon' | 'version' | 'kind'>;

const LIBRESWAN_4: Daemon = { daemon: 'libreswan', version: 4, kind: 'vti' };
const LIBRESWAN_5: Daemon = { daemon: 'libreswan', version: 5, kind: 'xfrm' };
const STRONGSWAN_5: Daemon = { daemon: 'strongswan', version: 5, kind: 'xfrm' };
const STRONGSWAN_6: Daemon = { daemon: 'strongswan', version: 6, kind: 'xfrm' };

const hostOf = (daemon: Daemon, ...connections: readonly GatewayConnection[]): GatewayHost =>
  sampleHost(daemon, connections);

/** A second connection of the same host. */
export const OTHER_AZURE: SampleAzure = {
  environment: 'prod',
  network: 'azure/osaka',
  block: '169.254.21.8/29',
  firstInterface: 3,
  cloudNetwork: '172.22.0.0/16',
  outside: ['203.0.113.67', '203.0.113.68'],
};

/** Hosts whose tunnels end in Azure, or in a transit gateway, by the name of their golden file. */
export const AZURE_HOSTS: Readonly<Record<string, GatewayHost>> = {
  'azure-libreswan-4-vti-bgp': hostOf(LIBRESWAN_4, sampleAzure(), sampleAzure(OTHER_AZURE)),
  'azure-libreswan-4-xfrm-gateway-subnet': hostOf(
    { ...LIBRESWAN_4, kind: 'xfrm' },
    sampleAzure({ peers: ['172.21.255.4', '172.21.255.5'], crypto: 'compatible' }),
  ),
  'azure-libreswan-4-policy-based-seed': hostOf(
    LIBRESWAN_4,
    sampleAzure({ mode: 'policy-based', routing: 'static', crypto: 'seed', instances: 1 }),
  ),
  'azure-libreswan-5-xfrm-static': hostOf(LIBRESWAN_5, sampleAzure({ routing: 'static' })),
  'azure-strongswan-5-xfrm-bgp': hostOf(STRONGSWAN_5, sampleAzure({ instances: 1 })),
  'azure-strongswan-6-policy-based': hostOf(
    STRONGSWAN_6,
    sampleAzure({ mode: 'policy-based', routing: 'static', crypto: 'compatible' }),
  ),
  'azure-strongswan-6-xfrm-gateway-subnet': hostOf(
    STRONGSWAN_6,
    sampleAzure({ peers: ['172.21.255.4', '172.21.255.5'] }),
  ),
  // A virtual private gateway, a transit gateway and Azure at one host.
  'three-clouds-libreswan-5-xfrm-bgp': hostOf(
    LIBRESWAN_5,
    { ...sampleHub(), interfaces: { '169.254.100.0/30': 5, '169.254.100.4/30': 6 } },
    sampleAzure(),
    sampleConnection({
      environment: 'prod',
      network: 'aws/osaka',
      cloudNetwork: '172.29.0.0/16',
      position: 1,
      routing: 'bgp',
    }),
  ),
  'hub-libreswan-4-vti-bgp': hostOf(LIBRESWAN_4, sampleHub()),
  'hub-strongswan-6-xfrm-bgp': hostOf(STRONGSWAN_6, sampleHub()),
};
