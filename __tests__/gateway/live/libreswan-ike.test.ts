import type { CryptoProfile } from '../../../model/tunnel/crypto-profiles';
import { type Combination, combinationHost } from '../sample-host';
import type { CloudMistake } from './cloud-end';
import { describeUnless, missingForNamespaces } from './requirements';
import { inNamespaces, type Sights } from './small-world';

/** What both ends agreed on, in strongSwan's words. */
const AGREED: Readonly<Record<CryptoProfile, { ike: string; esp: string }>> = {
  modern: { ike: 'AES_GCM_16_256/PRF_HMAC_SHA2_384/ECP_384', esp: 'AES_GCM_16_256' },
  compatible: {
    ike: 'AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
    esp: 'AES_CBC_256/HMAC_SHA2_256_128',
  },
  seed: { ike: 'AES_CBC_128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_2048', esp: 'AES_CBC_128/HMAC_SHA1_96' },
};

/** dev's first tunnel, as the daemon knows it: the controller manual's form has its own name, and `leftsubnets` numbers it. */
const FIRST: Readonly<Record<CryptoProfile, string>> = {
  modern: 'dev-aws-default-1',
  compatible: 'dev-aws-default-1',
  seed: 'tunnel1/1x0',
};

describeUnless(missingForNamespaces(), 'live: libreswan with a strongSwan at the cloud', () => {
  describe.each([
    ['4.10 of Debian 12', 4, 'bookworm'],
    ['5.2 of Debian 13', 5, 'trixie'],
  ] as const)('%s', (_, version, release) => {
    const world = (crypto: CryptoProfile, environments: 1 | 2, mistake?: CloudMistake): Sights => {
      const combination: Combination = {
        daemon: 'libreswan',
        version,
        kind: 'xfrm',
        mode: 'policy-based',
        routing: 'static',
        crypto,
      };
      const host = combinationHost(combination, environments);
      return inNamespaces('libreswan-ike.sh', release, { host, mistake, userSpaceEsp: true });
    };

    describe.each([
      ['modern', 2],
      ['compatible', 2],
      ['seed', 1],
    ] as const)('crypto: %s', (crypto, environments) => {
      let sights: Sights;
      beforeAll(() => {
        sights = world(crypto, environments);
      }, 70_000);

      it('is set up by the commands of INSTALL.md, and its parser is silent', () => {
        expect(sights('install')).toEqual({ status: 0, output: 'Initializing NSS database' });
        expect(sights('start')).toEqual({ status: 0, output: '' });
      });

      it('completes IKE: both ends have authenticated each other', () => {
        expect(sights('log').output).toMatch(
          new RegExp(
            `"${FIRST[crypto]}" #\\d+: initiator established IKE SA; authenticated peer using authby=secret and ID_IPV4_ADDR '203.0.113.1'`,
          ),
        );
        const cloud = sights('dev-log').output;
        expect(cloud).toContain("authentication of '198.51.100.10' with pre-shared key successful");
        expect(cloud).toContain(`selected proposal: IKE:${AGREED[crypto].ike}\n`);
      });

      it('agrees on ESP: algorithms, and one pair of networks', () => {
        const cloud = sights('dev-log').output;
        expect(cloud).toContain(`selected proposal: ESP:${AGREED[crypto].esp}/NO_EXT_SEQ\n`);
        expect(cloud).toMatch(
          /CHILD_SA cloud1\{1\} established .* TS 172\.30\.0\.0\/16 === 10\.0\.2\.0\/24\n/,
        );
      });

      if (environments === 2) {
        it('does the same with the other environment', () => {
          expect(sights('prod-log').output).toMatch(
            /CHILD_SA cloud3\{1\} established .* TS 172\.29\.0\.0\/16 === 10\.0\.2\.0\/24\n/,
          );
        });
      }
    });

    it('is refused by a cloud with another key', () => {
      const sights = world('modern', 1, { key: 'AnotherKey_1' });
      expect(sights('log').output).toMatch(/"dev-aws-default-1" #\d+: .*AUTHENTICATION_FAILED/);
      expect(sights('log').output).not.toContain('established IKE SA');
      expect(sights('dev-log').output).toContain('MAC mismatched');
    }, 70_000);

    it('is refused by a cloud with other algorithms', () => {
      const sights = world('modern', 1, {
        ike: [{ encryption: 'AES256', integrity: 'SHA2-256', dh_group: 14 }],
      });
      expect(sights('log').output).toMatch(/"dev-aws-default-1" #\d+: .*NO_PROPOSAL_CHOSEN/);
      expect(sights('log').output).not.toContain('established IKE SA');
    }, 70_000);
  });
});
