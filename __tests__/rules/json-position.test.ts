import { addressesInConfiguration, JsonPositions } from '../../rules/json-position';

const TEXT = `{
 "output" : { "B": { "value": "aws_security_group" } },
 "resource" : [ {
  "aws_security_group" : {
   "A": { "tags": { "B": "\\"B\\": {", "resource": "y" },
    "description": "größe 𝒳", "name": "a" },
   "B": { "ingress": [
     { "protocol": "-1", "self": true },
     { "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"] } ],
    "egress": { "cidr_blocks": [] } }
  } }, {
  "aws_security_group": { "C": [ { "name": "c" } ] },
  "aws_vpc": { "B": { } } } ],
 "provider": { "aws": [ { "alias": "west", "region": "x" } ] }
}
`;
const positions = new JsonPositions('x.tf.json', TEXT);
/** Line and column, and the key that stands there. */
const at = (address: string, attribute?: string) => {
  const found = positions.of(address, attribute);
  if (found === undefined) return undefined;
  const line = TEXT.split('\n')[found.line - 1] ?? '';
  return `${found.line}: ${line.slice(found.column - 1, found.endColumn - 1)}`;
};

test.each([
  ['aws_security_group.A', undefined, '5: "A"'],
  ['aws_security_group.B', undefined, '7: "B"'],
  ['aws_security_group.B[0]', undefined, '7: "B"'],
  ['aws_security_group.B', 'ingress.1.cidr_blocks', '9: "cidr_blocks"'],
  ['aws_security_group.B', 'ingress.0.description', '7: "ingress"'],
  ['aws_security_group.B', 'egress.0.cidr_blocks', '10: "cidr_blocks"'],
  ['aws_security_group.B', 'vpc_id', '7: "B"'],
  ['aws_security_group.A', 'name', '6: "name"'],
  ['aws_security_group.C', undefined, '12: "C"'],
  ['aws_vpc.B', 'cidr_block', '13: "B"'],
  ['provider.aws.west', undefined, '14: "aws"'],
  ['output.B', 'value', '2: "value"'],
  ['aws_vpc.A', undefined, undefined],
  ['aws_vpc', undefined, undefined],
])('%s %s is in line %s', (address, attribute, expected) => {
  expect(at(address, attribute)).toBe(expected);
});

test('a line belongs to the block that begins above it', () => {
  expect(addressesInConfiguration(TEXT)(9)).toBe('aws_security_group.B');
  expect(addressesInConfiguration(TEXT)(5)).toBe('aws_security_group.A');
  expect(addressesInConfiguration('{')(1)).toBeUndefined();
});
