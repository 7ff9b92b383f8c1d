import { isAmazonSideAsn, parseAsn } from '../../../model/net/asn';

test.each([1, 23455, 23457, 64512, 65534, 65536, 4294967294])('accepts %d', (asn) => {
  expect(parseAsn(asn)).toBe(asn);
});

test.each([0, -1, 1.5, 23456, 65535, 4294967295, Number.NaN])('rejects %d', (asn) => {
  expect(() => parseAsn(asn)).toThrow(
    `must be an autonomous system number from 1 to 4294967294 that is not reserved, got "${asn}"`,
  );
});

test.each([
  [64511, false],
  [64512, true],
  [65534, true],
  [65535, false],
  [4199999999, false],
  [4200000000, true],
  [4294967294, true],
  [4294967295, false],
])('AWS takes %d for its own side: %p', (asn, isTaken) => {
  expect(isAmazonSideAsn(asn)).toBe(isTaken);
});
