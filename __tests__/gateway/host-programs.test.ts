import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from '../../base/process';
import { CheckBench } from '../../gateway/check/bench';
import { checkHostFiles } from '../../gateway/check/host-files';
import { writeFolder } from '../../gateway/folder/write';
import { renderGateway } from '../../gateway/render/host-files';
import type { GatewayHost } from '../../model/gateway/host';
import { GatewayKey } from '../../model/gateway/key';
import { describeWith } from '../support/programs';
import { AZURE_HOSTS, OTHER_AZURE, sampleAzure } from './sample-azure';
import { COMBINATIONS, combinationHost, combinationName, sampleConnection, sampleHost } from './sample-host';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-gateway-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program says of a host's files, a line each: `passed etc/frr/frr.conf`. */
async function verdicts(program: string, name: string, host: GatewayHost): Promise<readonly string[]> {
  writeFolder(join(folder, name), renderGateway(host));
  return judged(program, name);
}

async function judged(program: string, name: string): Promise<readonly string[]> {
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const bench = new CheckBench(join(folder, name), scratch, new Processes());
  const results = await checkHostFiles(bench, [program]);
  return results.map(({ subject, verdict, says }) => [verdict, subject, ...says].join(' '));
}

const bgp = COMBINATIONS.filter(({ routing, crypto }) => routing === 'bgp' && crypto === 'modern');
const modern = COMBINATIONS.filter(({ crypto }) => crypto === 'modern');
const byName = (list: typeof COMBINATIONS): [string, (typeof list)[number]][] =>
  list.map((one) => [combinationName(one), one]);

describeWith('vtysh', "FRR's parser", () => {
  it.each(byName(bgp))('accepts %s', async (name, combination) => {
    const said = await verdicts('vtysh', `frr-${name}`, combinationHost(combination, 2));
    expect(said).toEqual(['passed etc/frr/frr.conf']);
  });

  it.each([1, 3])('accepts networks of %d tunnels', async (tunnels) => {
    for (const [name, combination] of byName(bgp)) {
      const host = combinationHost(combination, 2, tunnels);
      expect(await verdicts('vtysh', `frr-${tunnels}-${name}`, host)).toEqual(['passed etc/frr/frr.conf']);
    }
  });

  it('accepts a mesh, where networks that are not learned are announced too', async () => {
    const mesh = { position: 1, environment: 'prod', cloudNetwork: '172.29.0.0/16' };
    const host = sampleHost({ mesh: true }, [
      sampleConnection({ routing: 'bgp', siteNetworks: ['10.0.2.0/24', '172.29.0.0/16'] }),
      sampleConnection({ ...mesh, siteNetworks: ['10.0.2.0/24', '172.30.0.0/16'] }),
    ]);
    expect(await verdicts('vtysh', 'frr-mesh', host)).toEqual(['passed etc/frr/frr.conf']);
    const text = readFileSync(join(folder, 'frr-mesh', 'etc/frr/frr.conf'), 'utf8');
    expect(text).toContain('  network 172.29.0.0/16\n');
    expect(text).toContain('  neighbor 169.254.100.1 as-override\n');
    expect(text).toContain('kakehashi-dev-aws-default-out seq 10 permit 172.29.0.0/16\n');
  });

  it.each(Object.entries(AZURE_HOSTS).filter(([name]) => /-bgp|gateway-subnet/.test(name)))(
    'accepts %s',
    async (name, host) => {
      expect(await verdicts('vtysh', `frr-${name}`, host)).toEqual(['passed etc/frr/frr.conf']);
    },
  );

  it('refuses a line that is none', async () => {
    await verdicts('vtysh', 'frr-bad', sampleHost({}, [sampleConnection({ routing: 'bgp' })]));
    writeFileSync(join(folder, 'frr-bad/etc/frr/frr.conf'), 'router bgp 65000\n nonsense\n');
    expect(await judged('vtysh', 'frr-bad')).toEqual([
      'failed etc/frr/frr.conf line 2: % Unknown command[25]:  nonsense',
    ]);
  });
});

describeWith('nft', "nftables' parser", () => {
  it.each(byName(modern))('accepts %s', async (name, combination) => {
    const said = await verdicts('nft', `nft-${name}`, combinationHost(combination, 2));
    expect(said).toEqual(['passed etc/kakehashi/kakehashi.nft']);
  });

  it.each([1, 3])('accepts networks of %d tunnels', async (tunnels) => {
    for (const [name, combination] of byName(modern)) {
      const said = await verdicts('nft', `nft-${tunnels}-${name}`, combinationHost(combination, 2, tunnels));
      expect(said).toEqual(['passed etc/kakehashi/kakehashi.nft']);
    }
  });

  it.each(Object.entries(AZURE_HOSTS))('accepts %s', async (name, host) => {
    expect(await verdicts('nft', `nft-${name}`, host)).toEqual(['passed etc/kakehashi/kakehashi.nft']);
  });

  it('refuses a rule that is none', async () => {
    await verdicts('nft', 'nft-bad', sampleHost());
    writeFileSync(join(folder, 'nft-bad/etc/kakehashi/kakehashi.nft'), 'table inet a {\n  nonsense\n}\n');
    expect((await judged('nft', 'nft-bad'))[0]).toMatch(
      /etc\/kakehashi\/kakehashi\.nft:2:3-10: Error: syntax error/,
    );
  });
});

describe('scripts', () => {
  const key = (): GatewayKey => GatewayKey.referenceTo('vault://secret/vpn/dev');
  const host = sampleHost({}, [sampleConnection({ key })]);
  const scripts = ['kakehashi-keys', 'kakehashi-routes', 'kakehashi-tunnels'];
  const passed = scripts.map((script) => `passed usr/local/sbin/${script}`);

  it('are good to sh', async () => {
    expect(await verdicts('sh', 'scripts', host)).toEqual(passed);
  });

  const azure = sampleHost({}, [
    sampleAzure({ peers: ['172.21.255.4', '172.21.255.5'], key: 'vault://secret/vpn/dev' }),
    sampleAzure({ ...OTHER_AZURE, routing: 'static' }),
  ]);

  it('are good to sh with all that Azure needs', async () => {
    expect(await verdicts('sh', 'scripts-azure', azure)).toEqual(passed);
  });

  it('are told when they are not', async () => {
    await verdicts('sh', 'scripts-bad', host);
    writeFileSync(join(folder, 'scripts-bad/usr/local/sbin/kakehashi-keys'), '#!/bin/sh\nif\n');
    expect((await judged('sh', 'scripts-bad'))[0]).toMatch(
      /^failed usr\/local\/sbin\/kakehashi-keys .*Syntax error/,
    );
  });

  describeWith('shellcheck', 'shellcheck', () => {
    it('finds nothing in them', async () => {
      expect(await verdicts('shellcheck', 'shellcheck', host)).toEqual(passed);
      expect(await verdicts('shellcheck', 'shellcheck-azure', azure)).toEqual(passed);
    });
  });
});

describeWith('systemd-analyze', 'systemd', () => {
  it('accepts the units', async () => {
    expect(await verdicts('systemd-analyze', 'units', sampleHost())).toEqual([
      'passed etc/systemd/system/*.service',
    ]);
  });

  it('refuses one that is none', async () => {
    await verdicts('systemd-analyze', 'units-bad', sampleHost());
    writeFileSync(
      join(folder, 'units-bad/etc/systemd/system/kakehashi-routes.service'),
      '[Service]\nType=none\n',
    );
    expect((await judged('systemd-analyze', 'units-bad'))[0]).toMatch(/^failed .*kakehashi-routes\.service/);
  });
});
