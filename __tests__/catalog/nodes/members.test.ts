import { CLOUD_GROUP_KEYS } from '../../../catalog/nodes/keys';
import { readMembers } from '../../../catalog/nodes/members';
import { groupOf, linesOf } from './group-text';

const { kind, nodes, num_nodes, ip_address_list } = CLOUD_GROUP_KEYS;

function membersOf(text: string) {
  const { place, draft, problems } = groupOf(
    { kind, nodes, num_nodes, ip_address_list },
    `${text}\nkind: ${text.includes('elastic') ? 'elastic' : 'fixed'}\n`.replace('elastic: true\n', ''),
  );
  const members = readMembers(place, draft, problems);
  return { members, lines: linesOf(problems) };
}

describe('fixed groups', () => {
  it.each([
    ['nodes: 3', ['n1', 'n2', 'n3']],
    ['num_nodes: 2', ['n1', 'n2']],
    ['nodes: [head, worker]', ['head', 'worker']],
    ['ip_address_list: [172.30.2.7, 172.30.2.9]', ['172.30.2.7', '172.30.2.9']],
    ['{}', ['n1']],
  ])('%s is %j', (text, keys) => {
    const { members, lines } = membersOf(text === '{}' ? '# nothing' : text);
    expect(lines).toEqual([]);
    expect(members?.nodes.map(({ key }) => key)).toEqual(keys);
    expect(members).toMatchObject({ kind: 'fixed', initial: keys.length, most: keys.length });
  });

  it('gives the addresses of the list to named nodes in their order', () => {
    const { members } = membersOf('nodes: [head, worker]\nip_address_list: [172.30.2.9, 172.30.2.7]');
    expect(members?.nodes).toEqual([
      { key: 'head', address: '172.30.2.9' },
      { key: 'worker', address: '172.30.2.7' },
    ]);
    expect(members?.addresses.map(({ where }) => where.position?.column)).toEqual([19, 31]);
  });

  it.each([
    ['nodes: 3\nnum_nodes: 3', '2:1 num_nodes: says the same as nodes | remove one of the two'],
    [
      'nodes: 3\nip_address_list: [172.30.2.7]',
      '2:18 ip_address_list: must have as many addresses as the group has nodes, 3, got 1',
    ],
    [
      'nodes: { initial: 1, max: 3 }',
      '1:8 nodes: must be a number or a list of names: initial and max are of elastic groups | write kind: elastic, or nodes: 3',
    ],
    ['nodes: 201', '1:8 nodes: must be a whole number from 1 to 200, got 201'],
    ['nodes: [a, a]', '1:12 nodes[1]: "a" stands twice in the list'],
    [
      'nodes: [Head]',
      '1:9 nodes[0]: must be a name of a small letter and up to 26 small letters, digits and -, got "Head"',
    ],
    [
      'ip_address_list: [172.30.2.300]',
      '1:19 ip_address_list[0]: must be an IPv4 address, got "172.30.2.300"',
    ],
  ])('%j is refused', (text, line) => {
    expect(membersOf(text).lines).toEqual([line]);
  });
});

describe('elastic groups', () => {
  it.each([
    ['nodes: { initial: 3, max: 10 }', 3, 10],
    ['nodes: { max: 10 }', 1, 10],
    ['nodes: { initial: 0 }', 0, 1],
    ['nodes: { initial: 4 }', 4, 4],
  ])('%s', (text, initial, most) => {
    const { members, lines } = membersOf(`elastic: true\n${text}`);
    expect(lines).toEqual([]);
    expect(members).toMatchObject({ kind: 'elastic', nodes: [], initial, most, addresses: [] });
  });

  it.each([
    [
      'nodes: 3',
      '1:8 nodes: must say how many nodes there are at first and at most, because the group is elastic | write nodes: { initial: 3, max: 10 }',
    ],
    ['nodes: { initial: 5, max: 3 }', '1:19 nodes.initial: must be at most max, 3, got 5'],
    [
      'nodes: { max: 3 }\nip_address_list: [172.30.2.7]',
      '2:1 ip_address_list: is of fixed groups: nodes of an elastic one have neither number nor addresses of their own | remove it, or use kind: fixed',
    ],
    [
      'num_nodes: 3',
      '1:1 num_nodes: is of fixed groups: nodes of an elastic one have neither number nor addresses of their own | remove it, or use kind: fixed',
    ],
  ])('%j is refused', (text, line) => {
    expect(membersOf(`elastic: true\n${text}`).lines).toEqual([line]);
  });
});
