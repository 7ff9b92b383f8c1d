import { type Combination, combinationHost } from '../sample-host';
import { inMachine, type Scenario } from './machine';
import { writePlan } from './plan';
import { describeUnless, missingForMachine } from './requirements';
import type { Sights } from './small-world';

interface Gateway {
  readonly name: string;
  readonly release: 'bookworm' | 'trixie';
  readonly environments: 1 | 2;
  /** What the daemon's interfaces are called, before their number. */
  readonly prefix: string;
  readonly combination: Combination;
}

const common = { mode: 'route-based', crypto: 'modern' } as const;

/** Always run: the default on Debian 12, and the other form, daemon and routing. */
const GATEWAYS: readonly Gateway[] = [
  {
    name: 'libreswan 4.10, VTI, BGP',
    release: 'bookworm',
    environments: 2,
    prefix: 'vti',
    combination: { ...common, daemon: 'libreswan', version: 4, kind: 'vti', routing: 'bgp' },
  },
  {
    name: 'libreswan 4.10, ipsec-interface, static routes',
    release: 'bookworm',
    environments: 1,
    prefix: 'ipsec',
    combination: { ...common, daemon: 'libreswan', version: 4, kind: 'xfrm', routing: 'static' },
  },
];

/** Run with LIVE=all: minutes more on a small machine. */
const FURTHER: readonly Gateway[] = [
  {
    name: 'libreswan 5.2, ipsec-interface, BGP',
    release: 'trixie',
    environments: 1,
    prefix: 'ipsec',
    combination: { ...common, daemon: 'libreswan', version: 5, kind: 'xfrm', routing: 'bgp' },
  },
  {
    name: 'strongSwan 5.9.8, XFRM interfaces, BGP',
    release: 'bookworm',
    environments: 1,
    prefix: 'xfrm',
    combination: { ...common, daemon: 'strongswan', version: 5, kind: 'xfrm', routing: 'bgp' },
  },
  {
    name: 'strongSwan 6.0.1, XFRM interfaces, static routes',
    release: 'trixie',
    environments: 1,
    prefix: 'xfrm',
    combination: { ...common, daemon: 'strongswan', version: 6, kind: 'xfrm', routing: 'static' },
  },
];

const gateways = process.env.LIVE === 'all' ? [...GATEWAYS, ...FURTHER] : GATEWAYS;

function scenario({ release, environments, combination }: Gateway, index: number): Scenario {
  return {
    name: `gateway${index}`,
    script: 'route-based.sh',
    args: [release, combination.daemon, combination.routing],
    write: (folder) => writePlan(folder, { host: combinationHost(combination, environments) }),
  };
}

describeUnless(
  missingForMachine(),
  "live: route-based tunnels on Debian's kernel, in an emulated machine",
  () => {
    /** A few times what it takes on two idle cores. */
    const seconds = 240 + 120 * gateways.length;
    let seen: ReadonlyMap<string, Sights>;
    beforeAll(
      () => {
        seen = inMachine(gateways.map(scenario), seconds);
      },
      (seconds + 30) * 1000,
    );

    describe.each(gateways.map((gateway, index) => [gateway.name, gateway, index] as const))(
      '%s',
      (_, gateway, index) => {
        const { prefix, environments, combination } = gateway;
        const isBgp = combination.routing === 'bgp';
        let sights: Sights;
        beforeAll(() => {
          sights = seen.get(`gateway${index}`) as Sights;
        });

        const answered = (name: string): void => {
          const { status, output } = sights(name);
          expect({ name, status, output }).toEqual({
            name,
            status: 0,
            output: expect.stringContaining(' 0% packet loss'),
          });
        };
        const route = (network: string, number: number): string => {
          const device = `${prefix}${100 + number} `;
          const peer = `via 169.254.100.${(number - 1) * 4 + 1} `;
          return isBgp
            ? `${network} nhid N ${peer}dev ${device}src 10.0.2.15 metric 20`
            : `${network} dev ${device}scope link src 10.0.2.15`;
        };
        const routeSeen = (name: string): string =>
          sights(name)
            .output.trim()
            .replace(/nhid \d+/, 'nhid N');

        it('is set up by the commands of INSTALL.md', () => {
          expect(sights('install')).toMatchObject({ status: 0 });
          expect(sights('start')).toMatchObject({ status: 0 });
        });

        it('has all tunnels up', () => {
          const all = environments * 2;
          expect(sights('tunnels').output).toBe(`${all} of ${all}`);
        });

        it("sends by the first tunnel, with the controller's address", () => {
          expect(routeSeen('dev-route')).toBe(route('172.30.0.0/16', 1));
          if (environments === 2) expect(routeSeen('prod-route')).toBe(route('172.29.0.0/16', 3));
        });

        if (isBgp) {
          it('has exchanged routes over both tunnels, and prefers the one that the cloud does', () => {
            const table = sights('bgp').output;
            expect(table).toMatch(/^ ?\*> .*169\.254\.100\.1 +100 +0 64512 i$/m);
            expect(table).toMatch(/^ ?\* .*169\.254\.100\.5 +200 +0 64512 i$/m);
            // And no network but the site's has come to the cloud.
            expect(sights('dev-learned').output).toMatch(/^10\.0\.2\.0\/24 /);
            expect(sights('dev-learned').output.match(/^\S+\/\d+ /gm)).toHaveLength(1);
          });
        }

        it("answers come to the host itself, another host of the site and a container's address", () => {
          for (const cloud of environments === 2 ? ['dev', 'prod'] : ['dev']) {
            for (const from of ['host', 'neighbour', 'container']) answered(`both-${cloud}-${from}`);
          }
        });

        it('carries 1446 bytes in one piece, and not a byte more', () => {
          answered('full');
          expect(sights('too-long')).toMatchObject({ status: 1 });
          expect(sights('internet').output).toContain('counter packets 0 bytes 0 comment "in pieces"');
        });

        it('goes on by the second tunnel when the first is dead', () => {
          expect(routeSeen('failover-route')).toBe(route('172.30.0.0/16', 2));
          for (const from of ['host', 'neighbour', 'container']) answered(`failover-dev-${from}`);
        });

        if (environments === 2) {
          it("does not touch the other environment's tunnels", () => {
            answered('failover-prod');
          });
        }

        it('sends nothing in clear when both are dead', () => {
          if (isBgp) expect(sights('none').output).toContain('No route to host');
          expect(sights('none').status).not.toBe(0);
          expect(sights('internet').output).toContain('counter packets 0 bytes 0 comment "in clear"');
        });
      },
    );
  },
);
