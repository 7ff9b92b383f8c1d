import { isAmazonSideAsn } from '../../../../model/clouds/aws/asn';

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
