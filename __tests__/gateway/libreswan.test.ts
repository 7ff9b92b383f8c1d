import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderGateway } from '../../gateway/host-files';
import { describeWith } from '../support/programs';
import { COMBINATIONS, type Combination, combinationHost, combinationName } from './sample-host';
import { UnpackedRelease } from './unpacked-release';

const named = (version: number): [string, Combination][] =>
  COMBINATIONS.filter((one) => one.daemon === 'libreswan' && one.version === version).map((one) => [
    combinationName(one),
    one,
  ]);

/** Debian's own `/etc/ipsec.conf`, and the rendered files that it includes. */
function writeConfiguration(folder: string, combination: Combination): void {
  mkdirSync(join(folder, 'ipsec.d'), { recursive: true });
  writeFileSync(join(folder, 'ipsec.conf'), 'config setup\n\ninclude ipsec.d/*.conf\n');
  for (const { path, text } of renderGateway(combinationHost(combination, 2))) {
    if (path.startsWith('etc/ipsec.d/')) writeFileSync(join(folder, path.replace('etc/', '')), text);
  }
}

/** Every different `ike=` and `esp=` of a version's files. */
function proposals(version: number): string[] {
  const texts = named(version).flatMap(([, one]) =>
    renderGateway(combinationHost(one)).map(({ text }) => text),
  );
  const lines = texts.flatMap((text) => text.match(/^\t(ike|esp|phase2alg)=.*/gm) ?? []);
  return [...new Set(lines.map((line) => line.trim().replace('phase2alg', 'esp')))].sort();
}

describeWith('ipsec', 'libreswan 4', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kakehashi-libreswan-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(named(4))('accepts %s without a word', (name, combination) => {
    const here = join(folder, name);
    writeConfiguration(here, combination);
    const config = join(here, 'ipsec.conf');
    const { status, stdout, stderr } = spawnSync('ipsec', ['addconn', '--config', config, '--checkconfig'], {
      encoding: 'utf8',
      cwd: here,
    });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
  });

  it.each(proposals(4))('has the algorithms of %s', (proposal) => {
    const { status, stdout, stderr } = spawnSync('ipsec', ['algparse', '-v2', '-pfs', proposal], {
      encoding: 'utf8',
    });
    expect({ status, refused: `${stdout}${stderr}`.match(/ERROR.*/)?.[0] }).toEqual({ status: 0 });
  });

  it.each([
    ['ike=aes128-sha1;modp1024', "IKE DH algorithm 'modp1024' is not supported"],
    ['ike=aes128-sha1;dh22', "IKE DH algorithm 'dh22' is not supported"],
    ['esp=aes_gcm256;dh20,aes_gcm256;dh14', 'more than one IKEv2 ESP DH algorithm'],
    ['esp=aes_gcm128-sha2_256;dh14', "must have 'NONE' as the integrity algorithm"],
  ])('refuses %s, as the capabilities say', (proposal, says) => {
    const { stderr, stdout } = spawnSync('ipsec', ['algparse', '-v2', '-pfs', proposal], {
      encoding: 'utf8',
    });
    expect(stdout + stderr).toContain(says);
  });
});

new UnpackedRelease('trixie').describe('libreswan 5', () => {
  const release = new UnpackedRelease('trixie');

  it.each(named(5))('accepts %s without a word', (_, combination) => {
    const done = release.run(
      (folder) => writeConfiguration(folder, combination),
      '/usr/libexec/ipsec/addconn --config ipsec.conf --checkconfig',
    );
    expect(done).toEqual({ status: 0, output: '' });
  });

  it('has all algorithms that are rendered', () => {
    const commands = proposals(5).map(
      (proposal) => `/usr/libexec/ipsec/algparse -v2 -pfs '${proposal}' || exit 1`,
    );
    const { status, output } = release.run(() => undefined, commands.join('\n'));
    expect({ status, refused: output.match(/ERROR.*/)?.[0] }).toEqual({ status: 0 });
  });

  it.each(['ike=aes128-sha1;modp1024', 'ike=aes128-sha1;dh24', 'esp=aes_gcm256;dh20,aes_gcm256;dh14'])(
    'refuses %s, as the capabilities say',
    (proposal) => {
      const { output } = release.run(() => undefined, `/usr/libexec/ipsec/algparse -v2 -pfs '${proposal}'`);
      expect(output).toContain('ERROR');
    },
  );
});
