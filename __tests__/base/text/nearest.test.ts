import fc from 'fast-check';
import { didYouMean, editDistance, nearest } from '../../../base/text/nearest';

const KNOWN = ['public_ip', 'subnets', 'asn', 'aws_vpc_subnet_id', 'phase1_lifetime_seconds', 'mode'];

test.each([
  ['public-ip', 'public_ip'],
  ['Public_IP', 'public_ip'],
  ['subnet', 'subnets'],
  ['sbunets', 'subnets'],
  ['ans', 'asn'],
  ['aws_vpc_subnet', 'aws_vpc_subnet_id'],
  ['phase1_lifetime', 'phase1_lifetime_seconds'],
])('%s means %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test.each(['colour', 'x', 'node', 'xsn1', '', 'a'.repeat(65)])('%p is near none', (word) => {
  expect(didYouMean(word, ['public_ip', 'subnets', 'asn'])).toBe('');
});

test('the distance is a metric on what it counts, and one for a swap', () => {
  const word = fc.stringMatching(/^[ab]{0,6}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
  expect(editDistance('asn', 'ans')).toBe(1);
});
