import { renderGateway } from '../../../gateway/render/host-files';
import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import type { TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import { daemonCapabilities, knownVersions } from '../../../model/gateway/capabilities';
import type { GatewayDaemon } from '../../../model/gateway/host';
import { incompatibilities, incompatibilityText } from '../../../model/gateway/incompatibilities';
import { Cidr } from '../../../model/net/cidr';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import type { NetworkTunnels, TunnelDescription } from '../../../model/tunnel/description';
import type { Proposal } from '../../../model/tunnel/proposal';
import {
  COMBINATIONS,
  combinationHost,
  combinationName,
  sampleConnection,
  sampleHost,
} from '../../gateway/sample-host';

const DAEMONS = (['libreswan', 'strongswan'] as const).flatMap((daemon) =>
  knownVersions(daemon).map((version): [GatewayDaemon, number] => [daemon, version]),
);

/** What is said about a connection with one tunnel of these options. */
function saidOf(
  [daemon, version]: [GatewayDaemon, number],
  change: {
    options?: TunnelOptions;
    tunnel?: Partial<TunnelDescription>;
    network?: Partial<NetworkTunnels>;
    siteNetworks?: string[];
  },
): string[] {
  const { description } = sampleConnection({ options: change.options });
  const [[insideCidr, tunnel] = []] = Object.entries(description.tunnels);
  const tunnels = { [String(insideCidr)]: { ...tunnel, ...change.tunnel } as TunnelDescription };
  const siteNetworks = (change.siteNetworks ?? ['10.0.2.0/24']).map((text) => Cidr.parse(text));
  return incompatibilities(
    { ...description, tunnels, ...change.network },
    { cloud: AWS_VPN, gateway: { daemon, version } },
    siteNetworks,
  ).map(incompatibilityText);
}

const LIBRESWAN: [GatewayDaemon, number][] = [
  ['libreswan', 4],
  ['libreswan', 5],
];
const MODERN = 'nearest: crypto: modern (AES256-GCM-16, SHA2-384, DH group 20)';
const MODERN_ESP = 'nearest: crypto: modern (AES256-GCM-16, DH group 20)';
const COMPATIBLE = 'nearest: crypto: compatible (AES256, SHA2-256, DH group 14)';
const SEED = 'nearest: crypto: seed (AES128, SHA1, DH group 14)';
const WEAK = 'not compiled in: too weak (RFC 8247)';
const UNKNOWN_PRIME = 'not supported: the origin of its prime is not known (RFC 8247)';

const groups: [[GatewayDaemon, number], TunnelOptions, string][] = LIBRESWAN.flatMap((daemon) => {
  const name = daemon.join(' ');
  return [2, 22, 23, 24].flatMap((group): [[GatewayDaemon, number], TunnelOptions, string][] => {
    const why = `${name} has no DH group ${group}: ${group === 2 ? WEAK : UNKNOWN_PRIME}`;
    return [
      [daemon, { phase1DhGroupNumbers: [group] }, `ike: ${why}; ${MODERN}`],
      [daemon, { phase2DhGroupNumbers: [group] }, `esp: ${why}; ${MODERN_ESP}`],
    ];
  });
});

const spread: [[GatewayDaemon, number], TunnelOptions, string][] = [
  ...LIBRESWAN.map((daemon): [[GatewayDaemon, number], TunnelOptions, string] => [
    daemon,
    { phase2DhGroupNumbers: [14, 20] },
    `esp: ${daemon.join(' ')} takes one DH group in ESP proposals, got 14, 20; nearest: phase2_dh_group_numbers: [20]`,
  ]),
  [
    ['libreswan', 4],
    {
      phase1EncryptionAlgorithms: ['AES128'],
      phase1IntegrityAlgorithms: ['SHA1'],
      phase1DhGroupNumbers: [2],
    },
    `ike: libreswan 4 has no DH group 2: ${WEAK}; ${SEED}`,
  ],
  [
    ['libreswan', 5],
    {
      phase2EncryptionAlgorithms: ['AES256'],
      phase2IntegrityAlgorithms: ['SHA2-256'],
      phase2DhGroupNumbers: [24],
    },
    `esp: libreswan 5 has no DH group 24: ${UNKNOWN_PRIME}; ${COMPATIBLE}`,
  ],
  ...DAEMONS.map((daemon): [[GatewayDaemon, number], TunnelOptions, string] => [
    daemon,
    { ikeVersions: ['ikev1'] },
    'ike_versions: the gateway speaks IKEv2 only, got IKEv1 (RFC 9395 retires it); nearest: ike_versions: [ikev2]',
  ]),
];

const proposal = (change: Partial<Proposal>): Proposal => ({
  encryption: 'AES256',
  integrity: 'SHA2-256',
  dh_group: 14,
  ...change,
});

const descriptions: [Partial<TunnelDescription>, string][] = [
  [{ ike: [proposal({ dh_group: 5 })] }, `ike: AWS has no DH group 5 for IKE; ${COMPATIBLE}`],
  [{ ike: [proposal({ dh_group: 31 })] }, `ike: AWS has no DH group 31 for IKE; ${COMPATIBLE}`],
  [{ ike: [proposal({ dh_group: 1 })] }, `ike: AWS has no DH group 1 for IKE; ${COMPATIBLE}`],
  [{ esp: [proposal({ dh_group: 31 })] }, `esp: AWS has no DH group 31 for ESP; ${COMPATIBLE}`],
  [{ ike: [proposal({ encryption: 'AES192' })] }, `ike: AWS has no encryption AES192; ${COMPATIBLE}`],
  [{ ike: [proposal({ encryption: '3DES' })] }, `ike: AWS has no encryption 3DES; ${COMPATIBLE}`],
  [
    { esp: [proposal({ encryption: 'CHACHA20-POLY1305' })] },
    `esp: AWS has no encryption CHACHA20-POLY1305; ${COMPATIBLE}`,
  ],
  [{ ike: [proposal({ integrity: 'MD5' })] }, `ike: AWS has no integrity MD5; ${COMPATIBLE}`],
  [{ esp: [proposal({ integrity: 'AES-XCBC' })] }, `esp: AWS has no integrity AES-XCBC; ${COMPATIBLE}`],
  [
    { ike: [{ encryption: 'AES256-GCM-16', dh_group: 20 }] },
    `ike: AES256-GCM-16 in IKE needs a pseudo-random function; ${MODERN}`,
  ],
  [
    { ike: [{ encryption: 'AES128', dh_group: 14 }] },
    `ike: AES128 in IKE needs a pseudo-random function; ${SEED}`,
  ],
  [
    { esp: [{ encryption: 'AES256', dh_group: 14 }] },
    `esp: AES256 needs an integrity algorithm beside it; ${COMPATIBLE}`,
  ],
  [
    { esp: [proposal({ encryption: 'AES256-GCM-16', dh_group: 20 })] },
    `esp: AES256-GCM-16 in ESP has its own integrity, got SHA2-256 beside it; ${MODERN_ESP}`,
  ],
  [{ ike: [] }, 'ike: no proposal is left; nearest: crypto: modern'],
  [{ esp: [] }, 'esp: no proposal is left; nearest: crypto: modern'],
  [
    { lifetimes: { ike_seconds: 86400, esp_seconds: 3600 } },
    "lifetimes: IKE's lifetime must be from 900 to 28800 s, got 86400 s; nearest: 28800 s",
  ],
  [
    { lifetimes: { ike_seconds: 600, esp_seconds: 900 } },
    "lifetimes: IKE's lifetime must be from 900 to 28800 s, got 600 s; nearest: 900 s",
  ],
  [
    { lifetimes: { ike_seconds: 28800, esp_seconds: 28800 } },
    "lifetimes: ESP's lifetime must be from 900 to 3600 s, got 28800 s; nearest: 3600 s",
  ],
  [
    { lifetimes: { ike_seconds: 28800, esp_seconds: 60 } },
    "lifetimes: ESP's lifetime must be from 900 to 3600 s, got 60 s; nearest: 900 s",
  ],
  [
    { lifetimes: { ike_seconds: 1800, esp_seconds: 3600 } },
    "lifetimes: ESP's lifetime (3600 s) must be shorter than IKE's (1800 s); nearest: 28800 s and 3600 s",
  ],
  [
    { dpd: { timeout_seconds: 10, action: 'clear' } },
    'dpd: the DPD timeout must be from 30 to 3600 s, got 10 s; nearest: 30 s',
  ],
  [
    { dpd: { timeout_seconds: 2147483647, action: 'clear' } },
    'dpd: the DPD timeout must be from 30 to 3600 s, got 2147483647 s; nearest: 3600 s',
  ],
];

const INSIDE = '169.254.100.0/30: ';
const onePair = 'a policy-based tunnel to AWS holds one pair of security associations, got 2 networks';
const networks = ['172.30.0.0/16', '172.31.0.0/16'];

describe('incompatible choices', () => {
  it.each([...groups, ...spread])('%j with %j', (daemon, options, message) => {
    expect(saidOf(daemon, { options })).toEqual([`${INSIDE}${message}`]);
  });

  it.each(descriptions)('%j', (tunnel, message) => {
    for (const daemon of DAEMONS) expect(saidOf(daemon, { tunnel })).toEqual([`${INSIDE}${message}`]);
  });

  it.each([
    ['libreswan', 3, 'libreswan 3 is not known here (known: 4, 5)', 4],
    ['libreswan', 6, 'libreswan 6 is not known here (known: 4, 5)', 5],
    ['strongswan', 4, 'strongswan 4 is not known here (known: 5, 6)', 5],
    ['strongswan', 7, 'strongswan 7 is not known here (known: 5, 6)', 6],
  ] as const)('%s %i', (daemon, version, reason, nearest) => {
    expect(saidOf([daemon, version], {})).toEqual([
      `gateway: ${reason}; nearest: gateway: { daemon: ${daemon}, version: ${nearest} }`,
    ]);
  });

  it.each(DAEMONS)(
    'policy-based with more than a pair of networks, or with BGP, on %s %i',
    (daemon, version) => {
      const policy = { mode: 'policy-based' } as const;
      const two = { network: policy, siteNetworks: ['10.0.2.0/24', '10.0.3.0/24'] };
      expect(saidOf([daemon, version], two)).toEqual([
        `mode: ${onePair} on the site's side; nearest: mode: route-based`,
      ]);
      expect(saidOf([daemon, version], { network: { ...policy, networks } })).toEqual([
        `mode: ${onePair} on the cloud's side; nearest: mode: route-based`,
      ]);
      expect(saidOf([daemon, version], { network: { ...policy, routing: 'bgp' } })).toEqual([
        'routing: BGP needs an interface per tunnel, and a policy-based tunnel has none; nearest: mode: route-based, or routing: static',
      ]);
    },
  );

  it('are all said at once, each with its tunnel, and nothing is rendered', () => {
    const connection = sampleConnection({
      options: { phase1DhGroupNumbers: [2, 24], ikeVersions: ['ikev1'] },
    });
    const lines = ['169.254.100.0/30', '169.254.100.4/30'].flatMap((inside) => [
      `dev/aws/default: ${inside}: ike_versions: the gateway speaks IKEv2 only, got IKEv1 (RFC 9395 retires it); nearest: ike_versions: [ikev2]`,
      `dev/aws/default: ${inside}: ike: libreswan 4 has no DH group 2: ${WEAK}; ${MODERN}`,
      `dev/aws/default: ${inside}: ike: libreswan 4 has no DH group 24: ${UNKNOWN_PRIME}; ${MODERN}`,
    ]);
    expect(() => renderGateway(sampleHost({}, [connection]))).toThrow(new Error(lines.join('\n')));
  });
});

describe('compatible choices', () => {
  it.each(COMBINATIONS.map((one) => [combinationName(one), one] as const))('%s', (_, combination) => {
    expect(() => renderGateway(combinationHost(combination, 2))).not.toThrow();
  });

  it.each(DAEMONS)('every group that the table has for %s %i', (daemon, version) => {
    const known = Object.keys(daemonCapabilities(daemon, version)?.dhGroups ?? {}).map(Number);
    for (const group of known) {
      const phase1 = group === 5 ? {} : { phase1DhGroupNumbers: [group] };
      expect(saidOf([daemon, version], { options: { ...phase1, phase2DhGroupNumbers: [group] } })).toEqual(
        [],
      );
    }
  });

  it('every profile with every daemon, so that the nearest one always works', () => {
    for (const [daemon, version] of DAEMONS) {
      for (const crypto of CRYPTO_PROFILES) {
        const ends = { cloud: AWS_VPN, gateway: { daemon, version } };
        expect(incompatibilities(sampleConnection({ crypto }).description, ends)).toEqual([]);
      }
    }
  });

  it('more than one DH group in ESP on strongSwan', () => {
    expect(saidOf(['strongswan', 5], { options: { phase2DhGroupNumbers: [14, 20] } })).toEqual([]);
  });
});
