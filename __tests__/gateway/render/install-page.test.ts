import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderGateway } from '../../../gateway/render/host-files';
import type { GatewayHost } from '../../../model/gateway/host';
import { GatewayKey } from '../../../model/gateway/key';
import { AZURE_HOSTS, sampleAzure } from '../sample-azure';
import { sampleConnection, sampleHost } from '../sample-host';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const root = (name: string): string => join(folder, 'root', name);
const modeOf = (name: string): string => (statSync(root(name)).mode & 0o777).toString(8);

function page(host: GatewayHost): string {
  return renderGateway(host).find(({ path }) => path === 'INSTALL.md')?.text ?? '';
}

/** Runs the page's two commands that touch files, with another folder in the place of `/`. */
function install(host: GatewayHost): void {
  const source = join(folder, 'source');
  rmSync(source, { recursive: true, force: true });
  for (const { path, mode, text } of renderGateway(host)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
    chmodSync(join(source, path), mode);
  }
  const commands = page(host)
    .split('\n')
    .filter((line) => /^(for file in|tar) /.test(line));
  expect(commands).toHaveLength(2);
  const script = commands
    .join('\n')
    .replaceAll(' /etc/', ` ${root('etc/')}`)
    .replace('".$file"', `".\${file#${join(folder, 'root')}}"`)
    .replace('-C / ', `-C ${root('')} `);
  expect(spawnSync('sh', ['-euc', script], { cwd: source, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
}

it('leaves folders and links that are there as they are, and gives the files their own modes', () => {
  for (const name of ['etc/ipsec.d', 'etc/frr', 'usr/local', 'opt'])
    mkdirSync(root(name), { recursive: true });
  chmodSync(root('etc/ipsec.d'), 0o700);
  chmodSync(root('etc/frr'), 0o750);
  symlinkSync('../../opt', root('usr/local/sbin'));
  install(sampleHost({}, [sampleConnection({ routing: 'bgp' })]));
  expect([modeOf('etc/ipsec.d'), modeOf('etc/frr')]).toEqual(['700', '750']);
  expect(modeOf('etc/ipsec.d/kakehashi-dev-aws-default.secrets')).toBe('600');
  expect(modeOf('etc/frr/frr.conf')).toBe('640');
  expect(readlinkSync(root('usr/local/sbin'))).toBe('../../opt');
  expect(modeOf('opt/kakehashi-tunnels')).toBe('755');
});

it("takes away what an earlier time left there, and nobody else's files", () => {
  mkdirSync(root(''), { recursive: true });
  const prod = sampleConnection({ environment: 'prod', cloudNetwork: '172.29.0.0/16', position: 1 });
  install(sampleHost({}, [sampleConnection(), prod]));
  writeFileSync(root('etc/ipsec.d/mine.conf'), '');
  mkdirSync(root('etc/kakehashi/keys'));
  install(sampleHost({}, [prod]));
  const isThere = (name: string): boolean => existsSync(root(name));
  expect(isThere('etc/ipsec.d/kakehashi-dev-aws-default.secrets')).toBe(false);
  expect(isThere('etc/kakehashi/dev-aws-default.tunnels')).toBe(false);
  expect(isThere('etc/ipsec.d/kakehashi-prod-aws-default.secrets')).toBe(true);
  expect(isThere('etc/ipsec.d/mine.conf')).toBe(true);
  expect(isThere('etc/kakehashi/keys')).toBe(true);
});

it('keeps what kakehashi-keys wrote, while its template is there', () => {
  mkdirSync(root('etc/ipsec.d'), { recursive: true });
  const written = root('etc/ipsec.d/kakehashi-dev-aws-default.secrets');
  writeFileSync(written, '');
  const key = (): GatewayKey => GatewayKey.referenceTo('file:///etc/kakehashi/keys/one');
  install(sampleHost({}, [sampleConnection({ key })]));
  expect(existsSync(written)).toBe(true);
  install(sampleHost({}, [sampleConnection({ environment: 'prod', key })]));
  expect(existsSync(written)).toBe(false);
});

it('starts what is new the second time too', () => {
  const text = page(sampleHost());
  expect(text).not.toContain('enable --now kakehashi');
  for (const name of ['kakehashi-firewall', 'kakehashi-tunnels']) {
    expect(text).toContain(`systemctl enable ${name} && systemctl reload-or-restart ${name}\n`);
  }
});

describe('the status of the tunnels in the cloud', () => {
  const commands = (host: GatewayHost) => page(host).match(/^az network .*$/gm);

  it('is asked for by the names of each connection, once for all its tunnels', () => {
    expect(commands(AZURE_HOSTS['azure-libreswan-4-vti-bgp'] ?? sampleHost())).toEqual([
      'az network vpn-connection show --resource-group dev-default --name dev-azure-default --query connectionStatus --output tsv',
      'az network vpn-connection show --resource-group prod-osaka --name prod-azure-osaka --query connectionStatus --output tsv',
    ]);
  });

  it.each(['lab$(id)', '-o', "a'b", 'a\nb', ''])(
    'is refused for a connection that a state calls %j',
    (name) => {
      const connection = sampleAzure();
      const description = { ...connection.description, cloud_connection: { resource_group: 'lab', name } };
      expect(() =>
        page(sampleHost({ daemon: 'libreswan', version: 4, kind: 'vti' }, [{ ...connection, description }])),
      ).toThrow('letters, digits and _ . - ( )');
    },
  );
});
