import { RESERVED as AWS, RESERVED_ADDRESSES as AWS_SUM } from '../../../model/clouds/aws/reserved-addresses';
import { RESERVED as AZURE, RESERVED_ADDRESSES as AZURE_SUM } from '../../../model/clouds/azure/limits';
import { Cidr } from '../../../model/net/cidr';
import { isUsable, usableRange } from '../../../model/net/usable-addresses';

const SUBNET = Cidr.parse('172.30.2.0/24');

it.each([
  ['172.30.2.3', false],
  ['172.30.2.4', true],
  ['172.30.2.254', true],
  ['172.30.2.255', false],
  ['172.30.1.9', false],
  ['172.30.3.4', false],
  ['172.30.2.04', false],
  ['', false],
])('with the first four and the last kept, %s: %s', (address, usable) => {
  expect(isUsable(address, SUBNET, AWS)).toBe(usable);
  expect(isUsable(address, SUBNET, AZURE)).toBe(usable);
});

it('says from where to where', () => {
  expect(usableRange(SUBNET, AWS)).toEqual(['172.30.2.4', '172.30.2.254']);
  expect(usableRange(Cidr.parse('10.0.0.8/29'), AZURE)).toEqual(['10.0.0.12', '10.0.0.14']);
});

it('keeps five on both clouds', () => {
  expect([AWS_SUM, AZURE_SUM]).toEqual([5, 5]);
});
