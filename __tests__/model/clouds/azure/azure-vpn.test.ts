import fc from 'fast-check';
import { AZURE_VPN } from '../../../../model/clouds/azure/azure-vpn';
import {
  connectionBlocks,
  parseTunnelKey,
  tunnelAddresses,
} from '../../../../model/clouds/azure/inside-addresses';
import { presharedKeyCidr, presharedKeyCidrs } from '../../../../model/gateway/preshared-key-cidr';
import { sampleAzure } from '../../../gateway/sample-azure';
import { sampleConnection } from '../../../gateway/sample-host';

describe('the key of a tunnel', () => {
  it.each([
    '169.254.21.2/32',
    '169.254.21.3/32',
    '169.254.21.10/32',
    '169.254.22.250/32',
    '169.254.22.251/32',
  ])('may be %s', (text) => {
    expect(parseTunnelKey(text).toString()).toBe(text);
  });

  const range = 'must be a /32 of 169.254.21.0 to 169.254.22.255';
  const instance = 'must be an address that a gateway has in a /29: its .2 or .3';
  it.each([
    ['169.254.20.254/32', range],
    ['169.254.23.2/32', range],
    ['169.254.21.0/29', range],
    ['169.254.21.2/31', range],
    ['172.21.255.4/32', range],
    ['169.254.21.1/32', instance],
    ['169.254.21.4/32', instance],
    ['169.254.21.8/32', instance],
    ['169.254.22.255/32', instance],
  ])('may not be %s', (text, expected) => {
    expect(() => parseTunnelKey(text)).toThrow(`${expected}, got "${text}"; for instance 169.254.21.2/32`);
  });

  it('belongs to the /29 that has it, whatever block and instance', () => {
    const blocks = [...connectionBlocks()];
    expect(blocks).toHaveLength(64);
    fc.assert(
      fc.property(fc.constantFrom(...blocks), fc.constantFrom(1, 2), (block, instances) => {
        const keys = AZURE_VPN.tunnelKeys([block], instances);
        expect(keys.map(String)).toEqual(tunnelAddresses(block, instances).map(({ key }) => key.toString()));
        for (const key of keys) {
          expect(parseTunnelKey(key.toString()).equals(key)).toBe(true);
          expect(AZURE_VPN.insideCidrOf(key).equals(block)).toBe(true);
        }
      }),
    );
  });

  it('is none where the lock has no block', () => {
    expect(AZURE_VPN.tunnelKeys([], 2)).toEqual([]);
  });
});

describe('the pre-shared key', () => {
  it.each(['a'.repeat(16), '0'.repeat(64), 'Abc0123456789xyz'])('may be %s', (key) => {
    expect(AZURE_VPN.presharedKey.pattern.test(key)).toBe(true);
  });

  it.each(['a'.repeat(15), 'a'.repeat(65), 'abcdefghijklmno_', 'abcdefghijklmno.', 'abcdefghijklmno\n', ''])(
    'may not be %j',
    (key) => {
      expect(AZURE_VPN.presharedKey.pattern.test(key)).toBe(false);
    },
  );

  it('is named by the block of the connection, once for all its tunnels', () => {
    const azure = sampleAzure();
    expect(presharedKeyCidr(AZURE_VPN, '169.254.22.11/32')).toBe('169.254.22.8/29');
    expect(presharedKeyCidrs(azure.cloud, azure.description)).toEqual(['169.254.21.0/29']);
  });

  it('is named by the inside CIDR of each tunnel where it has one', () => {
    const { cloud, description } = sampleConnection();
    expect(presharedKeyCidrs(cloud, description)).toEqual(['169.254.100.0/30', '169.254.100.4/30']);
  });
});

it('has no group, cipher or hash that the daemons can not spell', () => {
  // Group 1, AES192, DES, 3DES and MD5 are Azure's alone.
  expect(AZURE_VPN.ike.dhGroups).toEqual([2, 14, 19, 20, 24]);
  expect(AZURE_VPN.esp.integrity).toEqual(['SHA1', 'SHA2-256']);
});
