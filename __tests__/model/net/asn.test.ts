import { parseAsn } from '../../../model/net/asn';

test.each([1, 23455, 23457, 64512, 65534, 65536, 4294967294])('accepts %d', (asn) => {
  expect(parseAsn(asn)).toBe(asn);
});

test.each([0, -1, 1.5, 23456, 65535, 4294967295, Number.NaN])('rejects %d', (asn) => {
  expect(() => parseAsn(asn)).toThrow(
    `must be an autonomous system number from 1 to 4294967294 that is not reserved, got "${asn}"`,
  );
});
