import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Processes, type RunResult, type RunSpec } from '../../../base/process';
import { gatewayView, noGatewayView, type ViewedGateway } from '../../../gateway/status/gateway-view';
import type { TunnelStatus } from '../../../gateway/status/tunnel-telemetry';

/** A host whose libreswan has one tunnel up and one that connects. */
class HalfUpHost extends Processes {
  override run({ args: [question], onLine }: RunSpec): Promise<RunResult> {
    const file = question === 'status' ? 'libreswan-4-half-status.txt' : 'libreswan-4-half-traffic.txt';
    const text = readFileSync(join(__dirname, 'recorded', file), 'utf8');
    for (const line of text.split('\n')) onLine?.(line, 'stdout');
    return Promise.resolve({ kind: 'exited', exitCode: 0, stdout: '', lastLines: [] });
  }
}

const tunnel = (number: number, network = 'aws/default'): TunnelStatus => ({
  network,
  cloud: {
    insideCidr: `169.254.100.${number * 4 - 4}/30`,
    outsideAddress: `203.0.113.${number}`,
    cloudInsideAddress: `169.254.100.${number * 4 - 3}`,
    connection: 'vpn-1',
    status: 'UP',
    message: '',
    acceptedRoutes: 0,
  },
});
const gateway = (interfaces: Readonly<Record<string, number>>): ViewedGateway => ({
  environment: 'dev',
  daemon: 'libreswan',
  version: 4,
  controllerAddress: '127.0.0.1',
  networks: new Map([['aws/default', { identity: 'aws/default', routing: 'static', interfaces }]]),
});

it('gives each tunnel of a network what the daemon has of the connection with its number', async () => {
  const interfaces = { '169.254.100.0/30': 1, '169.254.100.4/30': 2, '169.254.100.8/30': 3 };
  const view = await gatewayView(
    gateway(interfaces),
    [1, 2, 3].map((number) => tunnel(number)),
    new HalfUpHost(),
  );
  expect(view.onGateway).toBe(true);
  expect([...view.tunnels].map(([id, { connection, ike }]) => [id, connection, ike])).toEqual([
    ['aws/default/169.254.100.0/30', 'dev-aws-default-1', 'established'],
    ['aws/default/169.254.100.4/30', 'dev-aws-default-2', 'connecting'],
    ['aws/default/169.254.100.8/30', 'dev-aws-default-3', 'down'],
  ]);
});

it('leaves out a tunnel without a number and one of a network that it does not have', async () => {
  const asked = [tunnel(1), tunnel(2), tunnel(1, 'aws/osaka')];
  const view = await gatewayView(gateway({ '169.254.100.0/30': 1 }), asked, new HalfUpHost());
  expect([...view.tunnels.keys()]).toEqual(['aws/default/169.254.100.0/30']);
});

it('has nothing from a machine that is not the gateway', async () => {
  const far = { ...gateway({ '169.254.100.0/30': 1 }), controllerAddress: '203.0.113.250' };
  expect(await gatewayView(far, [tunnel(1)], new HalfUpHost())).toEqual(
    noGatewayView("no interface of this machine has the controller's address 203.0.113.250"),
  );
});
