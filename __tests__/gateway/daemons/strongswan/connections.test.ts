import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from '../../../../base/process';
import { CheckBench } from '../../../../gateway/check/bench';
import { withPrivateCharon } from '../../../../gateway/check/private-charon';
import type { CheckResult } from '../../../../gateway/check/result';
import { checkStrongswan } from '../../../../gateway/check/strongswan';
import { writeFolder } from '../../../../gateway/folder/write';
import { renderGateway } from '../../../../gateway/render/host-files';
import { daemonCapabilities } from '../../../../model/gateway/capabilities';
import { withReleasePrograms } from '../../release-programs';
import {
  COMBINATIONS,
  type Combination,
  combinationHost,
  combinationName,
  type SampleConnection,
  sampleConnection,
  sampleHost,
} from '../../sample-host';
import { UnpackedRelease } from '../../unpacked-release';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-strongswan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bench = (rendered: string): CheckBench =>
  new CheckBench(rendered, mkdtempSync(join(folder, 'scratch-')), new Processes());

describe('the connections', () => {
  /** The settings of the first tunnel with this name, the outer section's before the inner one's. */
  const settings = (sample: SampleConnection, name: string): readonly string[] => {
    const host = sampleHost({ daemon: 'strongswan', version: 5 }, [sampleConnection(sample)]);
    const file = renderGateway(host).find(
      ({ path }) => path === 'etc/swanctl/conf.d/kakehashi-dev-aws-default.conf',
    );
    const [, first = ''] = file?.text.split('# Inside CIDR') ?? [];
    return [...first.matchAll(/^ +(\w+) = (.*)$/gm)].flatMap(([, key, value = '']) =>
      key === name ? [value] : [],
    );
  };

  it.each([
    [28800, 3600, '25920s', '2880s', '3240s'],
    [7200, 900, '6480s', '720s', '810s'],
    [901, 900, '810s', '91s', '810s'],
  ])('live for the lifetimes of the tunnel, %i s and %i s', (ike, esp, rekey, over, espRekey) => {
    const sample = { options: { phase1LifetimeSeconds: ike, phase2LifetimeSeconds: esp } };
    expect(settings(sample, 'rekey_time')).toEqual([rekey, espRekey]);
    expect(settings(sample, 'over_time')).toEqual([over]);
    expect(settings(sample, 'life_time')).toEqual([`${esp}s`]);
    expect(Number.parseInt(rekey, 10) + Number.parseInt(over, 10)).toBe(ike);
  });

  it('wait where the cloud starts, and start where the site does', () => {
    const actions = (sample: SampleConnection) =>
      ['start_action', 'close_action', 'dpd_action'].map((name) => settings(sample, name).join());
    expect(actions({})).toEqual(['start', 'start', 'restart']);
    expect(actions({ options: { startupAction: 'start' } })).toEqual(['none', 'none', 'clear']);
  });
});

describe.each([
  [5, '5.9.8', 'bookworm'],
  [6, '6.0.1', 'trixie'],
] as const)('strongSwan %i', (version, _, releaseName) => {
  const release = new UnpackedRelease(releaseName);
  const combinations = COMBINATIONS.filter((one) => one.daemon === 'strongswan' && one.version === version);

  release.describe('its charon', () => {
    let undo: () => void;
    beforeAll(() => {
      undo = withReleasePrograms(release, ['/usr/sbin/charon-systemd', '/usr/sbin/swanctl']);
    });
    afterAll(() => undo());

    async function check(
      name: string,
      combination: Combination,
      change = (text: string): string => text,
      tunnels = 2,
    ): Promise<CheckResult | undefined> {
      const rendered = join(folder, `${name}-${tunnels}`);
      writeFolder(rendered, renderGateway(combinationHost(combination, 2, tunnels)));
      const file = join(rendered, 'etc/swanctl/conf.d/kakehashi-dev-aws-default.conf');
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      return (await checkStrongswan(bench(rendered), version))[0];
    }

    it.each(combinations.map((one) => [combinationName(one), one] as const))(
      'loads all four tunnels of %s, with their keys',
      async (name, combination) => {
        expect(await check(name, combination)).toMatchObject({ verdict: 'passed', says: [] });
      },
    );

    describe.each([1, 3])('with networks of %d tunnels', (tunnels) => {
      it.each(
        combinations
          .filter(({ crypto }) => crypto === 'modern')
          .map((one) => [combinationName(one), one] as const),
      )('loads all tunnels of %s, with their keys', async (name, combination) => {
        expect(await check(name, combination, undefined, tunnels)).toMatchObject({
          verdict: 'passed',
          says: [],
        });
      });
    });

    it('refuses an algorithm that is none', async () => {
      const [combination] = combinations;
      if (!combination) throw new Error('no combination');
      const nonsense = (text: string): string =>
        text.replace(/ proposals = \S+/, ' proposals = aes256-nonsense');
      const result = await check('bad', combination, nonsense);
      expect(result?.verdict).toBe('failed');
      expect(result?.says.join('\n')).toContain('invalid value for: proposals');
      expect(result?.says).toContain('connection dev-aws-default-1: not loaded');
    });

    it('has what the capabilities say', async () => {
      const answer = await withPrivateCharon(bench(folder), ({ uri, env }) =>
        bench(folder).ask('swanctl', ['--list-algs', '--uri', uri], { env }),
      );
      const algorithms = 'stdout' in answer ? answer.stdout : answer.join('\n');
      const spelled = Object.values(daemonCapabilities('strongswan', version)?.dhGroups ?? {});
      const listed = spelled.map(
        (name) =>
          `${name
            .toUpperCase()
            .replace(/^(MODP|ECP)/, '$1_')
            .replace('S', '_')}[openssl]`,
      );
      for (const name of [
        ...listed,
        'AES_CBC[openssl]',
        'AES_GCM_16[openssl]',
        'HMAC_SHA2_384_192[openssl]',
      ]) {
        expect(algorithms).toContain(name);
      }
    });
  });
});
