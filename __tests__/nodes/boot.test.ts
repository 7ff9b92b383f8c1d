import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { NodeOnDisk, until } from './node-on-disk';
import { sampleNode } from './sample-node';

/** Docker's `ps` finds the container, and its sshd answers, where these files are. */
const DOCKER = '[ "$1" = ps ] && [ -e "$KAKEHASHI_ROOT/container" ] && echo 0123abc; exit 0';
const SSHD =
  'case "$*" in "5 bash"*" 22") [ -e "$KAKEHASHI_ROOT/sshd" ] ;; *) exec /usr/bin/timeout "$@" ;; esac';

let node: NodeOnDisk;
function prepare(changes: Parameters<typeof sampleNode>[0] = {}): void {
  node = new NodeOnDisk(sampleNode(changes));
  node.stub('docker', DOCKER);
  node.stub('timeout', SSHD);
  node.stub('systemctl', '');
  node.stub('shutdown', '');
  node.write('/var/lib/kakehashi/first-boot-done', '');
  node.write('/run/kakehashi/services', '');
  node.write('container', '');
  node.write('sshd', '');
}
beforeEach(() => prepare());
afterEach(() => node.remove());

it('says when the node is ready, and starts the idle timer', async () => {
  expect(await node.run('boot')).toEqual({ code: 0, output: 'kakehashi-boot: ready 100 s after the boot\n' });
  expect(node.calls('systemctl')).toEqual(['systemctl start kakehashi-idle.timer']);
  expect(node.read('/run/kakehashi/ready')).toMatch(/^\d{4}-/);
  expect(node.read('/var/lib/kakehashi/waited')).toBeUndefined();
});

it('starts no timer where a node is never idle', async () => {
  node.remove();
  prepare({ times: { boot: 1000, idleLoad: 0.1 } });
  expect((await node.run('boot')).code).toBe(0);
  expect(node.calls('systemctl')).toEqual([]);
});

it.each([
  ['the first boot is not done', '/var/lib/kakehashi/first-boot-done'],
  ['the base container does not run', 'container'],
  ["the container's services are not known", '/run/kakehashi/services'],
  ["the container's sshd does not answer", 'sshd'],
])('ends the node after the time-out while %s', async (_, file) => {
  node.remove(file);
  node.uptime(1000);
  expect(await node.run('boot')).toEqual({
    code: 0,
    output: 'kakehashi-boot: ends this node: not ready after 1000 s\n',
  });
  expect(node.calls()).toEqual(expect.arrayContaining(['shutdown -h now']));
  expect(node.calls('systemctl')).toEqual([]);
});

it('waits until then', async () => {
  node.remove('container');
  node.uptime(999);
  const run = node.run('boot');
  await until(() => node.read('/var/lib/kakehashi/waited') === '999\n');
  node.write('container', '');
  expect(await run).toMatchObject({ code: 0, output: 'kakehashi-boot: ready 999 s after the boot\n' });
  expect(node.calls('shutdown')).toEqual([]);
});

it('counts what earlier boots waited, and a restart of itself only once', async () => {
  node.remove('container');
  node.write('/var/lib/kakehashi/waited', '950\n');
  node.uptime(49);
  const run = node.run('boot');
  await until(() => node.read('/var/lib/kakehashi/waited') === '999\n');
  node.uptime(50);
  expect((await run).output).toContain('not ready after 1000 s');
  expect((await node.run('boot')).output).toBe('');
  expect(node.read('/var/lib/kakehashi/waited')).toBe('1000\n');
});

it('asks the cloud until it takes the end', async () => {
  node.remove('container');
  node.uptime(1000);
  node.stub('shutdown', '[ "$(grep -c "^shutdown" "$KAKEHASHI_ROOT/calls")" -ge 3 ]');
  expect((await node.run('boot')).code).toBe(0);
  expect(node.calls('shutdown')).toHaveLength(3);
});

describe('without a base container', () => {
  let sshd: Server;
  let greeting: string;
  beforeEach(async () => {
    sshd = createServer((socket) => socket.on('error', () => undefined).end(greeting));
    await new Promise<void>((resolve) => sshd.listen(0, '127.0.0.1', resolve));
    node.remove();
    prepare({ container: undefined, sshPort: (sshd.address() as AddressInfo).port });
  });
  afterEach(() => sshd.close());

  it("is ready when the host's sshd answers at its port", async () => {
    greeting = 'SSH-2.0-OpenSSH_9.6\r\n';
    expect((await node.run('boot')).output).toBe('kakehashi-boot: ready 100 s after the boot\n');
    expect(node.calls('docker')).toEqual([]);
  });

  it('is not ready with something else at the port', async () => {
    greeting = 'HTTP/1.1 400\r\n';
    node.uptime(1000);
    expect((await node.run('boot')).output).toContain('not ready after 1000 s');
  });
});
