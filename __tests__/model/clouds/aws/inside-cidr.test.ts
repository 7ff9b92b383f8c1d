import {
  insideCidrPool,
  parseInsideCidr,
  RESERVED_INSIDE_CIDRS,
} from '../../../../model/clouds/aws/inside-cidr';
import { Cidr } from '../../../../model/net/cidr';

test.each(['169.254.6.0/30', '169.254.100.4/30', '169.254.169.248/30', '169.254.255.252/30'])(
  'accepts %s',
  (text) => {
    expect(parseInsideCidr(text).toString()).toBe(text);
  },
);

test.each(['169.254.100.0/29', '169.254.100.0/31', '169.253.0.0/30', '10.0.0.0/30'])('rejects %s', (text) => {
  expect(() => parseInsideCidr(text)).toThrow(
    `must be a /30 of 169.254.0.0/16, got "${text}"; for instance 169.254.100.0/30`,
  );
});

test.each(RESERVED_INSIDE_CIDRS.map(String))('rejects %s, which AWS reserves', (text) => {
  expect(() => parseInsideCidr(text)).toThrow('must be an inside CIDR that AWS does not reserve');
});

test('the pool holds each block once, none of AWS, of Azure or of the metadata service, and begins at 169.254.100.0', () => {
  const pool = [...insideCidrPool()];
  expect(pool[0]?.toString()).toBe('169.254.100.0/30');
  expect(new Set(pool.map(String)).size).toBe(pool.length);
  const kept = [
    ...RESERVED_INSIDE_CIDRS,
    Cidr.parse('169.254.21.0/24'),
    Cidr.parse('169.254.22.0/24'),
    Cidr.parse('169.254.169.254/32'),
  ];
  for (const block of pool) expect(kept.some((other) => other.overlaps(block))).toBe(false);
  expect(pool).toHaveLength(16384 - 6 * 64 - 4 * 64 - 64);
});
