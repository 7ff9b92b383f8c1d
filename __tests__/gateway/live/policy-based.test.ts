import type { GatewayHost } from '../../../model/gateway/host';
import type { CryptoProfile } from '../../../model/tunnel/crypto-profiles';
import { type Combination, combinationHost } from '../sample-host';
import type { CloudMistake } from './cloud-end';
import { describeUnless, missingForNamespaces } from './requirements';
import { inNamespaces, type Sights } from './small-world';

const host = (version: number, crypto: CryptoProfile, environments: 1 | 2): GatewayHost => {
  const combination: Combination = {
    daemon: 'strongswan',
    version,
    mode: 'policy-based',
    routing: 'static',
    crypto,
  };
  return combinationHost(combination, environments);
};

describeUnless(missingForNamespaces(), 'live: policy-based tunnels between two strongSwan', () => {
  describe.each([
    ['5.9.8 of Debian 12', 5, 'bookworm'],
    ['6.0.1 of Debian 13', 6, 'trixie'],
  ] as const)('%s', (_, version, release) => {
    const world = (crypto: CryptoProfile, environments: 1 | 2, mistake?: CloudMistake): Sights =>
      inNamespaces('policy-based.sh', release, {
        host: host(version, crypto, environments),
        mistake,
        userSpaceEsp: true,
      });

    describe.each(['modern', 'compatible', 'seed'] as const)('crypto: %s, two environments', (crypto) => {
      let sights: Sights;
      beforeAll(() => {
        sights = world(crypto, 2);
      }, 70_000);

      it('is set up by the commands of INSTALL.md', () => {
        expect(sights('install')).toEqual({ status: 0, output: '' });
        expect(sights('start')).toMatchObject({ status: 0 });
        expect(sights('start').output).toContain('successfully loaded 4 connections, 0 unloaded');
      });

      it('has one tunnel to each cloud up, and the other as a standby', () => {
        const { output } = sights('sas');
        const up = [...output.matchAll(/^(\S+): #\d+, ESTABLISHED, IKEv2/gm)].map(([, name]) => name);
        expect(up.sort()).toEqual(['dev-aws-default-1', 'prod-aws-osaka-3']);
        expect(output.match(/INSTALLED/g)).toHaveLength(2);
      });

      it('has agreed on the algorithms of the profile', () => {
        expect(sights('sas').output).toMatch(AGREED[crypto]);
      });

      it.each(['dev', 'prod'])(
        'carries the packets of all that may ask, and none in clear, to %s',
        (cloud) => {
          for (const from of ['controller', 'host', 'neighbour', 'container']) {
            const { status, output } = sights(`${cloud}-${from}`);
            expect({ from, status, output }).toEqual({
              from,
              status: 0,
              output: expect.stringContaining('1 received'),
            });
          }
          // All four of them, as the cloud's end counts them.
          expect(sights(`${cloud}-sas`).output).toMatch(/^ {4}in .* 4 packets/m);
          expect(sights('in-clear').output).toContain('counter packets 0 bytes 0 comment "in clear"');
        },
      );
    });

    describe('with another key at the cloud', () => {
      it('is refused, and no packet passes', () => {
        const sights = world('modern', 1, { key: 'AnotherKey_1' });
        expect(sights('sas').output).not.toContain('INSTALLED');
        expect(sights('log').output).toContain('received AUTHENTICATION_FAILED notify error');
        expect(sights('dev-log').output).toContain('MAC mismatched');
        expect(sights('dev-controller')).toMatchObject({ status: 1 });
      }, 70_000);
    });

    describe('with other algorithms at the cloud', () => {
      it.each([
        ['IKE', { ike: [{ encryption: 'AES256', integrity: 'SHA2-256', dh_group: 14 }] }],
        ['ESP', { esp: [{ encryption: 'AES256', integrity: 'SHA2-512', dh_group: 20 }] }],
      ])(
        'is refused for %s, and no packet passes',
        (part, mistake) => {
          const sights = world('modern', 1, mistake);
          expect(sights('sas').output).not.toContain('INSTALLED');
          expect(sights('log').output).toContain(
            part === 'IKE'
              ? 'received NO_PROPOSAL_CHOSEN notify error'
              : 'received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built',
          );
          expect(sights('dev-controller')).toMatchObject({ status: 1 });
        },
        70_000,
      );
    });
  });
});

const AGREED: Readonly<Record<CryptoProfile, RegExp>> = {
  modern: /AES_GCM_16-256\/PRF_HMAC_SHA2_384\/ECP_384\n[\s\S]*ESP:AES_GCM_16-256\n/,
  compatible:
    /AES_CBC-256\/HMAC_SHA2_256_128\/PRF_HMAC_SHA2_256\/MODP_2048\n[\s\S]*ESP:AES_CBC-256\/HMAC_SHA2_256_128\n/,
  seed: /AES_CBC-128\/HMAC_SHA1_96\/PRF_HMAC_SHA1\/MODP_2048\n[\s\S]*ESP:AES_CBC-128\/HMAC_SHA1_96\n/,
};
