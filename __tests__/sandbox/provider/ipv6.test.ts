import * as fc from 'fast-check';
import {
  containsIpv6,
  formatIpv6,
  ipv6NetworkAt,
  overlapIpv6,
  parseIpv6Network,
} from '../../../sandbox/provider/ipv6';

function parsed(cidr: string) {
  const network = parseIpv6Network(cidr);
  if (network === undefined) throw new Error(cidr);
  return network;
}

it.each([
  ['2001:db8::/32', '2001:db8::/32'],
  ['2001:DB8:0:0:0:0:0:1/128', '2001:db8::1/128'],
  ['2001:db8::ffff/64', '2001:db8::/64'],
  ['::/0', '::/0'],
  ['::1/128', '::1/128'],
  ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128'],
  ['1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7:8/128'],
  ['fd00:0:1:0:2:0:3:0/112', 'fd00:0:1:0:2:0:3:0/112'],
])('%s is written as %s', (cidr, text) => {
  expect(formatIpv6(parsed(cidr))).toBe(text);
});

it.each(['10.0.0.0/8', '2001:db8::', '2001:db8::/129', '2001:db8::/x', '::ffff:1.2.3.4/96', ''])(
  '%j is no IPv6 network',
  (text) => {
    expect(parseIpv6Network(text)).toBeUndefined();
  },
);

it('reads back what it writes', () => {
  const networks = fc.record({
    first: fc.bigInt(0n, (1n << 128n) - 1n),
    prefix: fc.integer({ min: 0, max: 128 }),
  });
  fc.assert(
    fc.property(networks, ({ first, prefix }) => {
      const whole = { first: first - (first % (1n << BigInt(128 - prefix))), prefix };
      expect(parsed(formatIpv6(whole))).toEqual(whole);
    }),
  );
});

it('knows what lies in what', () => {
  const outer = parsed('2001:db8:0:100::/56');
  expect(formatIpv6(ipv6NetworkAt(outer, 64, 255))).toBe('2001:db8:0:1ff::/64');
  expect(containsIpv6(outer, parsed('2001:db8:0:1ff::/64'))).toBe(true);
  expect(containsIpv6(outer, parsed('2001:db8:0:200::/64'))).toBe(false);
  expect(overlapIpv6(parsed('2001:db8:0:1ff::/64'), outer)).toBe(true);
});
