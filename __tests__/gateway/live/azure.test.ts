import type { GatewayDaemon, GatewayHost, InterfaceKind } from '../../../model/gateway/host';
import { parseInterfaceAddress } from '../../../model/net/cidr';
import { type SampleAzure, sampleAzure, sampleHub } from '../sample-azure';
import { sampleHost } from '../sample-host';
import { type Device, writeAzurePlan } from './azure-end';
import { inMachine, type Scenario } from './machine';
import { writePlan } from './plan';
import { describeUnless, missingForMachine } from './requirements';
import type { Sights } from './small-world';

interface Daemon {
  readonly daemon: GatewayDaemon;
  readonly version: number;
  readonly kind: InterfaceKind;
  readonly release: 'bookworm' | 'trixie';
  /** What the daemon's interfaces are called, before their number. */
  readonly prefix: string;
}

const LIBRESWAN_4: Daemon = {
  daemon: 'libreswan',
  version: 4,
  kind: 'vti',
  release: 'bookworm',
  prefix: 'vti',
};
const STRONGSWAN_5: Daemon = {
  daemon: 'strongswan',
  version: 5,
  kind: 'xfrm',
  release: 'bookworm',
  prefix: 'xfrm',
};
const LIBRESWAN_5: Daemon = {
  daemon: 'libreswan',
  version: 5,
  kind: 'xfrm',
  release: 'trixie',
  prefix: 'ipsec',
};
const STRONGSWAN_6: Daemon = { ...STRONGSWAN_5, version: 6, release: 'trixie' };

/** Two gateways of one site, each with a connection to Azure: its own key and /29, and a tunnel to each instance. */
interface Site {
  readonly name: string;
  readonly east: Daemon;
  readonly west: Daemon;
  readonly sample: SampleAzure;
}

const APIPA: Site = {
  name: 'BGP between APIPA addresses: libreswan 4.10 with VTI, strongSwan 5.9.8 with XFRM interfaces',
  east: LIBRESWAN_4,
  west: STRONGSWAN_5,
  sample: {},
};
const FURTHER: readonly Site[] = [
  {
    name: 'BGP with addresses of the GatewaySubnet: libreswan 5.2 and strongSwan 6.0.1',
    east: LIBRESWAN_5,
    west: STRONGSWAN_6,
    sample: { peers: ['172.21.255.4', '172.21.255.5'] },
  },
  {
    name: 'static routes: libreswan 5.2 and strongSwan 5.9.8',
    east: LIBRESWAN_5,
    west: STRONGSWAN_5,
    sample: { routing: 'static' },
  },
];
const sites = [APIPA, ...FURTHER];

/** Gateways whose transit gateway sends over both tunnels. */
const hubs = [LIBRESWAN_4, STRONGSWAN_6];

function skipped(_missing: unknown, name: string): void {
  describe.skip(name, () => {
    it('runs with LIVE=all', () => undefined);
  });
}

function device(
  name: string,
  { daemon, version, kind }: Daemon,
  address: string,
  connection: SampleAzure,
): Device {
  const host = sampleHost({ daemon, version, kind }, [sampleAzure(connection)]);
  const controller = parseInterfaceAddress(`${address}/24`);
  const publicIp = name === 'east' ? '198.51.100.10' : '198.51.100.14';
  return { name, host: withAddress({ ...host, site: { ...host.site, controller, publicIp } }) };
}

/** BGP with addresses beyond the tunnels speaks from the device's own one. */
function withAddress(host: GatewayHost): GatewayHost {
  const site_address = host.site.controller.address;
  const connections = host.connections.map((connection) => {
    const tunnels = Object.entries(connection.description.tunnels).map(([key, tunnel]) => [
      key,
      tunnel.bgp_peering === undefined
        ? tunnel
        : { ...tunnel, bgp_peering: { ...tunnel.bgp_peering, site_address } },
    ]);
    return {
      ...connection,
      description: { ...connection.description, tunnels: Object.fromEntries(tunnels) },
    };
  });
  return { ...host, connections };
}

function azureScenario({ east, west, sample }: Site, index: number): Scenario {
  const devices = [
    device('east', east, '10.0.2.2', { ...sample, key: 'KeyOfTheEastGateway' }),
    device('west', west, '10.0.2.3', {
      ...sample,
      key: 'KeyOfTheWestGateway',
      block: '169.254.21.8/29',
      firstInterface: 3,
    }),
  ];
  const daemons = [
    ['east', east.daemon, east.release],
    ['west', west.daemon, west.release],
  ].flat();
  return {
    name: `azure${index}`,
    script: 'azure.sh',
    args: [sample.routing ?? 'bgp', ...daemons],
    write: (folder) => writeAzurePlan(folder, devices),
  };
}

