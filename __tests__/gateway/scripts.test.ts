import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderGateway } from '../../gateway/render/host-files';
import type { GatewayHost } from '../../model/gateway/host';
import { GatewayKey } from '../../model/gateway/key';
import { sampleAzure } from './sample-azure';
import { sampleConnection, sampleHost } from './sample-host';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-scripts-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'tables'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes its arguments and then does this. */
function stub(name: string, script: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >>'${folder}/calls'\n${script}\n`);
  chmodSync(file, 0o755);
}

function render(host: GatewayHost): void {
  for (const { path, mode, text } of renderGateway(host)) {
    const name = path.split('/').at(-1) ?? '';
    if (path.startsWith('etc/kakehashi/')) writeFileSync(join(folder, 'tables', name), text, { mode });
    if (path.startsWith('usr/')) writeFileSync(join(folder, name), text, { mode });
  }
}

function run(
  script: string,
  args: string[],
  env: Record<string, string> = {},
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(folder, script), args, {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      KAKEHASHI_TABLES: join(folder, 'tables'),
      KAKEHASHI_MADE: join(folder, 'made'),
      ...env,
    },
  });
  return { status, output: `${stdout}${stderr}` };
}

function calls(): string[] {
  const file = join(folder, 'calls');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  rmSync(file, { force: true });
  return lines;
}

describe('kakehashi-tunnels', () => {
  const wayOut =
    'case "$*" in *"route get"*) echo "203.0.113.1 via 192.0.2.1 dev eth0 src 192.0.2.10 uid 0" ;; *"link show"*) exit 1 ;; esac';

  it('makes a VTI with the address that the host leaves with', () => {
    render(sampleHost());
    stub('ip', wayOut);
    stub('sysctl', '');
    expect(run('kakehashi-tunnels', ['up'])).toEqual({ status: 0, output: '' });
    expect(calls()).toEqual([
      'ip -d link show dev vti101',
      'ip -4 route get 203.0.113.1',
      'ip link add vti101 type vti local 192.0.2.10 remote 203.0.113.1 key 101',
      'ip address replace 169.254.100.2/30 dev vti101',
      'ip link set dev vti101 mtu 1446 up',
      'ip -d link show dev vti102',
      'ip -4 route get 203.0.113.2',
      'ip link add vti102 type vti local 192.0.2.10 remote 203.0.113.2 key 102',
      'ip address replace 169.254.100.6/30 dev vti102',
      'ip link set dev vti102 mtu 1446 up',
      'ip route replace unreachable 172.30.0.0/16 metric 4278198272',
      'sysctl -q -e -p /etc/sysctl.d/90-kakehashi.conf',
    ]);
  });

  it('makes an XFRM interface on the device that leads to the other end, and makes none twice', () => {
    render(sampleHost({ daemon: 'strongswan', version: 5 }));
    stub('ip', wayOut.replace('*"link show"*)', '*"link show dev xfrm101"*)'));
    stub('sysctl', '');
    expect(run('kakehashi-tunnels', ['up']).status).toBe(0);
    const made = calls().filter((call) => call.startsWith('ip link add'));
    expect(made).toEqual(['ip link add xfrm101 type xfrm dev eth0 if_id 101']);
  });

  it('makes the other tunnels where one has no way, and says so', () => {
    render(sampleHost());
    stub('ip', `case "$*" in *"route get 203.0.113.1") exit 2 ;; esac\n${wayOut}`);
    stub('sysctl', '');
    const done = run('kakehashi-tunnels', ['up']);
    expect(done).toEqual({ status: 1, output: 'kakehashi-tunnels: no way to 203.0.113.1\n' });
    expect(calls()).toContain('ip link set dev vti102 mtu 1446 up');
  });

  it('takes away what it made and no table has any more, and nothing else', () => {
    render(sampleHost({ daemon: 'strongswan', version: 5 }));
    stub('ip', wayOut);
    stub('sysctl', '');
    run('kakehashi-tunnels', ['up']);
    calls();
    rmSync(join(folder, 'tables', 'dev-aws-default.tunnels'));
    const other = sampleConnection({ environment: 'prod', cloudNetwork: '172.29.0.0/16', position: 1 });
    render(sampleHost({ daemon: 'strongswan', version: 5 }, [other]));
    expect(run('kakehashi-tunnels', ['up']).status).toBe(0);
    expect(calls().filter((call) => / delete |link add/.test(call))).toEqual([
      'ip link delete xfrm101',
      'ip link delete xfrm102',
      'ip route delete unreachable 172.30.0.0/16 metric 4278198272',
      'ip link add xfrm103 type xfrm dev eth0 if_id 103',
      'ip link add xfrm104 type xfrm dev eth0 if_id 104',
    ]);
    run('kakehashi-tunnels', ['up']);
    expect(calls().filter((call) => / delete /.test(call))).toEqual([]);
  });

  it('makes a VTI anew whose other end has a new address', () => {
    render(sampleHost());
    const links = `case "$*" in *"link show dev vti101"*) echo "    vti remote 203.0.113.1 local 192.0.2.10 ikey" ; exit ;;
