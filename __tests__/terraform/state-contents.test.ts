import { holdsNothing } from '../../terraform/state-contents';

const state = (parts: object): string => JSON.stringify({ version: 4, resources: [], outputs: {}, ...parts });

it.each([
  ['no state at all', ''],
  ['what a destroy leaves', state({})],
  ['what was only looked up', state({ resources: [{ mode: 'data', type: 'aws_availability_zones' }] })],
])('%s holds nothing', (_, text) => {
  expect(holdsNothing(text)).toBe(true);
});

it.each([
  ['a resource', state({ resources: [{ mode: 'managed', type: 'aws_vpc' }] })],
  ['an output', state({ outputs: { catalog: { value: {} } } })],
  ['something of an unknown layout', JSON.stringify({ encrypted_data: 'x', version: 'v0' })],
  ['a damaged state', '{"version": 4,'],
])('%s may have been applied', (_, text) => {
  expect(holdsNothing(text)).toBe(false);
});
