import fc from 'fast-check';
import { addressKeys, countedKeys, namedKeys } from '../../../model/nodes/node-keys';

it('numbers nodes from 1', () => {
  expect(countedKeys(1)).toEqual(['n1']);
  expect(countedKeys(3)).toEqual(['n1', 'n2', 'n3']);
  expect(countedKeys(200)).toHaveLength(200);
});

it.each([0, 201, 1.5, -1, Number.NaN])('refuses %d nodes', (count) => {
  expect(() => countedKeys(count)).toThrow(`must be a whole number from 1 to 200, got "${count}"`);
});

it('keeps the keys of the others when the number changes', () => {
  const count = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(count, count, (a, b) => {
      const fewer = Math.min(a, b);
      expect(countedKeys(a).slice(0, fewer)).toEqual(countedKeys(b).slice(0, fewer));
    }),
  );
});

it('takes names and addresses as keys', () => {
  expect(namedKeys(['head', 'a-1'])).toEqual(['head', 'a-1']);
  expect(addressKeys(['172.30.2.7', '172.30.2.8'])).toEqual(['172.30.2.7', '172.30.2.8']);
});

it('refuses wrong and repeated ones', () => {
  expect(() => namedKeys(['a', 'B'])).toThrow(
    'must be a name of at most 27 lower-case letters, digits and hyphens, got "B"',
  );
  expect(namedKeys(['a'.repeat(27)])).toHaveLength(1);
  expect(() => namedKeys(['a'.repeat(28)])).toThrow('must be a name of at most 27');
  expect(() => namedKeys(['a', 'b', 'a'])).toThrow('must be a list without repetition, got "a"');
  expect(() => addressKeys(['172.30.2.07'])).toThrow('must be an IPv4 address, got "172.30.2.07"');
  expect(() => addressKeys(['10.0.0.4', '10.0.0.4'])).toThrow('without repetition, got "10.0.0.4"');
  expect(() => namedKeys([])).toThrow('must be a list of 1 to 200, got "0 of them"');
});