*"link show dev vti102"*) echo "    vti remote 203.0.113.77 local 192.0.2.10 ikey" ; exit ;; esac`;
    stub('ip', `${links}\n${wayOut}`);
    stub('sysctl', '');
    expect(run('kakehashi-tunnels', ['up'])).toEqual({ status: 0, output: '' });
    expect(calls().filter((call) => / delete |link add/.test(call))).toEqual([
      'ip link delete vti102',
      'ip link add vti102 type vti local 192.0.2.10 remote 203.0.113.2 key 102',
    ]);
  });

  it('gives one address to several interfaces, each with its own peer', () => {
    const beside = sampleConnection({ environment: 'prod', position: 2 });
    render(sampleHost({}, [sampleAzure(), beside]));
    stub('ip', wayOut);
    stub('sysctl', '');
    expect(run('kakehashi-tunnels', ['up'])).toEqual({ status: 0, output: '' });
    expect(calls().filter((call) => call.startsWith('ip address'))).toEqual([
      'ip address replace 169.254.21.1/32 peer 169.254.21.2 dev vti101',
      'ip address replace 169.254.21.1/32 peer 169.254.21.3 dev vti102',
      'ip address replace 169.254.100.18/30 dev vti105',
      'ip address replace 169.254.100.22/30 dev vti106',
    ]);
  });

  it('leads to peers beyond the tunnels, and forgets those that are gone', () => {
    const peers = ['172.21.255.4', '172.21.255.5'];
    render(sampleHost({ daemon: 'strongswan', version: 6 }, [sampleAzure({ peers })]));
    stub('ip', wayOut);
    stub('sysctl', '');
    expect(run('kakehashi-tunnels', ['up'])).toEqual({ status: 0, output: '' });
    expect(calls().filter((call) => /^ip route (replace|delete) \S+\.\d+(\/32)? /.test(call))).toEqual([
      'ip route replace 172.21.255.4 dev xfrm101 src 10.0.2.15',
      'ip route replace 172.21.255.5 dev xfrm102 src 10.0.2.15',
    ]);
    // Another gateway in the place of the first.
    const moved = sampleAzure({ peers: ['172.21.255.6', '172.21.255.5'] });
    render(sampleHost({ daemon: 'strongswan', version: 6 }, [moved]));
    expect(run('kakehashi-tunnels', ['up'])).toEqual({ status: 0, output: '' });
    const after = calls();
    expect(after.filter((call) => call.includes('delete'))).toEqual(['ip route delete 172.21.255.4/32']);
    expect(after).toContain('ip route replace 172.21.255.6 dev xfrm101 src 10.0.2.15');
    run('kakehashi-tunnels', ['down']);
    expect(calls()).toEqual([
      'ip link delete xfrm101',
      'ip link delete xfrm102',
      'ip route delete 172.21.255.6/32',
      'ip route delete 172.21.255.5/32',
      'ip route delete unreachable 172.21.0.0/16 metric 4278198272',
    ]);
  });

  it('removes what it made', () => {
    render(sampleHost());
    stub('ip', '');
    expect(run('kakehashi-tunnels', ['down']).status).toBe(0);
    expect(calls()).toEqual([
      'ip link delete vti101',
      'ip link delete vti102',
      'ip route delete unreachable 172.30.0.0/16 metric 4278198272',
    ]);
  });

  it('says how it is used', () => {
    render(sampleHost());
    expect(run('kakehashi-tunnels', [])).toEqual({
      status: 64,
      output: 'usage: kakehashi-tunnels up | down\n',
    });
  });
});

describe('kakehashi-routes', () => {
  const routed = (by: string): string =>
    `case "$*" in *"route show"*) echo "172.30.0.0/16 dev ${by} scope link src 10.0.2.15 metric 50" ;; esac`;
  const replaced = (): string[] => calls().filter((call) => call.startsWith('ip route replace'));

  it('takes the first tunnel whose other end answers', () => {
    render(sampleHost());
    stub('ip', '');
    stub('ping', 'case "$*" in *vti101*) exit 1 ;; esac');
    expect(run('kakehashi-routes', ['once']).output).toBe('kakehashi-routes: 172.30.0.0/16 by vti102\n');
    expect(replaced()).toEqual(['ip route replace 172.30.0.0/16 dev vti102 src 10.0.2.15 metric 50']);
  });

  it('goes back to the first when it answers again', () => {
    render(sampleHost());
    stub('ip', routed('vti102'));
    stub('ping', '');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.30.0.0/16 dev vti101 src 10.0.2.15 metric 50']);
  });

  it('leaves the route where it is while nothing answers', () => {
    render(sampleHost());
    stub('ip', routed('vti102'));
    stub('ping', 'exit 1');
    expect(run('kakehashi-routes', ['once'])).toEqual({ status: 0, output: '' });
    expect(replaced()).toEqual([]);
  });

  it('starts with the first tunnel where nothing answers', () => {
    render(sampleHost());
    stub('ip', '');
    stub('ping', 'exit 1');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.30.0.0/16 dev vti101 src 10.0.2.15 metric 50']);
  });

  it('takes the third tunnel where the first two do not answer', () => {
    render(sampleHost({}, [sampleConnection({ tunnels: 3 })]));
    stub('ip', routed('vti102'));
    stub('ping', 'case "$*" in *vti103*) exit 0 ;; esac; exit 1');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.30.0.0/16 dev vti103 src 10.0.2.15 metric 50']);
  });

  it('keeps the route on the only tunnel, whether it answers or not', () => {
    render(sampleHost({}, [sampleConnection({ tunnels: 1 })]));
    stub('ip', '');
    stub('ping', 'exit 1');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.30.0.0/16 dev vti101 src 10.0.2.15 metric 50']);
    stub('ip', routed('vti101'));
    stub('ping', '');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual([]);
  });

  it('leaves networks of BGP alone', () => {
    render(
      sampleHost({}, [
        sampleConnection({ routing: 'bgp' }),
        sampleConnection({ environment: 'prod', position: 1, cloudNetwork: '172.29.0.0/16' }),
      ]),
    );
    stub('ip', '');
    stub('ping', '');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.29.0.0/16 dev vti103 src 10.0.2.15 metric 50']);
  });
});

describe('kakehashi-routes where the other end answers no pings', () => {
  const state = (spi: string): string =>
    `echo 'src 198.51.100.10 dst 203.0.113.66'; echo '	proto esp spi ${spi} reqid 16389 mode tunnel'`;
  /** `ip`, where the kernel has an entry towards the second other end, and the route is by one of the tunnels. */
  const kernel = (spi: string, now = ''): string => {
    const route = now === '' ? '' : `echo "172.21.0.0/16 dev ${now} scope link src 10.0.2.15 metric 50"`;
    return `case "$*" in *"route show"*) ${route || ':'} ;; "xfrm state list nokeys dst 203.0.113.66") ${state(spi)} ;; esac`;
  };
  const replaced = (): string[] => calls().filter((call) => call.startsWith('ip route replace'));
  const azure = sampleAzure({ routing: 'static' });

  it('takes the first tunnel for which the kernel has keys, and pings nobody', () => {
    render(sampleHost({}, [azure]));
    stub('ip', kernel('0xc0ffee11'));
    stub('ping', '');
    expect(run('kakehashi-routes', ['once'])).toEqual({
      status: 0,
      output: 'kakehashi-routes: 172.21.0.0/16 by vti102\n',
    });
    const all = calls();
    expect(all.filter((call) => call.startsWith('ping'))).toEqual([]);
    expect(all).toContain('ip route replace 172.21.0.0/16 dev vti102 src 10.0.2.15 metric 50');
  });

  it('takes an entry that only asks for keys for none', () => {
    render(sampleHost({}, [azure]));
    stub('ip', kernel('0x00000000'));
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual(['ip route replace 172.21.0.0/16 dev vti101 src 10.0.2.15 metric 50']);
  });

  it('leaves the route where it is while there are no keys', () => {
    render(sampleHost({}, [azure]));
    stub('ip', kernel('0x00000000', 'vti102'));
    expect(run('kakehashi-routes', ['once'])).toEqual({ status: 0, output: '' });
    expect(replaced()).toEqual([]);
  });

  it('pings the clouds that answer as before', () => {
    const other = sampleConnection({ environment: 'prod', position: 2 });
    render(sampleHost({}, [azure, other]));
    stub('ip', kernel('0xc0ffee11'));
    stub('ping', 'case "$*" in *vti106*) exit 0 ;; esac; exit 1');
    run('kakehashi-routes', ['once']);
    expect(replaced()).toEqual([
      'ip route replace 172.21.0.0/16 dev vti102 src 10.0.2.15 metric 50',
      'ip route replace 172.30.0.0/16 dev vti106 src 10.0.2.15 metric 50',
    ]);
  });
});

describe('kakehashi-keys', () => {
  const referenced = (reference: (index: number) => string): GatewayHost =>
    sampleHost({}, [sampleConnection({ key: (index) => GatewayKey.referenceTo(reference(index)) })]);
  const target = (): string => join(folder, 'out', 'kakehashi-dev-aws-default.secrets');
  beforeEach(() => mkdirSync(join(folder, 'out')));

  it('fills references to files in, mode 0600, and prints no key', () => {
    writeFileSync(join(folder, 'key0'), 'KeyOfTunnel.0\n');
    writeFileSync(join(folder, 'key1'), 'KeyOfTunnel_1\n');
    render(referenced((index) => `file://${folder}/key${index}`));
    const done = run('kakehashi-keys', [join(folder, 'out')]);
    expect(done).toEqual({ status: 0, output: `kakehashi-keys: wrote ${target()}\n` });
    expect(readFileSync(target(), 'utf8').split('\n').slice(-3)).toEqual([
      '198.51.100.10 203.0.113.1 : PSK "KeyOfTunnel.0"',
      '198.51.100.10 203.0.113.2 : PSK "KeyOfTunnel_1"',
      '',
    ]);
    expect(statSync(target()).mode & 0o777).toBe(0o600);
  });

  it('takes the one key of a connection for all its tunnels, also one that begins with 0', () => {
    writeFileSync(join(folder, 'key'), '0KeyOfTheConnection\n');
    render(sampleHost({}, [sampleAzure({ key: `file://${folder}/key` })]));
    expect(run('kakehashi-keys', [join(folder, 'out')]).status).toBe(0);
    const written = readFileSync(join(folder, 'out', 'kakehashi-dev-azure-default.secrets'), 'utf8');
    expect(written.split('\n').slice(-3)).toEqual([
      '198.51.100.10 203.0.113.65 : PSK "0KeyOfTheConnection"',
      '198.51.100.10 203.0.113.66 : PSK "0KeyOfTheConnection"',
      '',
    ]);
  });

  it('reads Vault without its token in the arguments', () => {
    render(referenced((index) => `vault://secret/vpn/tunnel${index}`));
    stub('curl', `cat >>'${folder}/stdin'; echo '{"data":{"value":"FromTheVault1"},"lease_duration":0}'`);
    const env = { VAULT_ADDR: 'https://10.0.2.15:8443', VAULT_TOKEN: 'planted-token' };
    const done = run('kakehashi-keys', [join(folder, 'out')], env);
    expect(done.status).toBe(0);
    const called = calls();
    expect(called).toEqual([
      'curl -fsS -K - https://10.0.2.15:8443/v1/secret/vpn/tunnel0',
      'curl -fsS -K - https://10.0.2.15:8443/v1/secret/vpn/tunnel1',
    ]);
    expect(readFileSync(join(folder, 'stdin'), 'utf8')).toContain('X-Vault-Token: planted-token');
    expect(readFileSync(target(), 'utf8')).toContain('203.0.113.2 : PSK "FromTheVault1"');
  });

  it.each([['short'], ['0StartsWithZero'], ['has a space in it'], ['']])(
    'leaves what was there for the bad key "%s"',
    (key) => {
      writeFileSync(join(folder, 'key'), `${key}\n`);
      writeFileSync(target(), 'as it was');
      render(referenced(() => `file://${folder}/key`));
      const done = run('kakehashi-keys', [join(folder, 'out')]);
      expect(done).toEqual({
        status: 1,
        output: `kakehashi-keys: file://${folder}/key: is no pre-shared key\n`,
      });
      expect(readFileSync(target(), 'utf8')).toBe('as it was');
      expect(existsSync(`${target()}.new`)).toBe(false);
    },
  );
});
