import { renderGateway } from '../../../gateway/render/host-files';
import { AZURE_VPN } from '../../../model/clouds/azure/azure-vpn';
import { daemonCapabilities, knownVersions } from '../../../model/gateway/capabilities';
import type { GatewayDaemon } from '../../../model/gateway/host';
import { incompatibilities, incompatibilityText } from '../../../model/gateway/incompatibilities';
import { Cidr } from '../../../model/net/cidr';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import type { NetworkTunnels, TunnelDescription } from '../../../model/tunnel/description';
import { AZURE_HOSTS, sampleAzure, sampleHub } from '../../gateway/sample-azure';
import { sampleHost } from '../../gateway/sample-host';

const DAEMONS = (['libreswan', 'strongswan'] as const).flatMap((daemon) =>
  knownVersions(daemon).map((version): [GatewayDaemon, number] => [daemon, version]),
);

/** What is said about a connection to Azure with one tunnel. */
function saidOf(
  [daemon, version]: [GatewayDaemon, number],
  tunnel: Partial<TunnelDescription>,
  network: Partial<NetworkTunnels> = {},
  siteNetworks = ['10.0.2.0/24'],
): string[] {
  const { description } = sampleAzure({ instances: 1 });
  const [[key, own] = []] = Object.entries(description.tunnels);
  const tunnels = { [String(key)]: { ...own, ...tunnel } as TunnelDescription };
  return incompatibilities(
    { ...description, tunnels, ...network },
    { cloud: AZURE_VPN, gateway: { daemon, version } },
    siteNetworks.map((text) => Cidr.parse(text)),
  ).map(incompatibilityText);
}

const ike = (dh_group: number, integrity = 'SHA2-256'): Partial<TunnelDescription> => ({
  ike: [{ encryption: 'AES256', integrity, dh_group }],
});
const esp = (dh_group: number, integrity = 'SHA2-256'): Partial<TunnelDescription> => ({
  esp: [{ encryption: 'AES256', integrity, dh_group }],
});
const lifetimes = (ike_seconds: number, esp_seconds: number): Partial<TunnelDescription> => ({
  lifetimes: { ike_seconds, esp_seconds },
});
const dpd = (timeout_seconds: number): Partial<TunnelDescription> => ({
  dpd: { timeout_seconds, action: 'restart' },
});

