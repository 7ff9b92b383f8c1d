import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Processes, type RunResult, type RunSpec } from '../../../base/process';
import { checkFolder } from '../../../gateway/check/check-folder';
import { libreswanVersion, proposalsOf } from '../../../gateway/check/libreswan';
import type { CheckResult } from '../../../gateway/check/result';
import { strongswanVersion } from '../../../gateway/check/strongswan';
import { sectionNames } from '../../../gateway/check/swanctl-text';
import { writeFolder } from '../../../gateway/folder/write';
import { renderGateway } from '../../../gateway/render/host-files';
import type { GatewayHost } from '../../../model/gateway/host';
import { GatewayKey } from '../../../model/gateway/key';
import { describeWith } from '../../support/programs';
import { withPrograms, withReleasePrograms } from '../release-programs';
import { SAMPLE_KEYS, sampleConnection, sampleHost } from '../sample-host';
import { folderForEachTest } from '../temporary-folder';
import { UnpackedRelease } from '../unpacked-release';

const folder = folderForEachTest();
const CONF = 'etc/ipsec.d/kakehashi-dev-aws-default.conf';
const SWANCTL = 'etc/swanctl/conf.d/kakehashi-dev-aws-default';

async function check(
  host: GatewayHost,
  change: () => void = () => undefined,
): Promise<readonly CheckResult[]> {
  writeFolder(folder.path, renderGateway(host));
  change();
  return checkFolder(folder.path, host.site.gateway, new Processes());
}

/** `passed ipsec addconn etc/ipsec.d/*.conf`. */
const verdicts = (results: readonly CheckResult[]): string[] =>
  results.map(({ verdict, program, subject }) => `${verdict} ${program} ${subject}`);
const resultOf = (results: readonly CheckResult[], program: string): CheckResult | undefined =>
  results.find((one) => one.program === program);
const replaceIn = (file: string, from: string, to: string): void => {
  const at = path.join(folder.path, file);
  const text = readFileSync(at, 'utf8');
  expect(text).toContain(from);
  writeFileSync(at, text.replace(from, to));
};

describeWith('ipsec', 'with libreswan 4 on the host', () => {
  it('passes what is rendered for it, and leaves nothing behind', async () => {
    const scratch = folder.put('scratch/keep', '').replace('/keep', '');
    process.env.TMPDIR = scratch;
    const results = await check(sampleHost({}, [sampleConnection({ routing: 'bgp' })]));
    delete process.env.TMPDIR;
    expect(verdicts(results)).toEqual([
      'passed ipsec addconn etc/ipsec.d/*.conf',
      'passed ipsec algparse esp=aes_gcm256;dh20',
      'passed ipsec algparse ike=aes_gcm256-sha2_384;dh20',
      'passed vtysh etc/frr/frr.conf',
      'passed nft etc/kakehashi/kakehashi.nft',
      'passed sh usr/local/sbin/kakehashi-tunnels',
      'passed shellcheck usr/local/sbin/kakehashi-tunnels',
      'passed systemd-analyze etc/systemd/system/*.service',
    ]);
    expect(results.flatMap(({ says }) => says)).toEqual([]);
    expect(readdirSync(scratch)).toEqual(['keep']);
  });

  it.each([
    [
      'a word that is none',
      '\tpfs=yes',
      '\tnonsense=yes',
      /kakehashi-dev-aws-default\.conf:? ?15?.*nonsense/,
    ],
    [
      'a network that is none, for which it exits with 0',
      '0.0.0.0/0',
      '10.0.0.0/33',
      /bad subnet leftsubnet=10\.0\.0\.0\/33/,
    ],
  ])('fails %s, in its words', async (_, from, to, says) => {
    const results = await check(sampleHost(), () => replaceIn(CONF, from, to));
    const result = resultOf(results, 'ipsec addconn');
    expect(result?.verdict).toBe('failed');
    expect(result?.says.join('\n')).toMatch(says);
    expect(result?.says.join('\n')).not.toContain(tmpdir());
  });

  it('fails an algorithm that addconn lets pass', async () => {
    const results = await check(sampleHost(), () =>
      replaceIn(CONF, 'esp=aes_gcm256;dh20', 'esp=aes128-sha1;modp1024'),
    );
    expect(verdicts(results)).toContain('failed ipsec algparse esp=aes128-sha1;modp1024');
    const said = results.find(({ subject }) => subject.includes('modp1024'))?.says.join();
    expect(said).toContain("ESP DH algorithm 'modp1024' is not supported");
  });

  it('says that the gateway has another version, and takes no refusal for a failure then', async () => {
    const note = 'libreswan 4.10 is installed here, the gateway has 5: checked by another version';
    const results = await check(sampleHost({ version: 5 }));
    expect(verdicts(results).slice(0, 2)).toEqual([
      'absent ipsec addconn etc/ipsec.d/*.conf',
      'passed ipsec algparse esp=aes_gcm256;dh20',
    ]);
    expect(results[0]?.says).toEqual([note, expect.stringContaining('keyexchange, invalid value: ikev2')]);
    expect(results[1]?.says).toEqual([note]);
  });

  it("does not take strongSwan's ipsec for libreswan's", async () => {
    const undo = withPrograms({ ipsec: '#!/bin/sh\necho Linux strongSwan U5.9.8/K6.1.0\n' });
    try {
      const results = await check(sampleHost());
      expect(results[0]).toEqual({
        program: 'ipsec addconn',
        subject: 'etc/ipsec.d/*.conf',
        verdict: 'absent',
        says: ['ipsec is no libreswan here: Linux strongSwan U5.9.8/K6.1.0'],
      });
    } finally {
      undo();
    }
  });
});

