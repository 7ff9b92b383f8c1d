import { readLeaseOutput, readNodesOutput } from '../../../model/nodes/read-outputs';

const GROUP = {
  provider: 'aws',
  network: 'aws/default',
  kind: 'fixed',
  nodes: { n1: { address: '172.30.2.4', instance_id: 'i-1' } },
  max: 1,
  spot: false,
  user: 'ubuntu',
  ssh_port: 20022,
};
const LEASE = {
  start: '2026-11-29T22:00:00Z',
  end: '2026-11-29T22:50:00Z',
  seconds: 3000,
  idle: 900,
  ended: ['n2'],
};

describe('the output nodes', () => {
  test('is read as it is written', () => {
    expect(readNodesOutput({ workers: GROUP })).toEqual({ workers: GROUP });
    const elastic = {
      ...GROUP,
      kind: 'elastic',
      nodes: {},
      group_name: 'g',
      boot_timeout: 600,
      base_container: false,
    };
    expect(readNodesOutput({ workers: elastic })).toEqual({ workers: elastic });
  });

  test.each([undefined, null])('may be absent: %p', (value) => expect(readNodesOutput(value)).toEqual({}));

  test.each([
    ['a text', 'x', 'must be the output nodes as a map, got "\\"x\\""'],
    [
      'another kind',
      { w: { ...GROUP, kind: 'many' } },
      'must be nodes.w.kind of fixed or elastic, got "many"',
    ],
    ['no size', { w: { ...GROUP, max: '1' } }, 'must be nodes.w.max as a number, got "\\"1\\""'],
    [
      'no address',
      { w: { ...GROUP, nodes: { n1: {} } } },
      'must be nodes.w.nodes.n1.address as a text, got "nothing"',
    ],
  ])('is refused with %s', (_, value, message) => {
    expect(() => readNodesOutput(value)).toThrow(message);
  });
});

describe('the output lease', () => {
  test('is read as it is written', () => expect(readLeaseOutput(LEASE)).toEqual(LEASE));

  test('may have no end, where only idleness ends the nodes', () => {
    const idle = { start: null, end: null, seconds: null, idle: 900, ended: [] };
    expect(readLeaseOutput(idle)).toEqual(idle);
  });

  test.each([undefined, null])('may be absent: %p', (value) =>
    expect(readLeaseOutput(value)).toBeUndefined(),
  );

  test.each([
    ['no time', { ...LEASE, end: 'soon' }, 'must be lease.end as a time in RFC 3339, got "soon"'],
    ['no length', { ...LEASE, seconds: '50m' }, 'must be lease.seconds as a number, got "\\"50m\\""'],
    ['a list', [], 'must be the output lease as a map, got "[]"'],
  ])('is refused with %s', (_, value, message) => {
    expect(() => readLeaseOutput(value)).toThrow(message);
  });
});
