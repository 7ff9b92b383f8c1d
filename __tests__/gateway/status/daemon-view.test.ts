import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Processes, type RunResult, type RunSpec } from '../../../base/process';
import { bgpSessions } from '../../../gateway/status/bgp-summary';
import { type AskedTunnel, daemonView } from '../../../gateway/status/daemon-view';
import { libreswanConnections } from '../../../gateway/status/libreswan-status';
import { swanctlConnections } from '../../../gateway/status/swanctl-sas';
import { withPrograms } from '../release-programs';

/** What a daemon said while the files that we render were in it, against a strongSwan or FRR at the other end. */
const recorded = (name: string): string => readFileSync(path.join(__dirname, 'recorded', name), 'utf8');
const first = { name: 'dev-aws-default-1', peer: '203.0.113.1' };
const second = { name: 'dev-aws-default-2', peer: '203.0.113.2' };

describe('libreswanConnections', () => {
  it.each([
    [4, { bytesIn: 252, bytesOut: 504 }, { bytesIn: 0, bytesOut: 0 }],
    [5, { bytesIn: 252, bytesOut: 252 }, { bytesIn: 252, bytesOut: 504 }],
  ])('reads what libreswan %i says of two tunnels that are up', (version, one, two) => {
    const status = recorded(`libreswan-${version}-up-status.txt`);
    expect(libreswanConnections(status, recorded(`libreswan-${version}-up-traffic.txt`))).toEqual([
      { ...first, ike: 'established', children: 1, ...one },
      { ...second, ike: 'established', children: 1, ...two },
    ]);
  });

  it.each([4, 5])('reads what libreswan %i says while it connects', (version) => {
    expect(libreswanConnections(recorded(`libreswan-${version}-early-status.txt`), '')).toEqual([
      { ...first, ike: 'connecting', children: 0 },
      { ...second, ike: 'connecting', children: 0 },
    ]);
  });

  it.each([
    [4, { bytesIn: 504, bytesOut: 756 }],
    [5, { bytesIn: 1932, bytesOut: 1932 }],
  ])('reads what libreswan %i says when one end has gone', (version, bytes) => {
    const status = recorded(`libreswan-${version}-half-status.txt`);
    expect(libreswanConnections(status, recorded(`libreswan-${version}-half-traffic.txt`))).toEqual([
      { ...first, ike: 'established', children: 1, ...bytes },
      { ...second, ike: 'connecting', children: 0 },
    ]);
  });

  it("reads the controller manual's form, which libreswan loads by a name of its own", () => {
    const connections = libreswanConnections(
      recorded('libreswan-4-seed-status.txt'),
      recorded('libreswan-4-seed-traffic.txt'),
    );
    expect(connections).toEqual([
      { name: 'tunnel1', peer: '203.0.113.1', ike: 'established', children: 1, bytesIn: 252, bytesOut: 252 },
    ]);
  });

  it('has a connection without any state as down', () => {
    const lines = recorded('libreswan-4-up-status.txt').split('\n');
    const status = lines.filter((line) => !line.startsWith('000 #')).join('\n');
    expect(libreswanConnections(status, '').map(({ ike, children }) => [ike, children])).toEqual([
      ['down', 0],
      ['down', 0],
    ]);
  });

  it('adds up what one connection has twice while its keys change', () => {
    const line = (id: number): string =>
      `006 #${id}: "a", type=ESP, add_time=1, inBytes=10, outBytes=20, maxBytes=2^63B`;
    expect(libreswanConnections('', `${line(3)}\n${line(5)}\n`)).toEqual([
      { name: 'a', ike: 'down', children: 0, bytesIn: 20, bytesOut: 40 },
    ]);
  });
});

describe('swanctlConnections', () => {
  it.each([5, 6])('reads what strongSwan %i says of two tunnels that are up', (version) => {
    expect(swanctlConnections(recorded(`strongswan-${version}-up-sas.txt`))).toEqual([
      { ...second, ike: 'established', children: 1, bytesIn: 0, bytesOut: 0 },
      { ...first, ike: 'established', children: 1, bytesIn: 252, bytesOut: 504 },
    ]);
  });

  it('reads what it says while it connects', () => {
    expect(swanctlConnections(recorded('strongswan-5-early-sas.txt'))).toEqual([
      { ...second, ike: 'connecting', children: 0 },
      { ...first, ike: 'connecting', children: 0 },
    ]);
  });

  it('counts no child of an IKE SA that is being deleted beside its successor', () => {
    expect(swanctlConnections(recorded('strongswan-5-half-sas.txt'))).toEqual([
      { ...second, ike: 'connecting', children: 0 },
      { ...first, ike: 'established', children: 1, bytesIn: 504, bytesOut: 756 },
    ]);
  });

  it('reads nothing from nothing', () => {
    expect(swanctlConnections('list-sas reply {}\n')).toEqual([]);
  });
});

describe('bgpSessions', () => {
  it.each([8, 10])(
    'reads the JSON of FRR %i: the prefixes of an established session, the state of another',
    (version) => {
      expect([...(bgpSessions(recorded(`frr-${version}-bgp-summary.txt`)) ?? [])]).toEqual([
        ['169.254.100.1', { state: 'Established', prefixes: 1 }],
        ['169.254.100.5', { state: 'Active' }],
      ]);
    },
  );

  it('has no sessions where FRR speaks no BGP, and nothing where that is no JSON', () => {
    expect([...(bgpSessions('{}') ?? [])]).toEqual([]);
    expect(bgpSessions('% BGP instance not found')).toBeUndefined();
  });
});

