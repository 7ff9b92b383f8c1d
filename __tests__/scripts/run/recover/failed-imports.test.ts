import { failedImports } from '../../../../scripts/run/recover/failed-imports';

const NODE = { address: 'aws_instance.Nodes["n1"]', id: 'i-1' };
const ASSOCIATION = { address: 'aws_route_table_association.A', id: 'subnet-1/rtb-1' };
const OTHER = { address: 'aws_route.R', id: 'rtb-1_0.0.0.0/0' };
const ALL = [NODE, ASSOCIATION, OTHER];
const error = (summary: string, detail = '') => ({ severity: 'error', summary, detail });

/** As Terraform 1.11.4 writes it. */
const ABSENT = error(
  'Cannot import non-existent remote object',
  'While attempting to import an existing object to "aws_instance.Nodes[\\"n1\\"]", the provider detected that no object exists with the given id.',
);

test('Terraform names the resource', () => {
  expect(failedImports([ABSENT], ALL)).toEqual([NODE]);
});

test('a provider that looks for the object names the parts of its id', () => {
  const said = error('No association found between route table rtb-1 and subnet-1');
  expect(failedImports([said, ABSENT], ALL)).toEqual([ASSOCIATION, NODE]);
});

test.each([
  ['an error about anything else', error('Invalid reference', 'on cdk.tf.json')],
  [
    'a refusal that says nothing about the object',
    { ...error('reading EC2 Route', 'api error UnauthorizedOperation: no'), address: 'aws_route.R' },
  ],
])('%s is none', (_, said) => {
  expect(failedImports([ABSENT, said], ALL)).toBeUndefined();
});

test('so is no error at all', () => {
  expect(failedImports([], ALL)).toBeUndefined();
});