function hubScenario(gateway: Daemon, index: number): Scenario {
  return {
    name: `hub${index}`,
    script: 'equal-paths.sh',
    args: [gateway.release, gateway.daemon],
    write: (folder) => writePlan(folder, { host: sampleHost(gateway, [sampleHub()]) }),
  };
}

/** A few times what a scenario takes on two idle cores. */
const SECONDS = 500;

/** Runs a scenario in a machine of its own, before the tests of a describe block. */
function seenIn(scenario: Scenario): Sights {
  let seen: Sights | undefined;
  beforeAll(
    () => {
      seen = inMachine([scenario], SECONDS).get(scenario.name);
    },
    (SECONDS + 30) * 1000,
  );
  return (name) => {
    if (seen === undefined) throw new Error(`${scenario.name} has not run`);
    return seen(name);
  };
}

// A machine for each scenario: too long for each run of the tests.
(process.env.LIVE === 'all' ? describeUnless : skipped)(
  missingForMachine(),
  "live: an active-active gateway of Azure, and equal paths, on Debian's kernel",
  () => {
    const answered = (sights: Sights, name: string): void => {
      const { status, output } = sights(name);
      expect({ name, status, output }).toEqual({
        name,
        status: 0,
        output: expect.stringContaining(' 0% packet loss'),
      });
    };

    describe.each(sites.map((site, index) => [site.name, site, index] as const))('%s', (_, site, index) => {
      const isBgp = site.sample.routing !== 'static';
      const peers = site.sample.peers;
      const sights = seenIn(azureScenario(site, index));
      const devices = [
        {
          name: 'east',
          address: '10.0.2.2',
          inside: '169.254.21.1',
          cloud: ['169.254.21.2', '169.254.21.3'],
          numbers: [1, 2],
          ...site.east,
        },
        {
          name: 'west',
          address: '10.0.2.3',
          inside: '169.254.21.9',
          cloud: ['169.254.21.10', '169.254.21.11'],
          numbers: [3, 4],
          ...site.west,
        },
      ] as const;

      it.each(devices)('$name is set up by the commands of INSTALL.md', ({ name }) => {
        expect(sights(`${name}-install`)).toMatchObject({ status: 0 });
        expect(sights(`${name}-start`)).toMatchObject({ status: 0 });
      });

      it.each(devices)('$name has both tunnels up', ({ name }) => {
        expect(sights(`${name}-tunnels`).output).toBe('2 of 2');
      });

      it.each(['azure0', 'azure1'])(
        '%s has agreed on GCMAES256, SHA384 and ECP384 with both gateways',
        (instance) => {
          const { output } = sights(`${instance}-log`);
          for (const number of instance === 'azure0' ? [1, 3] : [2, 4]) {
            expect(output).toContain(`IKE_SA cloud${number}[`);
            expect(output).toContain(`CHILD_SA cloud${number}{`);
          }
          const chosen = [...output.matchAll(/selected proposal: (\S+)/g)].map(([, proposal]) => proposal);
          expect([...new Set(chosen)].sort()).toEqual([
            'ESP:AES_GCM_16_256/NO_EXT_SEQ',
            'IKE:AES_GCM_16_256/PRF_HMAC_SHA2_384/ECP_384',
          ]);
        },
      );

      it.each(devices)('$name has one address on both interfaces, with another peer each', (one) => {
        const { output } = sights(`${one.name}-addresses`);
        for (const [position, number] of one.numbers.entries()) {
          expect(output).toMatch(
            new RegExp(`${one.prefix}${100 + number} +inet ${one.inside} peer ${one.cloud[position]}/32 `),
          );
        }
      });

      if (isBgp) {
        it.each(devices)('$name has a session with each instance, which it has opened itself', (one) => {
          const { peers: sessions } = JSON.parse(sights(`${one.name}-sessions`).output).ipv4Unicast;
          expect(Object.keys(sessions).sort()).toEqual([...(peers ?? one.cloud)].sort());
          for (const session of Object.values(sessions))
            expect(session).toMatchObject({ state: 'Established', remoteAs: 65515, pfxRcd: 1, pfxSnt: 1 });
          for (const instance of ['azure0', 'azure1']) {
            const seenBy = JSON.parse(sights(`${instance}-opened`).output);
            const session = seenBy[peers === undefined ? one.inside : one.address];
            expect(session).toMatchObject({ bgpState: 'Established', bgpTimerHoldTimeMsecs: 180_000 });
            // Port 179 is at the end that was called.
            if (peers === undefined) expect(session.portLocal).toBe(179);
          }
        });

        it.each(['azure0', 'azure1'])("%s learns the site's network and no other", (instance) => {
          const { output } = sights(`${instance}-learned`);
          expect(output.match(/^\S+\/\d+ /gm)).toEqual(['10.0.2.0/24 ']);
        });
      }

      it.each(devices)('$name sends by one tunnel, with its own address of the site', (one) => {
        const { output } = sights(`${one.name}-route`);
        const [first, second] = one.numbers.map((number) => `${one.prefix}${100 + number}`);
        expect(output).toMatch(
          new RegExp(`^172\\.21\\.0\\.0/16 .*dev (${first}|${second}) .*src ${one.address}\\b`),
        );
        expect(output).not.toContain('nexthop');
      });

      it.each(devices)('answers come to $name and to other hosts of the site behind it', ({ name }) => {
        for (const from of ['host', 'neighbour']) answered(sights, `both-${name}-${from}`);
      });

      it('carries 1400 bytes in one piece, and not a byte more', () => {
        answered(sights, 'full');
        expect(sights('too-long')).toMatchObject({ status: 1 });
        expect(sights('internet').output).toContain('counter packets 0 bytes 0 comment "in pieces"');
      });

      it.each(devices)(
        '$name goes on by the second instance when the first is gone',
        ({ name, prefix, numbers }) => {
          expect(sights(`${name}-moved`).output).toContain(`dev ${prefix}${100 + numbers[1]} `);
          for (const from of ['host', 'neighbour']) answered(sights, `moved-${name}-${from}`);
        },
      );

      it('sends nothing in clear', () => {
        expect(sights('internet').output).toContain('counter packets 0 bytes 0 comment "in clear"');
      });
    });

    describe.each(hubs.map((hub, index) => [`${hub.daemon} ${hub.version}`, hub, index] as const))(
      'flows over both tunnels of a transit gateway: %s',
      (_, hub, index) => {
        const sights = seenIn(hubScenario(hub, index));
        const { prefix } = hub;
        const counted = (name: string): Readonly<Record<string, number>> =>
          Object.fromEntries(
            [
              ...sights(name).output.matchAll(/counter packets (\d+) bytes \d+ comment "((?:in|out) [12])"/g),
            ].map(([, packets, where]) => [where, Number(packets)]),
          );
        /** All forty flows were answered. */
        const all = (name: string): void => {
          expect(sights(name).output.split('\n')).toEqual(Array.from({ length: 40 }, () => 'refused'));
        };

        it('has both tunnels in one route, at both ends', () => {
          const { output } = sights('route');
          expect(output).toMatch(/^172\.30\.0\.0\/16 .*src 10\.0\.2\.15 metric 20/);
          expect(output).toContain(`nexthop via 169.254.100.1 dev ${prefix}101 weight 1`);
          expect(output).toContain(`nexthop via 169.254.100.5 dev ${prefix}102 weight 1`);
          expect(sights('learned').output.match(/nexthop/g)).toHaveLength(2);
        });

        it.each(['neighbour', 'host'])(
          'spreads the flows of a %s over both, each packet counted once',
          (from) => {
            all(from);
            const { 'out 1': first = 0, 'out 2': second = 0, ...back } = counted(`${from}-counted`);
            expect(first + second).toBe(40);
            // Forty coins: fewer than five heads come up once in ten million times.
            expect(Math.min(first, second)).toBeGreaterThanOrEqual(5);
            expect((back['in 1'] ?? 0) + (back['in 2'] ?? 0)).toBe(40);
            expect(Math.min(back['in 1'] ?? 0, back['in 2'] ?? 0)).toBeGreaterThanOrEqual(5);
          },
        );

        it('takes answers by another tunnel than the flow went, also where the host filters by connections', () => {
          all('one-way-back');
          const { 'out 1': first, 'in 1': back, 'in 2': other } = counted('one-way-back-counted');
          expect(first).toBeGreaterThanOrEqual(5);
          expect([back, other]).toEqual([0, 40]);
          expect(sights('strict').output).toContain('counter packets 0 bytes 0 comment "invalid"');
        });

        it("carries a container's packets", () => {
          answered(sights, 'container');
        });

        it('goes on by one tunnel when the session of the other is closed', () => {
          expect(sights('one-left').output).toMatch(new RegExp(`^172\\.30\\.0\\.0/16 .*dev ${prefix}102 `));
          all('failover');
          expect(counted('failover-counted')).toMatchObject({ 'out 1': 0, 'out 2': 40 });
          expect(sights('internet').output).toContain('counter packets 0 bytes 0 comment "in clear"');
        });
      },
    );
  },
);
