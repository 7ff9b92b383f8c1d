import type {
  FoundCertificate,
  WantedCertificate,
} from '../../../../scripts/kinds/docker-controller/certificate/fitness';
import { whyRenewed } from '../../../../scripts/kinds/docker-controller/certificate/fitness';
import type { Signed } from '../../../../scripts/kinds/docker-controller/certificate/make-certificate';
import { makeAuthority, NAMES, NOW, serverOf } from './pki';

jest.setTimeout(60_000);

const DAY = 86_400_000;
const later = (days: number) => new Date(NOW.getTime() + days * DAY);

describe('a certificate on the host', () => {
  let authority: Signed;
  let other: Signed;
  let server: Signed;

  beforeAll(async () => {
    [authority, other] = await Promise.all([makeAuthority('ours', NOW), makeAuthority('ours', NOW)]);
    server = await serverOf(authority);
  });

  const found = (more: Partial<FoundCertificate> = {}): FoundCertificate => ({
    certificate: server.certificate,
    authority: authority.certificate,
    hasKey: true,
    ...more,
  });
  const wanted = (more: Partial<WantedCertificate> = {}): WantedCertificate => ({
    names: NAMES,
    authority: authority.certificate,
    ...more,
  });

  it('stays while it fits, also where its authority is not known here', () => {
    expect(whyRenewed(found(), wanted(), NOW)).toBeUndefined();
    expect(whyRenewed(found(), { names: [...NAMES].reverse() }, NOW)).toBeUndefined();
    expect(whyRenewed(found(), wanted(), later(366))).toBeUndefined();
  });

  it.each<[string, () => FoundCertificate, () => WantedCertificate, number]>([
    ['there is none yet', () => ({ hasKey: false }), wanted, 0],
    ['its private key is not there, or is another one', () => found({ hasKey: false }), wanted, 0],
    ['its authority is not there', () => ({ certificate: server.certificate, hasKey: true }), wanted, 0],
    ['it is from another authority', found, () => wanted({ authority: other.certificate }), 0],
    [
      'it is from another authority',
      () => found({ authority: other.certificate }),
      () => ({ names: NAMES }),
      0,
    ],
    ['it is not for vcc.example.org', found, () => wanted({ names: [...NAMES, 'vcc.example.org'] }), 0],
    ['it is also for localhost', found, () => wanted({ names: ['127.0.0.1', '10.0.2.15'] }), 0],
    ['it ends in 30 days', found, wanted, 367],
    ['it ends in 1 day', found, wanted, 396],
    ['it ends today', found, wanted, 397],
    ['it ended 3 days ago', found, wanted, 400],
  ])('is renewed because %s', (reason, there, wish, days) => {
    expect(whyRenewed(there(), wish(), later(days))).toBe(reason);
  });

  it('is renewed where its authority ends before it', async () => {
    const old = await makeAuthority('old', later(-3600));
    const signed = await serverOf(old);
    const there = { certificate: signed.certificate, authority: old.certificate, hasKey: true };
    expect(whyRenewed(there, wanted({ authority: old.certificate }), NOW)).toBe(
      'its authority ends in 52 days',
    );
  });
});
