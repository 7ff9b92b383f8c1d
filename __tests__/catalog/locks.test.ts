import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasFormerNames, readLock } from '../../catalog/environment/lock-file';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { withoutStacks } from '../../catalog/environment/locked-ids';
import { Cidr } from '../../model/net/cidr';
import { changed, folderOf, GOOD, problemLines, tryLoad } from './folder-of';

const LOCK = `version: 1
stacks:
  dev-aws-default: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }
  dev-aws-old-one: { kind: aws-network, provider: aws, region: us-west-2, backend: local }
tunnels:
  aws/default: { inside_cidrs: [169.254.101.0/30, 169.254.101.4/30], interfaces: [7, 8] }
  aws/old-one: { inside_cidrs: [169.254.100.0/30, 169.254.100.4/30], interfaces: [1, 2] }
`;

/** A lock with this many connections of networks that are in no catalog. */
function lockOf(unused: number): string {
  const first = Cidr.parse('169.254.6.0/30').first;
  const cidr = (number: number) => Cidr.of(first + 4 * number, 30);
  const lines = Array.from({ length: unused }, (_, at) => {
    const [one, two] = [2 * at, 2 * at + 1];
    return `  aws/old${at}: { inside_cidrs: [${cidr(one)}, ${cidr(two)}], interfaces: [${one + 1}, ${two + 1}] }\n`;
  });
  return `version: 1\ntunnels:\n${lines.join('')}`;
}

describe('a lock file', () => {
  test('holds what is locked, and a stack that left the catalog is gone', () => {
    const { loaded } = tryLoad({ 'dev.yml': GOOD, 'dev.lock.yml': LOCK });
    expect(loaded?.allocations.get('aws/default')?.insideCidrs.map(String)).toEqual([
      '169.254.101.0/30',
      '169.254.101.4/30',
    ]);
    expect(loaded?.allocations.get('aws/default')?.interfaces).toEqual([7, 8]);
    expect(loaded?.stacks.map(({ id, gone, members }) => [id, gone, members])).toEqual([
      ['dev-aws-default', false, ['aws/default', 'aws/second']],
      ['dev-aws-old-one', true, []],
    ]);
  });

  test('may hold as many connections of a gateway as there are inside CIDRs for', () => {
    const files = (unused: number) => ({ 'dev.yml': GOOD, 'dev.lock.yml': lockOf(unused) });
    expect(problemLines(files(4999))).toEqual([]);
    expect(problemLines(files(5000))).toEqual([
      'dev.yml:16:12-14 too-many-connections aws.default.create.vpn: 5001 connections end at one gateway; there are inside CIDRs for 5000',
    ]);
  });

  test('is not changed by what it holds already', () => {
    const { loaded } = tryLoad({ 'dev.yml': GOOD, 'dev.lock.yml': LOCK });
    expect(loaded && lockAdditionsOf(loaded).changed).toBe(false);
  });

  test('gets what is new, and gone stacks stay', () => {
    const { loaded } = tryLoad({
      'dev.yml': GOOD,
      'dev.lock.yml': LOCK.replace(/ {2}(dev-aws-default|aws\/default).*\n/g, ''),
    });
    const additions = loaded && lockAdditionsOf(loaded);
    expect(additions?.changed).toBe(true);
    expect(
      additions && formatLock(additions.lock),
    ).toBe(`# What must not move when the catalog changes: its stacks, and what their tunnels were given.
# Written by kakehashi; commit it with the catalog.
version: 1
stacks:
  dev-aws-default: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }
  dev-aws-old-one: { kind: aws-network, provider: aws, region: us-west-2, backend: local }
tunnels:
  aws/default: { inside_cidrs: [169.254.100.8/30, 169.254.100.12/30], interfaces: [3, 4] }
  aws/old-one: { inside_cidrs: [169.254.100.0/30, 169.254.100.4/30], interfaces: [1, 2] }
`);
  });

  test('reads back what it wrote', () => {
    const folder = folderOf({ 'a.lock.yml': LOCK });
    const file = path.join(folder, 'a.lock.yml');
    const text = formatLock(readLock(file));
    writeFileSync(file, text);
    expect(formatLock(readLock(file))).toBe(text);
    expect(formatLock(readLock(path.join(folder, 'none.lock.yml')))).toContain('stacks: {}\ntunnels: {}\n');
  });

  test('loses a stack with its tunnels', () => {
    const folder = folderOf({ 'a.lock.yml': LOCK });
    const lock = withoutStacks(readLock(path.join(folder, 'a.lock.yml')), 'dev', ['dev-aws-old-one']);
    expect(Object.keys(lock.stacks)).toEqual(['dev-aws-default']);
    expect(Object.keys(lock.tunnels)).toEqual(['aws/default']);
  });

  test('additions are read after it and win', () => {
    const folder = folderOf({ 'more.yml': LOCK.replace('[7, 8]', '[17, 18]') });
    const lockAdditions = (name: string): string =>
      path.join(folder, name === 'dev' ? 'more.yml' : 'none.yml');
    const { loaded } = tryLoad({ 'dev.yml': GOOD, 'dev.lock.yml': LOCK }, 'dev', { lockAdditions });
    expect(loaded?.allocations.get('aws/default')?.interfaces).toEqual([17, 18]);
  });

  test('a CIDR that the catalog fixes wins over the locked one', () => {
    const text = changed(['vpn: {}', 'vpn: { tunnels: [{}, { inside_cidr: 169.254.9.0/30 }] }']);
    const { loaded } = tryLoad({ 'dev.yml': text, 'dev.lock.yml': LOCK });
    expect(loaded?.allocations.get('aws/default')?.insideCidrs.map(String)).toEqual([
      '169.254.101.0/30',
      '169.254.9.0/30',
    ]);
  });
});