new UnpackedRelease('trixie').describe('with libreswan 5 on the host', () => {
  it('passes what is rendered for it', async () => {
    const undo = withReleasePrograms(new UnpackedRelease('trixie'), ['/usr/sbin/ipsec']);
    try {
      const results = await check(sampleHost({ version: 5 }));
      expect(verdicts(results).slice(0, 3)).toEqual([
        'passed ipsec addconn etc/ipsec.d/*.conf',
        'passed ipsec algparse esp=aes_gcm256;dh20',
        'passed ipsec algparse ike=aes_gcm256-sha2_384;dh20',
      ]);
      expect(results.flatMap(({ says }) => says)).toEqual([]);
    } finally {
      undo();
    }
  });
});

describe.each([
  [5, 'bookworm'],
  [6, 'trixie'],
] as const)('with strongSwan %i on the host', (version, name) => {
  const release = new UnpackedRelease(name);
  release.describe('its charon', () => {
    let undo: () => void;
    beforeAll(() => {
      undo = withReleasePrograms(release, ['/usr/sbin/charon-systemd', '/usr/sbin/swanctl']);
    });
    afterAll(() => undo());
    const host = (connections = [sampleConnection()]): GatewayHost =>
      sampleHost({ daemon: 'strongswan', version }, connections);
    const swanctl = async (change?: () => void): Promise<CheckResult | undefined> =>
      resultOf(await check(host(), change), 'swanctl');

    it('loads what is rendered for it', async () => {
      expect(await swanctl()).toEqual({
        program: 'swanctl',
        subject: 'etc/swanctl/conf.d/*.conf',
        verdict: 'passed',
        says: [],
      });
    });

    it('loads the connections where the keys are references', async () => {
      const key = (): GatewayKey => GatewayKey.referenceTo('vault://secret/vpn/dev');
      expect(resultOf(await check(host([sampleConnection({ key })])), 'swanctl')?.verdict).toBe('passed');
    });

    it.each([
      [
        'an algorithm that is none',
        '.conf',
        'aes256gcm16-ecp384',
        'aes256gcm16-nonsense',
        /invalid value for: esp_proposals/,
      ],
      [
        'a brace too many, for which it exits with 0',
        '.conf',
        'connections {',
        'connections { {',
        /syntax error/,
      ],
      [
        'a key for nobody',
        '-secrets.conf',
        '  ike-dev-aws-default-2 {',
        '  nobody-2 {',
        /^key of nobody-2: not loaded$/m,
      ],
    ])('fails %s, in its words', async (_, file, from, to, says) => {
      const result = await swanctl(() => replaceIn(`${SWANCTL}${file}`, from, to));
      expect(result?.verdict).toBe('failed');
      expect(result?.says.join('\n')).toMatch(says);
    });

    it('shows no key, also of a file that it can not read', async () => {
      const result = await swanctl(() =>
        replaceIn(`${SWANCTL}-secrets.conf`, `"${SAMPLE_KEYS[0]}"`, `"${SAMPLE_KEYS[0]}`),
      );
      expect(result?.verdict).toBe('failed');
      expect(JSON.stringify(result)).not.toContain('PlantedKey');
    });
  });
});

/** A host on which some programs are not installed; notes how the others are called. */
class PoorHost extends Processes {
  readonly calls: string[] = [];
  constructor(private readonly missing: (command: string) => boolean) {
    super();
  }
  override run(spec: RunSpec): Promise<RunResult> {
    this.calls.push([spec.command, ...spec.args, ...Object.values(spec.env)].join(' '));
    if (!this.missing(spec.command)) return super.run(spec);
    return Promise.resolve({ kind: 'spawn-failed', code: 'ENOENT', stdout: '', lastLines: [] });
  }
}

