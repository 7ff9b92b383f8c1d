import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from '../../../../base/process';
import { CheckBench } from '../../../../gateway/check/bench';
import { checkLibreswan, proposalsOf } from '../../../../gateway/check/libreswan';
import { writeFolder } from '../../../../gateway/folder/write';
import { renderGateway } from '../../../../gateway/render/host-files';
import { describeWith } from '../../../support/programs';
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

const named = (version: number): [string, Combination][] =>
  COMBINATIONS.filter((one) => one.daemon === 'libreswan' && one.version === version).map((one) => [
    combinationName(one),
    one,
  ]);

const modern = (version: number): [string, Combination][] =>
  named(version).filter(([, { crypto }]) => crypto === 'modern');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-libreswan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bench = (rendered: string): CheckBench =>
  new CheckBench(rendered, mkdtempSync(join(folder, 'scratch-')), new Processes());

/** What the daemon's programs say of a combination, a line each, and what they were asked about. */
async function verdicts(name: string, combination: Combination, tunnels = 2): Promise<readonly string[]> {
  const rendered = join(folder, `${name}-${tunnels}`);
  writeFolder(rendered, renderGateway(combinationHost(combination, 2, tunnels)));
  const results = await checkLibreswan(bench(rendered), combination.version);
  return results.map(({ subject, verdict, says }) => [verdict, subject, ...says].join(' '));
}

/** All is good: the configuration, and each proposal that is in it. */
function good(combination: Combination): readonly string[] {
  const texts = renderGateway(combinationHost(combination, 2)).map(({ text }) => text);
  const proposals = [...new Set(texts.flatMap(proposalsOf))].sort();
  expect(proposals.length).toBeGreaterThanOrEqual(2);
  return ['passed etc/ipsec.d/*.conf', ...proposals.map((proposal) => `passed ${proposal}`)];
}

/** The line of `algparse` that says what is wrong. */
async function refusal(proposal: string): Promise<string | undefined> {
  const { lines } = await bench(folder).ask('ipsec', ['algparse', '-v2', '-pfs', proposal]);
  return lines.find((line) => line.includes('ERROR'));
}

describe('the connections', () => {
  /** The settings of the first tunnel; the second has the same but for its numbers. */
  const settings = (
    sample: SampleConnection,
    gateway: Parameters<typeof sampleHost>[0] = {},
  ): Readonly<Record<string, string>> => {
    const files = renderGateway(sampleHost(gateway, [sampleConnection(sample)]));
    const text = files.find(({ path }) => path === 'etc/ipsec.d/kakehashi-dev-aws-default.conf')?.text ?? '';
    const [, first = ''] = text.split(/^conn /m);
    return Object.fromEntries(
      [...first.matchAll(/^\t([\w-]+)=(.*)$/gm)].map(([, key, value]) => [key, value]),
    );
  };

  it.each([
    [900, '180s'],
    [2699, '539s'],
    [2700, '540s'],
    [3600, '540s'],
  ])('start a new key early enough for a lifetime of %i s, with a margin of %s', (seconds, margin) => {
    expect(settings({ options: { phase2LifetimeSeconds: seconds } })).toMatchObject({
      salifetime: `${seconds}s`,
      rekeymargin: margin,
      ikelifetime: '28800s',
    });
    // rekeyfuzz=100% may double the margin.
    expect(2 * Number.parseInt(margin, 10)).toBeLessThan(seconds);
  });

  it('have the lifetime of IKE and the silence of a dead peer from the options of the tunnel', () => {
    expect(settings({ options: { phase1LifetimeSeconds: 7200, dpdTimeoutSeconds: 90 } })).toMatchObject({
      ikelifetime: '7200s',
      salifetime: '3600s',
      'retransmit-timeout': '90s',
      dpddelay: '10s',
    });
  });

  it('wait where the cloud starts, and start where the site does', () => {
    expect(settings({}).auto).toBe('start');
    expect(settings({ options: { startupAction: 'start' } }).auto).toBe('add');
    expect(settings({ mode: 'policy-based', options: { startupAction: 'start' } }).auto).toBe('add');
  });

  it('go out from the address of the controller where it lies in the first network of the site only', () => {
    const policy = (...siteNetworks: readonly string[]) =>
      settings({ mode: 'policy-based', siteNetworks }).leftsourceip;
    expect(policy('10.0.2.0/24')).toBe('10.0.2.15');
    expect(policy('10.0.3.0/24')).toBeUndefined();
  });

  it('leave to libreswan 5 what it does by itself', () => {
    const ofVersion = (version: number) => Object.keys(settings({}, { version, kind: 'xfrm' }));
    const only4 = ofVersion(4).filter((key) => !ofVersion(5).includes(key));
    expect(only4).toEqual(['ikev2', 'dpdaction', 'keyingtries']);
    expect(ofVersion(5).filter((key) => !ofVersion(4).includes(key))).toEqual(['keyexchange']);
  });
});

describeWith('ipsec', 'libreswan 4', () => {
  it.each(named(4))('accepts %s without a word', async (name, combination) => {
    expect(await verdicts(name, combination)).toEqual(good(combination));
  });

  describe.each([1, 3])('with networks of %d tunnels', (tunnels) => {
    it.each(modern(4))('accepts %s without a word', async (name, combination) => {
      expect(await verdicts(name, combination, tunnels)).toEqual(good(combination));
    });
  });

  it.each([
    ['ike=aes128-sha1;modp1024', "IKE DH algorithm 'modp1024' is not supported"],
    ['ike=aes128-sha1;dh22', "IKE DH algorithm 'dh22' is not supported"],
    ['esp=aes_gcm256;dh20,aes_gcm256;dh14', 'more than one IKEv2 ESP DH algorithm'],
    ['esp=aes_gcm128-sha2_256;dh14', "must have 'NONE' as the integrity algorithm"],
  ])('refuses %s, as the capabilities say', async (proposal, says) => {
    expect(await refusal(proposal)).toContain(says);
  });
});

new UnpackedRelease('trixie').describe('libreswan 5', () => {
  let undo: () => void;
  beforeAll(() => {
    undo = withReleasePrograms(new UnpackedRelease('trixie'), ['/usr/sbin/ipsec']);
  });
  afterAll(() => undo());

  it.each(named(5))('accepts %s without a word', async (name, combination) => {
    expect(await verdicts(name, combination)).toEqual(good(combination));
  });

  describe.each([1, 3])('with networks of %d tunnels', (tunnels) => {
    it.each(modern(5))('accepts %s without a word', async (name, combination) => {
      expect(await verdicts(name, combination, tunnels)).toEqual(good(combination));
    });
  });

  it.each(['ike=aes128-sha1;modp1024', 'ike=aes128-sha1;dh24', 'esp=aes_gcm256;dh20,aes_gcm256;dh14'])(
    'refuses %s, as the capabilities say',
    async (proposal) => {
      expect(await refusal(proposal)).toBeDefined();
    },
  );
});
