import {
  readSiteOutput,
  type SiteEnd,
  siteDifferences,
  siteOutput,
} from '../../../model/gateway/site-output';
import { Cidr, parseInterfaceAddress } from '../../../model/net/cidr';

const END: SiteEnd = {
  environment: 'dev',
  site: {
    controller: parseInterfaceAddress('10.0.2.15/24'),
    publicIp: '198.51.100.10',
    asn: 65000,
    subnets: [Cidr.parse('10.0.2.0/24')],
    mesh: false,
    gateway: { daemon: 'libreswan', version: 4, behindNat: true, linkMtu: 1500 },
  },
  interfaceKind: 'vti',
  keyReference: 'vault://secret/vpn',
  connections: {
    'aws/default': {
      crypto: 'modern',
      siteNetworks: [Cidr.parse('10.0.2.0/24')],
      interfaces: { '169.254.100.0/30': 1, '169.254.100.4/30': 2 },
    },
  },
};

describe('the output site', () => {
  test('has the keys that a state shows, and no secret', () => {
    expect(siteOutput([END])).toEqual({
      environment: 'dev',
      controller: '10.0.2.15/24',
      public_ip: '198.51.100.10',
      asn: 65000,
      subnets: ['10.0.2.0/24'],
      gateway: {
        daemon: 'libreswan',
        version: 4,
        behind_nat: true,
        link_mtu: 1500,
        mesh: false,
        interface: 'vti',
        key_reference: 'vault://secret/vpn',
        connections: {
          'aws/default': {
            crypto: 'modern',
            site_networks: ['10.0.2.0/24'],
            interfaces: { '169.254.100.0/30': 1, '169.254.100.4/30': 2 },
          },
        },
      },
    });
  });

  test('is read back as it was, also without its optional parts', () => {
    expect(readSiteOutput(JSON.parse(JSON.stringify(siteOutput([END]))))).toEqual([END]);
    const { interfaceKind: _, keyReference: __, ...plain } = END;
    expect(readSiteOutput(siteOutput([plain]))).toEqual([plain]);
  });

  test.each([undefined, null, {}, 'text', []])(
    'is none in %j: nothing is connected, or it is older',
    (value) => {
      expect(readSiteOutput(value)).toEqual([]);
    },
  );

  test.each([
    [{ ...siteOutput([END]), public_ip: '198.51.100.999' }, 'IPv4'],
    [{ ...siteOutput([END]), controller: 'here' }, 'here'],
    [{ ...siteOutput([END]), gateway: { daemon: 'openswan' } }, 'libreswan, strongswan'],
    [{ ...siteOutput([END]), gateway: { daemon: 'libreswan', version: 3 } }, 'a known version of libreswan'],
    [{ ...siteOutput([{ ...END, interfaceKind: 'tun' as 'vti' }]) }, 'vti, xfrm'],
  ])('refuses a damaged one (%#)', (value, words) => {
    expect(() => readSiteOutput(value)).toThrow(words);
  });

  test('says what differs, each with its key', () => {
    const other: SiteEnd = {
      ...END,
      site: { ...END.site, asn: 65001, gateway: { ...END.site.gateway, daemon: 'strongswan', version: 6 } },
    };
    expect(siteDifferences(END, END)).toEqual([]);
    expect(siteDifferences(END, other)).toEqual(['asn 65000 → 65001', 'gateway libreswan 4 → strongswan 6']);
    const { keyReference: _, ...without } = END;
    expect(siteDifferences(END, without)).toEqual(['gateway.key_reference vault://secret/vpn → none']);
  });
});
