import fc from 'fast-check';
import { Cidr, compareCidrs, parseInterfaceAddress } from '../../../model/net/cidr';
import { ipv4Number, ipv4Text, parseIpv4 } from '../../../model/net/ipv4';

const address = fc.nat(0xffffffff);
const cidr = fc
  .tuple(address, fc.integer({ min: 0, max: 32 }))
  .map(([first, length]) => Cidr.of(first, length));

describe('an IPv4 address', () => {
  test('is read back from its text', () => {
    fc.assert(fc.property(address, (value) => expect(ipv4Number(ipv4Text(value))).toBe(value)));
  });

  test.each(['0.0.0.0', '255.255.255.255', '198.51.100.10'])('accepts %s', (text) => {
    expect(parseIpv4(text)).toBe(text);
  });

  test.each([
    '256.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    '',
    'a.b.c.d',
    '1e1.0.0.0',
  ])('rejects %p', (text) => {
    expect(() => parseIpv4(text)).toThrow(`must be an IPv4 address, got ${JSON.stringify(text)}`);
  });

  test('says that IPv6 is not built', () => {
    expect(() => parseIpv4('::1')).toThrow('must be an IPv4 address, got "::1"; IPv6 is not built yet');
  });
});

describe('a CIDR', () => {
  test('is read back from its text', () => {
    fc.assert(fc.property(cidr, (one) => expect(Cidr.parse(one.toString()).equals(one)).toBe(true)));
  });

  test('refuses exactly the addresses with host bits set, and names the network', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (first, length) => {
        const network = Cidr.of(first, length);
        const text = `${ipv4Text(first)}/${length}`;
        if (network.first === first) expect(Cidr.parse(text).equals(network)).toBe(true);
        else expect(() => Cidr.parse(text)).toThrow(`did you mean "${network}"?`);
      }),
    );
  });

  test('overlaps another one exactly when one contains the other', () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        expect(a.overlaps(b)).toBe(a.contains(b) || b.contains(a));
        expect(a.overlaps(b)).toBe(b.overlaps(a));
      }),
    );
  });

  test.each([
    ['10.0.0.0/24', '10.0.1.0/24', 'nothing'],
    ['10.0.0.0/25', '10.0.0.128/25', 'nothing'],
    ['10.0.0.0/31', '10.0.0.2/32', 'nothing'],
    ['0.0.0.0/1', '128.0.0.0/1', 'nothing'],
    ['10.0.0.0/24', '10.0.0.0/32', 'the second'],
    ['10.0.0.0/24', '10.0.0.255/32', 'the second'],
    ['10.0.0.0/16', '10.0.255.0/24', 'the second'],
    ['0.0.0.0/0', '255.255.255.255/32', 'the second'],
    ['10.0.0.0/24', '10.0.0.0/24', 'both'],
    ['10.0.0.1/32', '10.0.0.1/32', 'both'],
  ])('%s and %s have in common: %s', (one, other, common) => {
    const [a, b] = [Cidr.parse(one), Cidr.parse(other)];
    expect([a.overlaps(b), b.overlaps(a)]).toEqual(Array(2).fill(common !== 'nothing'));
    expect([a.contains(b), b.contains(a)]).toEqual([common !== 'nothing', common === 'both']);
  });

  test('overlaps and contains another one as their addresses do: every pair of blocks in a /28', () => {
    const [lengths, base] = [[28, 29, 30, 31, 32], Cidr.parse('10.0.0.16/28').first];
    const blocks = lengths.flatMap((length) =>
      Array.from({ length: 2 ** (length - 28) }, (_, at) => Cidr.of(base + at * 2 ** (32 - length), length)),
    );
    const addressesOf = ({ first, size }: Cidr) =>
      new Set(Array.from({ length: size }, (_, at) => first + at));
    const asCidrs: boolean[][] = [];
    const asAddresses: boolean[][] = [];
    for (const [a, b] of blocks.flatMap((one) => blocks.map((other) => [one, other] as const))) {
      const [ofA, ofB] = [addressesOf(a), [...addressesOf(b)]];
      asCidrs.push([a.overlaps(b), a.contains(b), a.containsAddress(ipv4Text(b.first))]);
      asAddresses.push([ofB.some((one) => ofA.has(one)), ofB.every((one) => ofA.has(one)), ofA.has(b.first)]);
    }
    expect(asCidrs).toHaveLength(31 * 31);
    expect(asCidrs).toEqual(asAddresses);
  });

  test('contains its first and last address, and not their outer neighbours', () => {
    fc.assert(
      fc.property(cidr, (one) => {
        expect(one.last - one.first + 1).toBe(one.size);
        expect(one.containsAddress(ipv4Text(one.first)) && one.containsAddress(ipv4Text(one.last))).toBe(
          true,
        );
        if (one.first > 0) expect(one.containsAddress(ipv4Text(one.first - 1))).toBe(false);
        if (one.last < 0xffffffff) expect(one.containsAddress(ipv4Text(one.last + 1))).toBe(false);
      }),
    );
  });

  test('splits into two halves that fill it', () => {
    const wide = cidr.filter(({ prefixLength }) => prefixLength < 32);
    fc.assert(
      fc.property(wide, (one) => {
        const lower = Cidr.of(one.first, one.prefixLength + 1);
        const upper = Cidr.of(one.first + lower.size, one.prefixLength + 1);
        expect(lower.overlaps(upper)).toBe(false);
        expect(one.contains(lower) && one.contains(upper)).toBe(true);
        expect(lower.size + upper.size).toBe(one.size);
        expect(compareCidrs(one, lower)).toBeLessThan(0);
        expect(compareCidrs(lower, upper)).toBeLessThan(0);
      }),
    );
  });

  test.each([
    ['10.0.0.0', 'must be an IPv4 CIDR like 172.30.0.0/16, got "10.0.0.0"; did you mean "10.0.0.0/32"?'],
    ['10.0.0.0/', 'must be a prefix length from 0 to 32 after the slash, got "10.0.0.0/"'],
    ['10.0.0.0/33', 'must be a prefix length from 0 to 32 after the slash, got "10.0.0.0/33"'],
    ['10.0.0.0/08', 'must be a prefix length from 0 to 32 after the slash, got "10.0.0.0/08"'],
    ['10.0.0.0/255.0.0.0', 'must be a prefix length from 0 to 32 after the slash, got "10.0.0.0/255.0.0.0"'],
    ['10.0.0.0/8/8', 'must be an IPv4 CIDR like 172.30.0.0/16, got "10.0.0.0/8/8"'],
    ['fd00::/8', 'must be an IPv4 CIDR like 172.30.0.0/16, got "fd00::/8"; IPv6 is not built yet'],
  ])('rejects %s', (text, message) => {
    expect(() => Cidr.parse(text)).toThrow(message);
  });

  test('gives its n-th address', () => {
    expect(Cidr.parse('172.30.2.0/24').address(15)).toBe('172.30.2.15');
    expect(Cidr.ANY.size).toBe(2 ** 32);
  });
});

test('an interface address keeps the host and knows its network', () => {
  const { address: host, network } = parseInterfaceAddress('10.0.2.15/24');
  expect([host, String(network)]).toEqual(['10.0.2.15', '10.0.2.0/24']);
  expect(() => parseInterfaceAddress('10.0.2.15')).toThrow(
    'must be an IPv4 address with a prefix length like 10.0.2.15/24, got "10.0.2.15"',
  );
});