/** A host whose programs say what is recorded; it refuses every other call. */
class RecordedHost extends Processes {
  constructor(private readonly answers: Readonly<Record<string, string | RunResult['kind']>>) {
    super();
  }
  override run(spec: RunSpec): Promise<RunResult> {
    const call = [spec.command, ...spec.args].join(' ');
    const answer = this.answers[call];
    if (answer === undefined) throw new Error(`unscripted call: ${call}`);
    const nothing = { stdout: '', lastLines: [] };
    if (answer === 'spawn-failed')
      return Promise.resolve({ kind: 'spawn-failed', code: 'ENOENT', ...nothing });
    for (const line of answer.split('\n')) spec.onLine?.(line, 'stdout');
    return Promise.resolve({ kind: 'exited', exitCode: 0, ...nothing });
  }
}

describe('daemonView', () => {
  /** An address of every machine. */
  const here = '127.0.0.1';
  const site = (daemon: 'libreswan' | 'strongswan', controllerAddress = here) => ({
    daemon,
    version: 4,
    controllerAddress,
  });
  const tunnel = (number: 1 | 2, routing: 'static' | 'bgp' = 'bgp'): AskedTunnel => ({
    connection: `dev-aws-default-${number}`,
    cloudInsideAddress: `169.254.100.${number * 4 - 3}`,
    outsideAddress: `203.0.113.${number}`,
    routing,
  });
  const BGP = 'vtysh -c show bgp summary json';
  const libreswan = {
    'ipsec status': recorded('libreswan-4-half-status.txt'),
    'ipsec trafficstatus': recorded('libreswan-4-half-traffic.txt'),
  };

  it('puts the tunnels of libreswan and the sessions of FRR side by side, in the order asked', async () => {
    const host = new RecordedHost({ ...libreswan, [BGP]: recorded('frr-8-bgp-summary.txt') });
    expect(await daemonView(site('libreswan'), [tunnel(2), tunnel(1)], host)).toEqual({
      onGateway: true,
      tunnels: [
        { connection: 'dev-aws-default-2', ike: 'connecting', children: 0, bgp: { state: 'Active' } },
        {
          connection: 'dev-aws-default-1',
          ike: 'established',
          children: 1,
          bytesIn: 504,
          bytesOut: 756,
          bgp: { state: 'Established', prefixes: 1 },
        },
      ],
    });
  });

  it("asks no FRR where all routes are static, and takes strongSwan's word", async () => {
    const host = new RecordedHost({ 'swanctl --list-sas --raw': recorded('strongswan-5-up-sas.txt') });
    const view = await daemonView(site('strongswan'), [tunnel(1, 'static')], host);
    expect(view).toEqual({
      onGateway: true,
      tunnels: [
        { connection: 'dev-aws-default-1', ike: 'established', children: 1, bytesIn: 252, bytesOut: 504 },
      ],
    });
  });

  it('knows a connection of another name by its other end, and one that is not loaded as down', async () => {
    const host = new RecordedHost(libreswan);
    const other = { ...tunnel(1, 'static'), connection: 'tunnel1' };
    const missing = { ...other, connection: 'tunnel9', outsideAddress: '203.0.113.9' };
    const { tunnels } = await daemonView(site('libreswan'), [other, missing], host);
    expect(tunnels.map(({ connection, ike }) => `${connection} ${ike}`)).toEqual([
      'tunnel1 established',
      'tunnel9 down',
    ]);
  });

  it('says that FRR does not answer, and keeps what the IPsec daemon says', async () => {
    const view = await daemonView(
      site('libreswan'),
      [tunnel(1)],
      new RecordedHost({ ...libreswan, [BGP]: 'spawn-failed' }),
    );
    expect(view.because).toBe('FRR is not installed here (no vtysh)');
    expect(view.tunnels[0]).toMatchObject({ ike: 'established', bgp: { state: 'unknown' } });
  });

  it('says that this is not the gateway, and starts nothing', async () => {
    expect(await daemonView(site('libreswan', '203.0.113.250'), [tunnel(1)], new RecordedHost({}))).toEqual({
      onGateway: false,
      because: "no interface of this machine has the controller's address 203.0.113.250",
      tunnels: [],
    });
  });

  it('says what is not installed', async () => {
    const host = new RecordedHost({ 'swanctl --list-sas --raw': 'spawn-failed' });
    const view = await daemonView(site('strongswan'), [tunnel(1)], host);
    expect(view).toEqual({
      onGateway: false,
      because: 'strongSwan is not installed here (no swanctl)',
      tunnels: [],
    });
  });

  it.each([
    [
      'libreswan',
      'ipsec',
      'echo \'whack: Pluto is not running (no "/run/pluto/pluto.ctl")\' >&2; exit 33',
      'whack: Pluto is not running (no "/run/pluto/pluto.ctl")',
    ],
    [
      'strongswan',
      'swanctl',
      `echo "plugin 'x': failed to load - no plugin file available" >&2; echo "connecting to 'unix:///var/run/charon.vici' failed: Connection refused" >&2; exit 111`,
      "connecting to 'unix:///var/run/charon.vici' failed: Connection refused",
    ],
  ] as const)('hands on why %s does not answer', async (daemon, program, script, says) => {
    const undo = withPrograms({ [program]: `#!/bin/sh\n${script}\n` });
    try {
      const view = await daemonView(site(daemon), [tunnel(1)], new Processes());
      expect(view.onGateway).toBe(false);
      expect(view.because).toContain(`does not answer here: ${says}`);
    } finally {
      undo();
    }
  });

  it('gives a daemon up that hangs', async () => {
    const undo = withPrograms({ ipsec: '#!/bin/sh\nsleep 60\n' });
    try {
      const processes = new Processes();
      const view = await daemonView(site('libreswan'), [tunnel(1)], processes);
      expect(view.because).toBe('libreswan does not answer within 5 seconds');
      expect(processes.count).toBe(0);
    } finally {
      undo();
    }
  }, 20_000);
});
