import fc from 'fast-check';
import { interfaceNumbers } from '../../../gateway/host/interface-numbers';
import { AZURE_VPN } from '../../../model/clouds/azure/azure-vpn';
import { Cidr } from '../../../model/net/cidr';

/** The rule of a cloud whose tunnels each have an inside CIDR. */
const EACH_ITS_OWN = { tunnelKeys: (insideCidrs: readonly Cidr[]) => insideCidrs };

const allocated = (cidrs: readonly string[], interfaces: readonly number[]) => ({
  insideCidrs: cidrs.map((text) => Cidr.parse(text)),
  interfaces,
});

it.each([1, 2, 3, 4])('gives each of %d tunnels the number that stands at its place in the lock', (count) => {
  const cidrs = Array.from({ length: count }, (_, index) => `169.254.100.${index * 4}/30`);
  const numbers = cidrs.map((_, index) => index + 7);
  const expected = Object.fromEntries(cidrs.map((cidr, index) => [cidr, numbers[index]]));
  expect(interfaceNumbers(EACH_ITS_OWN, allocated(cidrs, numbers), [...cidrs].reverse())).toEqual(expected);
});

it('takes inside CIDRs of different prefix lengths', () => {
  expect(
    interfaceNumbers(EACH_ITS_OWN, allocated(['169.254.21.0/29', '169.254.100.0/30'], [3, 1]), [
      '169.254.100.0/30',
      '169.254.21.0/29',
    ]),
  ).toEqual({ '169.254.21.0/29': 3, '169.254.100.0/30': 1 });
});

it('keeps the number of a tunnel whose inside CIDR the catalog has changed since it was applied', () => {
  const lock = allocated(['169.254.100.0/30', '169.254.200.0/30'], [1, 2]);
  expect(interfaceNumbers(EACH_ITS_OWN, lock, ['169.254.100.4/30', '169.254.100.0/30'])).toEqual({
    '169.254.100.0/30': 1,
    '169.254.100.4/30': 2,
  });
});

describe('where one inside CIDR has the tunnels of a connection', () => {
  const lock = allocated(['169.254.21.8/29'], [3, 4]);

  it('gives the numbers in the order of the addresses', () => {
    expect(interfaceNumbers(AZURE_VPN, lock, ['169.254.21.11/32', '169.254.21.10/32'])).toEqual({
      '169.254.21.10/32': 3,
      '169.254.21.11/32': 4,
    });
  });

  it('gives one number to one tunnel', () => {
    const one = allocated(['169.254.22.248/29'], [9]);
    expect(interfaceNumbers(AZURE_VPN, one, ['169.254.22.250/32'])).toEqual({ '169.254.22.250/32': 9 });
  });

  it('keeps the number of a tunnel whose connection has another block by now', () => {
    expect(interfaceNumbers(AZURE_VPN, lock, ['169.254.21.2/32', '169.254.21.3/32'])).toEqual({
      '169.254.21.2/32': 3,
      '169.254.21.3/32': 4,
    });
  });

  it('gives none where the lock has nothing', () => {
    expect(interfaceNumbers(AZURE_VPN, allocated([], []), ['169.254.21.2/32'])).toEqual({});
  });
});

it('gives no number to more tunnels than the lock has', () => {
  expect(interfaceNumbers(EACH_ITS_OWN, allocated([], []), ['169.254.100.0/30'])).toEqual({});
});

it('never gives a number twice', () => {
  const octet = fc.integer({ min: 0, max: 63 }).map((block) => `169.254.100.${block * 4}/30`);
  const cidrs = fc.uniqueArray(octet, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(cidrs, cidrs, (locked, applied) => {
      const numbers = locked.map((_, index) => index + 1);
      const found = Object.values(interfaceNumbers(EACH_ITS_OWN, allocated(locked, numbers), applied));
      expect(new Set(found).size).toBe(found.length);
      expect(found.length).toBe(Math.min(locked.length, applied.length));
    }),
  );
});
