import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderGateway } from '../../gateway/host-files';
import { GatewayKey } from '../../model/gateway-key';
import { describeWith } from '../support/programs';
import { COMBINATIONS, combinationHost, combinationName, sampleConnection, sampleHost } from './sample-host';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-gateway-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a host's files below a folder, as they would lie below `/`. */
function written(name: string, host: Parameters<typeof renderGateway>[0]): string {
  const root = join(folder, name);
  for (const { path, mode, text } of renderGateway(host)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  }
  return root;
}

function run(command: string, args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 });
  return { status, output: `${stdout}${stderr}` };
}

const bgp = COMBINATIONS.filter(({ routing, crypto }) => routing === 'bgp' && crypto === 'modern');
const modern = COMBINATIONS.filter(({ crypto }) => crypto === 'modern');
const byName = (list: typeof COMBINATIONS): [string, (typeof list)[number]][] =>
  list.map((one) => [combinationName(one), one]);

describeWith('vtysh', "FRR's parser", () => {
  it.each(byName(bgp))('accepts %s', (name, combination) => {
    const root = written(`frr-${name}`, combinationHost(combination, 2));
    expect(run('vtysh', ['-C', '-f', join(root, 'etc/frr/frr.conf')])).toMatchObject({ status: 0 });
  });

  it('accepts a mesh, where networks that are not learned are announced too', () => {
    const mesh = { position: 1, environment: 'prod', cloudNetwork: '172.29.0.0/16' };
    const host = sampleHost({ mesh: true }, [
      sampleConnection({ routing: 'bgp', siteNetworks: ['10.0.2.0/24', '172.29.0.0/16'] }),
      sampleConnection({ ...mesh, siteNetworks: ['10.0.2.0/24', '172.30.0.0/16'] }),
    ]);
    const file = join(written('frr-mesh', host), 'etc/frr/frr.conf');
    expect(run('vtysh', ['-C', '-f', file])).toMatchObject({ status: 0 });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('  network 172.29.0.0/16\n');
    expect(text).toContain('  neighbor 169.254.100.1 as-override\n');
    expect(text).toContain('kakehashi-dev-aws-default-out seq 10 permit 172.29.0.0/16\n');
  });

  it('refuses a line that is none', () => {
    const file = join(folder, 'bad.conf');
    writeFileSync(file, 'router bgp 65000\n nonsense\n');
    expect(run('vtysh', ['-C', '-f', file]).status).toBe(2);
  });
});

describeWith('nft', "nftables' parser", () => {
  it.each(byName(modern))('accepts %s', (name, combination) => {
    const root = written(`nft-${name}`, combinationHost(combination, 2));
    const done = run('nft', ['-c', '-f', join(root, 'etc/kakehashi/kakehashi.nft')]);
    expect(done).toEqual({ status: 0, output: '' });
  });
});

describe('scripts', () => {
  const key = (): GatewayKey => GatewayKey.referenceTo('vault://secret/vpn/dev');
  const scripts = ['kakehashi-tunnels', 'kakehashi-routes', 'kakehashi-keys'];
  let root: string;
  beforeAll(() => {
    root = written('scripts', sampleHost({}, [sampleConnection({ key })]));
  });

  it.each(scripts)('%s is good to sh', (script) => {
    expect(run('sh', ['-n', join(root, 'usr/local/sbin', script)])).toEqual({ status: 0, output: '' });
  });

  describeWith('shellcheck', 'shellcheck', () => {
    it.each(scripts)('finds nothing in %s', (script) => {
      expect(run('shellcheck', [join(root, 'usr/local/sbin', script)])).toEqual({ status: 0, output: '' });
    });
  });
});

describeWith('systemd-analyze', 'systemd', () => {
  it('accepts the units', () => {
    const root = written('units', sampleHost());
    const units = join(root, 'etc/systemd/system');
    // It looks for the programs where the unit says, which is not where they are here.
    const names = ['kakehashi-tunnels', 'kakehashi-routes', 'kakehashi-firewall'].map(
      (name) => `${name}.service`,
    );
    for (const name of names) {
      const text = readFileSync(join(units, name), 'utf8');
      writeFileSync(join(units, name), text.replace(/=\/usr\/(local\/)?sbin\/\S+/g, '=/bin/true'));
    }
    const done = run('systemd-analyze', ['verify', '--man=no', ...names.map((name) => join(units, name))]);
    const ours = done.output.split('\n').filter((line) => line.includes('kakehashi'));
    expect({ status: done.status, ours }).toEqual({ status: 0, ours: [] });
  });
});