describe('on a host without the programs', () => {
  it.each([
    ['libreswan', ['ipsec addconn', 'ipsec algparse', 'ipsec algparse'], 'libreswan is not installed here'],
    ['strongswan', ['swanctl'], 'strongSwan (swanctl) is not installed here'],
  ] as const)('passes nothing of %s, and says what is not installed', async (daemon, programs, says) => {
    const host = sampleHost({ daemon, version: 5 }, [sampleConnection({ routing: 'bgp' })]);
    writeFolder(folder.path, renderGateway(host));
    const results = await checkFolder(folder.path, host.site.gateway, new PoorHost(() => true));
    expect(results.map(({ program, verdict, says: said }) => [program, verdict, ...said])).toEqual([
      ...programs.map((program) => [program, 'absent', says]),
      ['vtysh', 'absent', 'vtysh is not installed here'],
      ['nft', 'absent', 'unshare (util-linux) is not installed here'],
      ['sh', 'absent', 'sh is not installed here'],
      ['shellcheck', 'absent', 'shellcheck is not installed here'],
      ['systemd-analyze', 'absent', 'systemd-analyze is not installed here'],
    ]);
  });

  it('tells a program that is missing from a network that can not be had', async () => {
    const host = sampleHost({ daemon: 'strongswan', version: 5 });
    const says = async (unshare: string): Promise<readonly (readonly string[])[]> => {
      const undo = withPrograms({ swanctl: '#!/bin/sh\necho strongSwan 5.9.8 swanctl; exit 1\n', unshare });
      try {
        const results = await check(host);
        expect(verdicts(results).slice(0, 2)).toEqual([
          'absent swanctl etc/swanctl/conf.d/*.conf',
          'absent nft etc/kakehashi/kakehashi.nft',
        ]);
        return results.slice(0, 2).map((result) => result.says);
      } finally {
        undo();
      }
    };
    expect(
      await says(
        '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\necho "unshare: failed to execute $2: No such file or directory" >&2; exit 127\n',
      ),
    ).toEqual([['charon-systemd is not installed here'], ['nft is not installed here']]);
    const refusal = 'unshare: unshare failed: Operation not permitted';
    expect(await says(`#!/bin/sh\necho "${refusal}" >&2; exit 1\n`)).toEqual([
      ['charon could not be started here in a network of its own', refusal, 'run this as root'],
      [refusal, 'run this as root'],
    ]);
  });

  it('gives no program a key, and none of our credentials', async () => {
    process.env.VAULT_TOKEN = 'planted-token';
    try {
      for (const daemon of ['libreswan', 'strongswan'] as const) {
        const host = sampleHost({ daemon, version: 5 });
        writeFolder(folder.path, renderGateway(host));
        const poor = new PoorHost(() => false);
        await checkFolder(folder.path, host.site.gateway, poor);
        expect(poor.calls.length).toBeGreaterThan(2);
        expect(poor.calls.join('\n')).not.toMatch(/PlantedKey|planted-token/);
      }
    } finally {
      delete process.env.VAULT_TOKEN;
    }
  });

  it('has nothing to say of an empty folder', async () => {
    expect(
      await checkFolder(folder.path, { daemon: 'libreswan', version: 4 }, new PoorHost(() => true)),
    ).toEqual([]);
  });
});

describe('what the programs say of themselves', () => {
  it.each([
    ['Libreswan 4.10', '4.10'],
    ['Libreswan 5.2', '5.2'],
    ['Linux Libreswan v4.3 (netkey) on 5.10.0', '4.3'],
    ['Linux strongSwan U5.9.8/K6.1.0', undefined],
  ])('%s is libreswan %s', (line, version) => {
    expect(libreswanVersion([line])).toBe(version);
  });

  it.each([
    ['strongSwan 5.9.8 swanctl', '5.9.8'],
    ['strongSwan 6.0.1 swanctl', '6.0.1'],
    ['swanctl', undefined],
  ])('%s is strongSwan %s', (line, version) => {
    expect(strongswanVersion([line, 'usage:'])).toBe(version);
  });
});

describe('sectionNames', () => {
  it('finds the sections of a parent, past comments, quotes and deeper ones', () => {
    const text = `# connections { none { }
connections {
  a-1 { # b {
    local { id = "c { }" }
    children { deep { } }
  }
  d : defaults { version = 2 }
}
secrets { ike-1 { secret = "}" } ike-2 { } }
`;
    expect(sectionNames(text, 'connections')).toEqual(['a-1', 'd']);
    expect(sectionNames(text, 'secrets')).toEqual(['ike-1', 'ike-2']);
    expect(sectionNames('', 'connections')).toEqual([]);
  });
});

describe('proposalsOf', () => {
  it('takes the old name of esp too, each once, and no comment', () => {
    const text = 'conn a\n\tike=x;dh20\n\tphase2alg=y;dh20\n\tesp=y;dh20\n\t# esp=z\n\tikelifetime=8h\n';
    expect(proposalsOf(text)).toEqual(['esp=y;dh20', 'ike=x;dh20']);
  });
});
