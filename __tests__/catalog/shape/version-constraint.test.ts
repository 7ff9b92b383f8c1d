import { checkAwsVersion } from '../../../catalog/kinds/aws/provider-version';
import { admits, isAtLeast } from '../../../catalog/shape/version-constraint';

test.each([
  '>= 5.100.0',
  '>= 5.100.0, < 7.0.0',
  '~> 6.25',
  '~> 6.25.1',
  '= 6.0.0',
  '6.27.0',
  '>= 5.100, != 6.1.0',
  '> 5.100.0',
])('accepts %s', (constraint) => {
  expect(() => checkAwsVersion(constraint)).not.toThrow();
});

test.each([
  ['>= 5.99.0', 'lower bound is 5.100.0 or newer'],
  ['~> 5.0', 'lower bound is 5.100.0 or newer'],
  ['< 7.0.0', 'lower bound is 5.100.0 or newer'],
  ['!= 6.0.0', 'lower bound is 5.100.0 or newer'],
  ['latest', 'must be a version constraint like \'>= 5.100.0, < 7.0.0\', got "latest"'],
  ['', 'must be a version constraint'],
  ['>= 5.100.0,', 'must be a version constraint'],
  ['^6.0.0', 'must be a version constraint'],
  ['>= 7.0, < 7.0', 'that some version fulfils'],
  ['= 6.0.0, = 6.1.0', 'that some version fulfils'],
  ['~> 6.1.0, >= 6.2.0', 'that some version fulfils'],
])('rejects %p', (constraint, message) => {
  expect(() => checkAwsVersion(constraint)).toThrow(message);
});

test.each([
  ['>= 6.25.0, < 7.0.0', true],
  ['~> 6.25', true],
  ['>= 6.24.9', false],
  ['> 6.24.9', false],
  ['> 6.25.0', true],
  ['6.25.0', true],
  ['>= 5.100.0', false],
])('%s is at least 6.25.0: %p', (constraint, expected) => {
  expect(isAtLeast(constraint, '6.25.0')).toBe(expected);
});

test.each([
  ['>= 5.100.0, < 7.0.0', '5.100.0', true],
  ['>= 5.100.0, < 7.0.0', '5.99.9', false],
  ['>= 5.100.0, < 7.0.0', '7.0.0', false],
  ['~> 6.25', '6.99.0', true],
  ['~> 6.25', '7.0.0', false],
  ['~> 6.25.1', '6.25.9', true],
  ['~> 6.25.1', '6.26.0', false],
  ['6.25.0', '6.25.0', true],
  ['= 6.25.0', '6.25.1', false],
  ['!= 6.25.0', '6.25.0', false],
  ['> 6.25.0', '6.25.0', false],
  ['<= 6.25.0', '6.25.0', true],
])('%s admits %s: %p', (constraint, version, expected) => {
  expect(admits(constraint, version)).toBe(expected);
});
