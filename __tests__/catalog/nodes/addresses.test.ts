import { type Claims, NO_CLAIMS, type NodeGroupClaim } from '../../../catalog/ground/claims';
import { ProblemList } from '../../../catalog/ground/problem-list';
import { checkAddresses } from '../../../catalog/nodes/addresses';
import { Cidr } from '../../../model/net/cidr';
import { linesOf } from './group-text';

const where = (...path: readonly (string | number)[]) => ({ path: ['node_groups', ...path] });
const RESERVED = { first: 4, last: 1 };

function group(name: string, most: number, addresses: readonly string[] = []): NodeGroupClaim {
  return {
    name,
    entry: 'aws/default',
    addresses: addresses.map((address, index) => ({ address, where: where(name, 'ip_address_list', index) })),
    most,
    where: where(name, 'nodes'),
    leaseWhere: where(name),
  };
}

function linesFor(groups: readonly NodeGroupClaim[], interfaces = 0, block = '172.30.2.0/28') {
  const problems = new ProblemList();
  const claims: Claims = { ...NO_CLAIMS, groups };
  const place = {
    entry: 'aws/default',
    cidr: Cidr.parse(block),
    values: {},
    hasInternet: true,
    services: [],
    interfaces,
  };
  for (const one of groups) checkAddresses(one, place, RESERVED, claims, problems);
  return linesOf(problems);
}

it('takes the first and the last address that the cloud leaves', () => {
  expect(linesFor([group('a', 2, ['172.30.2.4', '172.30.2.14'])])).toEqual([]);
});

it.each(['172.30.2.0', '172.30.2.3', '172.30.2.15', '172.30.3.4'])('refuses %s', (address) => {
  expect(linesFor([group('a', 1, [address])])).toEqual([
    `node_groups.a.ip_address_list[0]: must be from 172.30.2.4 to 172.30.2.14, the addresses of 172.30.2.0/28 that nodes of aws/default can have, got "${address}"`,
  ]);
});

it('refuses an address that another group has', () => {
  expect(linesFor([group('a', 1, ['172.30.2.7']), group('b', 1, ['172.30.2.7'])])).toEqual([
    'node_groups.b.ip_address_list[0]: 172.30.2.7 is an address of the group a already | choose another one',
  ]);
});

it('says which group no longer finds room: nodes, what the cloud keeps, and interfaces of the network', () => {
  expect(linesFor([group('a', 11)])).toEqual([
    "note node_groups.a.nodes: 172.30.2.0/28 of aws/default has 0 of 16 addresses left: 5 are the cloud's",
  ]);
  expect(linesFor([group('a', 12)])).toEqual([
    "node_groups.a.nodes: 172.30.2.0/28 of aws/default has 16 addresses, too few: 5 are the cloud's | make the group smaller, or the block larger",
  ]);
  expect(linesFor([group('a', 6), group('b', 5)], 1)).toEqual([
    "node_groups.b.nodes: 172.30.2.0/28 of aws/default has 16 addresses, too few: 5 are the cloud's, 1 of the network's own interfaces, 11 of 2 groups | make the group smaller, or the block larger",
  ]);
});

it('notes where less than a fifth stays free', () => {
  expect(linesFor([group('a', 7)])).toEqual([]);
  expect(linesFor([group('a', 8)])).toEqual([
    "note node_groups.a.nodes: 172.30.2.0/28 of aws/default has 3 of 16 addresses left: 5 are the cloud's",
  ]);
});
