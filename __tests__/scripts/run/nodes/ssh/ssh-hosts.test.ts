import { nodesConfigText } from '../../../../../scripts/run/nodes/ssh/config-text';
import { knownName, sshHosts } from '../../../../../scripts/run/nodes/ssh/ssh-hosts';
import { leaseWith, outputWith, START, stateWith } from '../node-lab';

const aliases = (...states: Parameters<typeof sshHosts>[1]) =>
  sshHosts('dev', states, START).map(({ alias }) => alias);

test('a node has two sshds: that of its base container, and that of its host', () => {
  expect(sshHosts('dev', [stateWith()], START).slice(0, 2)).toEqual([
    { alias: 'dev-workers-n1', address: '172.30.2.4', port: 22, user: 'root' },
    { alias: 'dev-workers-n1-host', address: '172.30.2.4', port: 20022, user: 'ubuntu' },
  ]);
});

test.each([
  ['without a base container', { output: outputWith({ base_container: false }) }, ['n1-host', 'n2-host']],
  ['on hosts that are reached without SSH', { output: outputWith({ ssh_port: 0 }) }, ['n1', 'n2']],
  ['of which one ended by itself', { lease: leaseWith({ ended: ['n1'] }) }, ['n2', 'n2-host']],
  ['after the end of their lease', { lease: leaseWith({ end: '2026-11-29T22:00:00Z' }) }, []],
])('nodes %s', (_, more, expected) => {
  expect(aliases(stateWith(more))).toEqual(expected.map((name) => `dev-workers-${name}`));
});

test('hosts come by name, in whatever order their groups are', () => {
  const second = { ...stateWith(), name: 'alpha' };
  expect(aliases(stateWith(), second)).toEqual(aliases(second, stateWith()));
  expect(aliases(stateWith(), second)[0]).toBe('dev-alpha-n1');
});

test('known_hosts names a port that is not 22', () => {
  expect(knownName({ address: '172.30.2.4', port: 22 })).toBe('172.30.2.4');
  expect(knownName({ address: '172.30.2.4', port: 20022 })).toBe('[172.30.2.4]:20022');
});

describe('the configuration', () => {
  const hosts = sshHosts('dev', [stateWith()], START).slice(0, 2);

  test('has an entry for each, whose key must be known', () => {
    expect(nodesConfigText('dev', hosts, { knownHosts: '/home/ann/a b%c/nodes.known_hosts' })).toBe(
      [
        '# The nodes of dev, by kakehashi nodes ssh-config, which writes it anew each time.',
        '',
        'Host dev-workers-n1',
        '  HostName 172.30.2.4',
        '  Port 22',
        '  User root',
        '  UserKnownHostsFile "/home/ann/a b%%c/nodes.known_hosts"',
        '  StrictHostKeyChecking yes',
        '',
        'Host dev-workers-n1-host',
        '  HostName 172.30.2.4',
        '  Port 20022',
        '  User ubuntu',
        '  UserKnownHostsFile "/home/ann/a b%%c/nodes.known_hosts"',
        '  StrictHostKeyChecking yes',
        '',
      ].join('\n'),
    );
  });

  test('goes over a jump host', () => {
    const jump = { user: 'ann', address: '10.0.2.9', port: 22 };
    const text = nodesConfigText('dev', hosts, { knownHosts: '/k', jump });
    expect(text.match(/^ {2}ProxyJump .*$/gm)).toEqual(Array(2).fill('  ProxyJump ann@10.0.2.9:22'));
  });
});