describe('refuses', () => {
  test.each([
    [
      `<<<<<<< HEAD\n${LOCK}=======\n>>>>>>> other\n`,
      '1:1-13 syntax : a merge conflict is not resolved | keep what both sides need, and remove the lines <<<<<<<, ======= and >>>>>>>',
    ],
    ['', '1:1-1 empty-file : is empty | restore it from version control: it says what was built'],
    ['version: 1\nstacks: []\n', '2:9-11 wrong-type stacks: must be a map of names, got a list'],
    ['version: 1\nunts: {}\n', '2:1-5 unknown-key : unknown key "unts"; did you mean "stacks"?'],
    ['version: 1\nunit: {}\n', '2:1-5 unknown-key : unknown key "unit"; did you mean "stacks"?'],
  ])('a damaged lock file', (lock, line) => {
    expect(problemLines({ 'dev.yml': GOOD, 'dev.lock.yml': lock })).toEqual([`dev.lock.yml:${line}`]);
  });

  test('a region that moved', () => {
    const lock = LOCK.replace('region: ap-northeast-1', 'region: us-east-1');
    expect(problemLines({ 'dev.yml': GOOD, 'dev.lock.yml': lock })).toEqual([
      'dev.yml:9:17-31 region-moved aws.default.aws_region: must stay us-east-1, where the lock file has dev-aws-default, got "ap-northeast-1" | a network does not move: give the entry another name, and the old one is destroyed and a new one built; if nothing of dev-aws-default was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ]);
  });

  test('a gone stack whose state lies in another backend, and warns of a live one', () => {
    const text = `${GOOD}backend: { type: gcs, bucket: b }\n`;
    expect(problemLines({ 'dev.yml': text, 'dev.lock.yml': LOCK })).toEqual([
      'dev.yml:29:18-21 warning backend-moved backend.type: the state of dev-aws-default lies in backend local, not gcs | move the state before you apply',
      'dev.yml:29:18-21 backend-moved backend.type: dev-aws-old-one is gone from the catalog, but its state lies in backend local, not gcs | go back to backend local until dev-aws-old-one is destroyed, or move its state and correct the lock file; if nothing of dev-aws-old-one was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ]);
  });

  test('stacks of another environment, all with the same advice', () => {
    const lock = LOCK.replaceAll(/ dev-aws-/g, ' prod-aws-');
    expect(problemLines({ 'dev.yml': GOOD, 'dev.lock.yml': lock })).toEqual(
      ['3:3-19', '4:3-19'].map((at) =>
        expect.stringMatching(
          `^dev.lock.yml:${at} foreign-stack .*named dev-controller or dev-nodes-<group>-<host> or dev-nodes-<group> or dev-azure-<entry> or dev-aws-<entry> or dev-hub-<name> or dev-vault; move`,
        ),
      ),
    );
  });

  test('nobody for a lock whose environment is gone, and warns of it', () => {
    expect(problemLines({ 'dev.yml': GOOD, 'old.lock.yml': LOCK })).toEqual([
      'old.lock.yml:1:1-1 warning orphan-lock : old.yml is gone, but its lock still lists dev-aws-default, dev-aws-old-one | if any of it was applied, bring the file back and run kakehashi destroy old; then remove both; if it was only planned, remove the lock file',
    ]);
    expect(problemLines({ 'dev.yml': GOOD, 'old.lock.yml': 'version: 1\nstacks: {}\n' })).toEqual([]);
  });

  test.each([
    [
      'an unknown key',
      'kind: aws-network,',
      'knd: aws-network,',
      '3:22-25 unknown-key stacks.dev-aws-default: unknown key "knd"; did you mean "kind"?',
    ],
    [
      'an inside CIDR that is none',
      '169.254.101.0/30',
      '10.0.0.0/30',
      '6:33-44 bad-value tunnels.aws/default.inside_cidrs[0]: must be a /30 of 169.254.0.0/16, got "10.0.0.0/30" | for instance 169.254.100.0/30',
    ],
    [
      'no interface',
      '[7, 8]',
      '[]',
      '6:82-84 bad-value tunnels.aws/default.interfaces: must be a list of exactly 2, got 0',
    ],
    [
      'an inside CIDR that AWS reserves',
      '169.254.101.0/30',
      '169.254.169.252/30',
      '6:33-51 bad-value tunnels.aws/default.inside_cidrs[0]: must be an inside CIDR that AWS does not reserve, got "169.254.169.252/30" | for instance 169.254.100.0/30',
    ],
    [
      'a block of another size, also of a network that is gone',
      '[169.254.100.0/30, 169.254.100.4/30]',
      '[169.254.100.0/30, 169.254.100.8/29]',
      '7:51-67 bad-value tunnels.aws/old-one.inside_cidrs[1]: must be a /30 of 169.254.0.0/16, got "169.254.100.8/29" | for instance 169.254.100.0/30',
    ],
    [
      "an id that is none, and does not say that it is another environment's",
      'dev-aws-old-one:',
      'old one:',
      '4:3-10 bad-name stacks: a key must be a stack\'s id like dev-aws-default, got "old one"',
    ],
    [
      'an unknown kind, whose place is not taken for that of a network on AWS',
      'kind: aws-network, provider: aws, region: us-west-2,',
      'kind: gcp-network, provider: gcp, region: r, project: p,',
      '4:28-39 bad-value stacks.dev-aws-old-one.kind: must be one of aws-hub, aws-network, aws-nodes, azure-network, azure-nodes, docker-controller, docker-nodes, vault, got "gcp-network"',
    ],
    ['another version', 'version: 1', 'version: 2', '1:10-11 bad-value version: must be 1, got the number 2'],
  ])('%s', (_, from, to, expected) => {
    expect(problemLines({ 'dev.yml': GOOD, 'dev.lock.yml': LOCK.replace(from, to) })).toEqual([
      `dev.lock.yml:${expected}`,
    ]);
  });

  test('a stack of another environment', () => {
    expect(
      problemLines({ 'dev.yml': GOOD, 'dev.lock.yml': LOCK.replace('dev-aws-old-one', 'prod-aws-old') }),
    ).toEqual([
      'dev.lock.yml:4:3-15 foreign-stack stacks.prod-aws-old: must be a stack of dev, whose lock this is, got "prod-aws-old" | stacks of dev are named dev-controller or dev-nodes-<group>-<host> or dev-nodes-<group> or dev-azure-<entry> or dev-aws-<entry> or dev-hub-<name> or dev-vault; move it to the lock that it belongs to',
    ]);
  });

  test('an orphaned lock that cannot be read', () => {
    const [line] = problemLines({ 'dev.yml': GOOD, 'old.lock.yml': 'a: [' });
    expect(line).toContain(
      'orphan-lock : old.yml is gone, but its lock, which cannot be read, may still list stacks',
    );
  });

  test('a clash of two lock files', () => {
    const prod = GOOD.replaceAll('172.30.', '172.29.');
    const [line] = problemLines({
      'dev.yml': GOOD,
      'dev.lock.yml': LOCK,
      'prod.yml': prod,
      'prod.lock.yml': LOCK.replaceAll('dev-', 'prod-'),
    });
    expect(line).toBe(
      'dev.yml:16:12-14 lock-clash aws.default.create.vpn: inside CIDR 169.254.101.0/30 is taken by prod/aws/default at the same gateway (both from their lock files) | remove the line of the connection that is not applied yet from its lock file; if nothing of dev-aws-default was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    );
  });
});

test.each([
  ['units: {}\n', true],
  ['version: 1\n"units":\n  a: {}\n', true],
  ['{ version: 1, units: {} }', true],
  [LOCK, false],
  ['# units:\nstacks: {}\n', false],
  ['stacks: [', false],
])('a lock file has the former names of the version before: %j', (content, expected) => {
  expect(hasFormerNames(content)).toBe(expected);
});
