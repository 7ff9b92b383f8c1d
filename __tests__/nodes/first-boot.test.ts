import type { NodeSoftware } from '../../nodes/node-software';
import { NodeOnDisk } from './node-on-disk';
import { sampleNode } from './sample-node';

let node: NodeOnDisk;
function prepare(changes: Partial<NodeSoftware> = {}): void {
  node = new NodeOnDisk(sampleNode(changes));
  node.stub('systemctl', '[ "$*" != "--quiet is-active ssh.socket" ] || [ -e "$KAKEHASHI_ROOT/socket" ]');
  node.stub('dockerd', '');
  // Where nothing is missing.
  for (const name of ['nft', 'curl', 'ps', 'python3']) node.stub(name, `exec /usr/bin/${name} "$@"`);
}
afterEach(() => node.remove());

it('starts what ends the node first, and Docker last', async () => {
  prepare({ watchInterruption: true });
  expect(await node.run('first-boot')).toEqual({ code: 0, output: '' });
  expect(node.calls()).toEqual([
    'systemctl daemon-reload',
    'systemctl enable --now kakehashi-boot.service',
    'systemctl enable --now kakehashi-firewall.service kakehashi-address.service',
    'systemctl --quiet is-active ssh.socket',
    'systemctl try-restart ssh.service sshd.service',
    'systemctl enable --now kakehashi-interruption.service',
    'systemctl restart docker.service',
    'systemctl enable docker.service',
    'systemctl enable --now kakehashi-base-container.service',
  ]);
  expect(node.read('/var/lib/kakehashi/first-boot-done')).toBe('');
});

it('starts no Docker where there is no container, and restarts a socket where sshd has one', async () => {
  prepare({ container: undefined, dnsServers: ['10.0.2.2'] });
  node.write('socket', '');
  await node.run('first-boot');
  expect(node.calls()).toEqual([
    'systemctl daemon-reload',
    'systemctl enable --now kakehashi-boot.service',
    'systemctl enable --now kakehashi-firewall.service kakehashi-address.service',
    'systemctl restart systemd-resolved.service',
    'systemctl --quiet is-active ssh.socket',
    'systemctl restart ssh.socket',
  ]);
});

it('installs what is missing, by the proxy, and tries again while apt is locked', async () => {
  prepare({
    proxy: { http: 'http://proxy.example.org:3128', noProxy: [] },
    parts: [{ name: 'pool', packages: [{ program: 'no-such-program', package: 'the-package' }] }],
  });
  node.stub(
    'apt-get',
    'env >"$KAKEHASHI_ROOT/env"; echo x >>"$KAKEHASHI_ROOT/tries"; [ "$(wc -l <"$KAKEHASHI_ROOT/tries")" -gt 1 ]',
  );
  const { code } = await node.run('first-boot');
  expect(code).toBe(0);
  const calls = node.calls();
  expect(calls.filter((call) => call.startsWith('apt-get')).slice(0, 3)).toEqual([
    'apt-get update -qq',
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends the-package',
  ]);
  expect(node.read('env')).toContain('http_proxy=http://proxy.example.org:3128\n');
  expect(node.read('env')).toContain(
    'no_proxy=localhost,127.0.0.1,169.254.169.254,10.0.2.15,172.30.2.0/24,10.0.2.0/24\n',
  );
  expect(node.read('env')).toContain('DEBIAN_FRONTEND=noninteractive\n');
});

it('runs the scripts of the parts in their order, and stops at the first that fails', async () => {
  const note = (name: string, code: number): string =>
    `#!/bin/sh\necho ${name} >>"$KAKEHASHI_ROOT/ran"\nexit ${code}\n`;
  prepare({
    parts: [
      { name: 'z', firstBoot: note('z', 0) },
      { name: 'without' },
      { name: 'b', firstBoot: note('b', 7) },
      { name: 'c', firstBoot: note('c', 0) },
    ],
  });
  expect(await node.run('first-boot')).toEqual({
    code: 7,
    output: 'kakehashi-first-boot: runs 00-z\nkakehashi-first-boot: runs 02-b\n',
  });
  expect(node.read('ran')).toBe('z\nb\n');
  expect(node.read('/var/lib/kakehashi/first-boot-done')).toBeUndefined();
});

it('stops where the packet filter does not start: Docker opens no port', async () => {
  prepare();
  node.stub('systemctl', '[ "${3#kakehashi-firewall}" = "$3" ]');
  expect((await node.run('first-boot')).code).toBe(1);
  expect(node.calls().some((call) => call.includes('docker'))).toBe(false);
});

describe('the private address', () => {
  it('is the one with which the node reaches the controller', async () => {
    prepare();
    node.stub('ip', 'echo "10.0.2.15 via 172.30.2.1 dev ens5 src 172.30.2.7 uid 0 \\    cache"');
    expect(await node.run('address')).toEqual({ code: 0, output: '' });
    expect(node.read('/run/kakehashi/address.env')).toBe('KAKEHASHI_ADDRESS=172.30.2.7\n');
    expect(node.calls('ip')).toEqual(['ip -4 -o route get 10.0.2.15']);
  });
});

describe('disks', () => {
  /** `blkid` of an empty disk that is formatted then; the second one has data. */
  const BLKID = `case "$*" in
  "-p -s UUID -o value "*) echo "uuid-\${6##*/}" ;;
  "-p /dev/full") exit 0 ;;
  "-p /dev/broken") exit 4 ;;
  *) exit 2 ;;
esac`;
  const CLOUD =
    'cloud_disk() { echo x >>"$root/asked"; [ "$(wc -l <"$root/asked")" -gt 2 ] && echo "/dev/${1##*/}"; }\n';

  function prepareDisks(...names: readonly string[]): void {
    prepare({ disks: names.map((name) => ({ device: `/dev/${name}`, mount: `/mnt/${name}` })) });
    node.write('/usr/local/lib/kakehashi/cloud.sh', CLOUD);
    node.write('/etc/fstab', '# static file system information\n');
    node.stub('blkid', BLKID);
    node.stub('mkfs.ext4', '');
    node.stub('mount', '');
  }

  it('are waited for, formatted if nothing is on them, and mounted at each boot', async () => {
    prepareDisks('empty', 'full');
    expect((await node.run('disks')).code).toBe(0);
    expect(node.calls().filter((call) => !call.startsWith('blkid'))).toEqual([
      'mkfs.ext4 -q /dev/empty',
      `mount ${node.root}/mnt/empty`,
      `mount ${node.root}/mnt/full`,
    ]);
    expect(node.read('/etc/fstab')).toBe(
      `# static file system information
UUID=uuid-empty /mnt/empty auto defaults,nofail 0 2
UUID=uuid-full /mnt/full auto defaults,nofail 0 2
`,
    );
    await node.run('disks');
    expect(node.read('/etc/fstab')?.split('\n')).toHaveLength(4);
  });

  it('are not formatted where it is not certain that they are empty', async () => {
    prepareDisks('broken');
    expect(await node.run('disks')).toEqual({
      code: 1,
      output: 'kakehashi-disks: /dev/broken (/dev/broken): blkid ended with 4\n',
    });
    expect(node.calls('mkfs.ext4')).toEqual([]);
  });
});
