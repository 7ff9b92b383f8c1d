import { instanceKey } from '../../../../scripts/run/nodes/ended';

test.each([
  ['aws_instance.Nodes["n1"]', 'n1'],
  ['aws_instance.Nodes["172.30.2.4"]', '172.30.2.4'],
  ['aws_instance.Nodes["a\\"b"]', 'a"b'],
  ['aws_instance.Nodes[0]', undefined],
  ['aws_instance.Nodes', undefined],
])('the key of %s is %s', (address, key) => {
  expect(instanceKey(address)).toBe(key);
});
