import fc from 'fast-check';
import { tunnelMtu } from '../../../model/gateway/mtu';
import type { Proposal } from '../../../model/tunnel/proposal';

const gcm: Proposal = { encryption: 'AES256-GCM-16', dh_group: 20 };
const cbc = (integrity: string): Proposal => ({ encryption: 'AES256', integrity, dh_group: 14 });

/** The length of the packet on the wire that carries `inner` bytes, from RFC 4303's layout: the formula read forwards. */
function wireLength(inner: number, proposal: Proposal, nat: boolean): number {
  const aead = proposal.encryption.includes('GCM');
  const block = aead ? 4 : 16;
  const icv = aead
    ? 16
    : { SHA1: 12, 'SHA2-256': 16, 'SHA2-384': 24, 'SHA2-512': 32 }[proposal.integrity ?? ''];
  const padding = (block - ((inner + 2) % block)) % block;
  return 20 + (nat ? 8 : 0) + 8 + (aead ? 8 : 16) + inner + padding + 2 + (icv ?? Number.NaN);
}

describe('the MTU inside a tunnel', () => {
  it.each([
    [gcm, false, 1446, 1406],
    [gcm, true, 1438, 1398],
    [cbc('SHA1'), false, 1438, 1398],
    [cbc('SHA1'), true, 1422, 1382],
    [cbc('SHA2-256'), false, 1438, 1398],
    [cbc('SHA2-256'), true, 1422, 1382],
    [cbc('SHA2-384'), false, 1422, 1382],
    [cbc('SHA2-384'), true, 1422, 1382],
    [cbc('SHA2-512'), false, 1422, 1382],
    [cbc('SHA2-512'), true, 1406, 1366],
  ])('of %j behind NAT %s on a link of 1500 is %i, its MSS %i', (proposal, behindNat, mtu, mss) => {
    expect(tunnelMtu([proposal], { mtu: 1500, behindNat })).toEqual({ mtu, mss });
  });

  it('is the largest whose packet fits the link', () => {
    const proposals = fc.constantFrom(gcm, ...['SHA1', 'SHA2-256', 'SHA2-384', 'SHA2-512'].map(cbc));
    fc.assert(
      fc.property(proposals, fc.integer({ min: 1280, max: 9216 }), fc.boolean(), (proposal, link, nat) => {
        const { mtu, mss } = tunnelMtu([proposal], { mtu: link, behindNat: nat });
        expect(wireLength(mtu, proposal, nat)).toBeLessThanOrEqual(link);
        expect(wireLength(mtu + 1, proposal, nat)).toBeGreaterThan(link);
        expect(mss).toBe(mtu - 40);
      }),
    );
  });

  it('is that of the largest overhead where the choice is open', () => {
    expect(tunnelMtu([gcm, cbc('SHA2-512')], { mtu: 1500, behindNat: false }).mtu).toBe(1422);
  });

  it('refuses an algorithm whose overhead it does not know', () => {
    expect(() =>
      tunnelMtu([{ encryption: 'AES256', dh_group: 14 }], { mtu: 1500, behindNat: false }),
    ).toThrow('must be an ESP algorithm whose overhead is known, got "AES256 alone"');
  });
});
