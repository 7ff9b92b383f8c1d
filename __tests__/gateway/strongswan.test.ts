import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderGateway } from '../../gateway/host-files';
import { daemonCapabilities } from '../../model/capabilities';
import { COMBINATIONS, combinationHost, combinationName } from './sample-host';
import { UnpackedRelease } from './unpacked-release';

/** A charon with what it needs to judge a configuration. */
const STRONGSWAN_CONF = `charon-systemd {
  load = random nonce openssl aes sha1 sha2 hmac kdf gmp vici kernel-netlink socket-default
}
swanctl {
  load = random openssl
}
`;

/** Starts charon, waits for its socket, runs the commands and ends it. */
const withCharon = (commands: string): string => `export STRONGSWAN_CONF=$PWD/strongswan.conf
charon-systemd &
n=0; while [ ! -S /run/charon.vici ] && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
${commands}
kill $!`;

describe.each([
  [5, '5.9.8', 'bookworm'],
  [6, '6.0.1', 'trixie'],
] as const)('strongSwan %i', (version, _, releaseName) => {
  const release = new UnpackedRelease(releaseName);
  const combinations = COMBINATIONS.filter((one) => one.daemon === 'strongswan' && one.version === version);

  release.describe('its charon', () => {
    let answers: Record<string, string>;
    let algorithms: string;

    beforeAll(() => {
      const { output } = release.run(
        (folder) => {
          writeFileSync(join(folder, 'strongswan.conf'), STRONGSWAN_CONF);
          for (const combination of combinations) {
            const here = join(folder, combinationName(combination));
            mkdirSync(join(here, 'conf.d'), { recursive: true });
            writeFileSync(join(here, 'swanctl.conf'), 'include conf.d/*.conf\n');
            for (const { path, text } of renderGateway(combinationHost(combination, 2))) {
              if (path.startsWith('etc/swanctl/'))
                writeFileSync(join(here, path.replace('etc/swanctl/', '')), text);
            }
          }
          const bad = 'connections {\n  a {\n    proposals = aes256-nonsense\n  }\n}\n';
          mkdirSync(join(folder, 'bad'));
          writeFileSync(join(folder, 'bad', 'swanctl.conf'), bad);
        },
        withCharon(`for file in */swanctl.conf; do
  echo "== \${file%/*}"
  # Folders of certificates, which we have none of.
  for kind in x509 x509ca x509ocsp x509aa x509ac x509crl pubkey private rsa ecdsa bliss pkcs8 pkcs12; do
    mkdir "\${file%/*}/$kind"
  done
  swanctl --load-all --file "$file" 2>&1
  echo "exit $?"
done
echo == algorithms
swanctl --list-algs`),
      );
      const parts = output
        .split(/^== /m)
        .slice(1)
        .map((part) => part.split(/\n([\s\S]*)/) as [string, string]);
      answers = Object.fromEntries(parts);
      algorithms = answers.algorithms ?? '';
    }, 60_000);

    it.each(combinations.map(combinationName))('loads all four tunnels of %s', (name) => {
      expect(answers[name]).toContain('successfully loaded 4 connections, 0 unloaded');
      expect(answers[name]?.match(/loaded ike secret/g)).toHaveLength(4);
      expect(answers[name]).toContain('exit 0');
      expect(answers[name]).not.toMatch(/fail|invalid|unknown/i);
    });

    it('refuses an algorithm that is none', () => {
      expect(answers.bad).toContain('exit 22');
    });

    it('has what the capabilities say', () => {
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