describe.each(DAEMONS)('%s %i with Azure', (daemon, version) => {
  const both: [GatewayDaemon, number] = [daemon, version];

  it('has every profile, so that the nearest one always works', () => {
    for (const crypto of CRYPTO_PROFILES) {
      const { description } = sampleAzure({ crypto });
      expect(incompatibilities(description, { cloud: AZURE_VPN, gateway: { daemon, version } })).toEqual([]);
    }
  });

  it("has Azure's groups but for those that the daemon lacks, each said with its reason", () => {
    const lacks = daemonCapabilities(daemon, version)?.lacksDhGroup ?? {};
    for (const group of [2, 14, 19, 20, 24]) {
      const reason = lacks[group];
      const said = (part: string): string[] =>
        reason === undefined
          ? []
          : [
              `169.254.21.2/32: ${part}: ${daemon} ${version} has no DH group ${group}: ${reason}; nearest: crypto: compatible (AES256, SHA2-256, DH group 14)`,
            ];
      expect(saidOf(both, ike(group))).toEqual(said('ike'));
      expect(saidOf(both, esp(group))).toEqual(said('esp'));
    }
    expect(Object.keys(lacks).filter((group) => ['2', '24'].includes(group))).toHaveLength(
      daemon === 'libreswan' ? 2 : 0,
    );
  });

  it.each([
    [ike(14, 'SHA2-384')],
    [ike(14, 'SHA1')],
    [esp(14, 'SHA1')],
    [lifetimes(28800, 300)],
    [lifetimes(28800, 27000)],
    // Azure lets the keys of ESP live longer than those of IKE.
    [lifetimes(28800, 172799)],
    [dpd(9)],
    [dpd(3600)],
  ])('takes %j', (tunnel) => {
    expect(saidOf(both, tunnel)).toEqual([]);
  });

  const nearest = 'nearest: crypto: compatible (AES256, SHA2-256, DH group 14)';
  it.each([
    [ike(1), `ike: Azure has no DH group 1 for IKE; ${nearest}`],
    [ike(21), `ike: Azure has no DH group 21 for IKE; ${nearest}`],
    [esp(16), `esp: Azure has no DH group 16 for ESP; ${nearest}`],
    [ike(14, 'SHA2-512'), `ike: Azure has no integrity SHA2-512; ${nearest}`],
    [esp(14, 'SHA2-384'), `esp: Azure has no integrity SHA2-384; ${nearest}`],
    [
      lifetimes(28799, 3600),
      "lifetimes: IKE's lifetime must be from 28800 to 28800 s, got 28799 s; nearest: 28800 s",
    ],
    [
      lifetimes(28801, 3600),
      "lifetimes: IKE's lifetime must be from 28800 to 28800 s, got 28801 s; nearest: 28800 s",
    ],
    [
      lifetimes(28800, 299),
      "lifetimes: ESP's lifetime must be from 300 to 172799 s, got 299 s; nearest: 300 s",
    ],
    [
      lifetimes(28800, 172800),
      "lifetimes: ESP's lifetime must be from 300 to 172799 s, got 172800 s; nearest: 172799 s",
    ],
    [dpd(8), 'dpd: the DPD timeout must be from 9 to 3600 s, got 8 s; nearest: 9 s'],
    [dpd(3601), 'dpd: the DPD timeout must be from 9 to 3600 s, got 3601 s; nearest: 3600 s'],
  ])('refuses %j', (tunnel, message) => {
    expect(saidOf(both, tunnel)).toEqual([`169.254.21.2/32: ${message}`]);
  });

  it('builds policy-based tunnels with one network at each end', () => {
    const policy = { mode: 'policy-based', routing: 'static' } as const;
    expect(saidOf(both, {}, policy)).toEqual([]);
    expect(saidOf(both, {}, policy, ['10.0.2.0/24', '10.0.3.0/24'])).toEqual([
      "mode: a policy-based tunnel is built with one network at each end, got 2 networks on the site's side; nearest: mode: route-based",
    ]);
  });

  it('uses all tunnels at once with BGP only', () => {
    const said = (routing: string, mode: string): string =>
      `routing: only routes learned by BGP can use all tunnels at once, got routing ${routing} and mode ${mode}; nearest: mode: route-based and routing: bgp`;
    expect(saidOf(both, {}, { multipath: true })).toEqual([]);
    expect(saidOf(both, {}, { multipath: false, routing: 'static' })).toEqual([]);
    expect(saidOf(both, {}, { multipath: true, routing: 'static' })).toEqual([said('static', 'route-based')]);
    expect(saidOf(both, {}, { multipath: true, routing: 'static', mode: 'policy-based' })).toEqual([
      said('static', 'policy-based'),
    ]);
  });
});

it.each(Object.entries(AZURE_HOSTS))(
  '%s is rendered to the same bytes whatever the order of its connections',
  (_, host) => {
    const files = renderGateway(host);
    expect(renderGateway({ ...host, connections: [...host.connections].reverse() })).toEqual(files);
  },
);

it('changes no line of a transit gateway when Azure comes to its host', () => {
  const hub = sampleHub();
  const azure = sampleAzure({ environment: 'prod', firstInterface: 3 });
  const alone = renderGateway(sampleHost({}, [hub]));
  const after = new Map(renderGateway(sampleHost({}, [hub, azure])).map(({ path, text }) => [path, text]));
  for (const { path, text } of alone) {
    // The page counts, and the program knows one case more.
    if (path === 'INSTALL.md' || path === 'usr/local/sbin/kakehashi-tunnels') continue;
    const lines = new Set(after.get(path)?.split('\n'));
    expect(text.split('\n').filter((line) => !lines.has(line))).toEqual([]);
  }
});
