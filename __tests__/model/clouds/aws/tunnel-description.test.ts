import { cryptoProfileOptions } from '../../../../model/clouds/aws/crypto-options';
import { parseInsideCidr } from '../../../../model/clouds/aws/inside-cidr';
import { describeTunnel } from '../../../../model/clouds/aws/tunnel-description';

const insideCidr = parseInsideCidr('169.254.100.0/30');

test('modern is one proposal; its cipher needs no integrity algorithm in ESP', () => {
  const tunnel = describeTunnel({ ...cryptoProfileOptions('modern'), insideCidr }, '203.0.113.1');
  expect(tunnel.ike).toEqual([{ encryption: 'AES256-GCM-16', integrity: 'SHA2-384', dh_group: 20 }]);
  expect(tunnel.esp).toEqual([{ encryption: 'AES256-GCM-16', integrity: undefined, dh_group: 20 }]);
  expect(tunnel.ike_versions).toEqual([2]);
  expect([tunnel.cloud_inside_address, tunnel.site_inside_address]).toEqual([
    '169.254.100.1',
    '169.254.100.2',
  ]);
  expect(tunnel.startup).toBe('site');
});

test('seed proposes AES-128, SHA-1 and group 14', () => {
  const tunnel = describeTunnel({ insideCidr }, '203.0.113.1');
  expect(tunnel.ike).toEqual([{ encryption: 'AES128', integrity: 'SHA1', dh_group: 14 }]);
  expect(tunnel.lifetimes).toEqual({ ike_seconds: 28800, esp_seconds: 3600 });
});

test('lists are multiplied, and what is the same in ESP stands once', () => {
  const options = {
    phase2EncryptionAlgorithms: ['AES256-GCM-16', 'AES256'] as const,
    phase2IntegrityAlgorithms: ['SHA2-256', 'SHA2-384'] as const,
    phase2DhGroupNumbers: [14],
  };
  expect(
    describeTunnel({ ...options, insideCidr }, 'x').esp.map(({ encryption, integrity }) => [
      encryption,
      integrity,
    ]),
  ).toEqual([
    ['AES256-GCM-16', undefined],
    ['AES256', 'SHA2-256'],
    ['AES256', 'SHA2-384'],
  ]);
});

test('AWS starts where it is told to', () => {
  expect(describeTunnel({ startupAction: 'start', insideCidr }, 'x').startup).toBe('cloud');
});
