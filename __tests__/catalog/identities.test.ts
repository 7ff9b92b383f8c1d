import type { Loaded } from '../../catalog/environment/catalog';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { awsNetworks, problemLines, tryLoad } from './folder-of';

/** An entry that is a VPC, with what stands beside its other keys. */
const vpc = (name: string, block: number, more = ''): string => `  ${name}:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.${block}.2.0/24
${more}    create: { vpc_cidr: 172.${block}.0.0/16, public_subnet: 172.${block}.1.0/24 }
`;

const subnet = (name: string, host: string, third: number, more = ''): string => `  ${name}:
    private_network_ipmask: 172.30.${third}.0/24
${more}    create: { within: ${host} }
`;

const formerly = (name: string): string => `    formerly: ${name}\n`;

const catalog = (...entries: readonly string[]): string =>
  `cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }\naws:\n${entries.join('')}`;

/** The environment after these catalogs were planned one after the other, each of which writes the lock. */
function planned(...catalogs: readonly string[]): { readonly loaded: Loaded; readonly lock: string } {
  let lock: string | undefined;
  let loaded: Loaded | undefined;
  for (const text of catalogs) {
    const found = tryLoad({ 'dev.yml': text, ...(lock === undefined ? {} : { 'dev.lock.yml': lock }) });
    if (found.loaded === undefined) throw new Error(found.problems.map(({ must }) => must).join('\n'));
    loaded = found.loaded;
    lock = formatLock(lockAdditionsOf(loaded).lock);
  }
  if (loaded === undefined || lock === undefined) throw new Error('name a catalog');
  return { loaded, lock };
}

/** By entry: the id of its stack, and the names that its subnets were born with. */
function identities({ loaded }: { readonly loaded: Loaded }): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    awsNetworks(loaded).map((network) => [
      network.entry,
      [
        loaded.stacks.find((stack) => stack.network === network.key)?.id ?? '',
        ...network.subnets.map(({ entry, born }) => (entry === born ? entry : `${entry} was ${born}`)),
      ],
    ]),
  );
}

const gone = ({ loaded }: { readonly loaded: Loaded }) =>
  loaded.stacks.filter((stack) => stack.gone).map(({ id }) => id);

describe('an entry that is renamed with formerly', () => {
  const before = catalog(vpc('default', 30), subnet('second', 'default', 3));
  const renamed = catalog(
    vpc('tokyo', 30, formerly('default')),
    subnet('tokyo_b', 'tokyo', 3, formerly('second')),
  );

  test('keeps its stack, and its subnets their addresses', () => {
    const after = planned(before, renamed);
    expect(identities(after)).toEqual({
      tokyo: ['dev-aws-default', 'tokyo was default', 'tokyo_b was second'],
    });
    expect(gone(after)).toEqual([]);
    expect(after.loaded.catalog.networks.map(({ key, identity }) => [key, identity])).toEqual([
      ['aws/tokyo', 'aws/default'],
    ]);
  });

  test('keeps its inside CIDRs and interfaces, also beside a new entry that comes before it', () => {
    const { loaded } = planned(before, renamed.replace('aws:\n', `aws:\n${vpc('a', 31)}`));
    expect(loaded.allocations.get('aws/tokyo')?.interfaces).toEqual([1, 2]);
    expect(loaded.allocations.get('aws/a')?.interfaces).toEqual([3, 4]);
  });

  test('is in the lock file, so that the key may go', () => {
    const { lock } = planned(before, renamed);
    expect(lock).toContain(
      'backend: local, entry: aws/tokyo, keys: { aws/tokyo: default, aws/tokyo_b: second }',
    );
    expect(lock).toMatch(/^tunnels:\n {2}aws\/tokyo: \{/m);
    const without = renamed.replace(/ {4}formerly.*\n/g, '');
    const after = planned(before, renamed, without);
    expect(identities(after)).toEqual(identities(planned(before, renamed)));
    expect(after.lock).not.toContain('formerly');
    const notes = problemLines({ 'dev.yml': renamed, 'dev.lock.yml': lock });
    expect(notes).toEqual([
      'dev.yml:8:15-22 note formerly-done aws.tokyo.formerly: the lock file has it: the key may go',
      'dev.yml:12:15-21 note formerly-done aws.tokyo_b.formerly: the lock file has it: the key may go',
    ]);
  });

  test('is needed in the lock file; that the key went is not', () => {
    const { lock } = planned(before);
    const first = tryLoad({ 'dev.yml': renamed, 'dev.lock.yml': lock }).loaded;
    expect(first && lockAdditionsOf(first).needed).toBe(true);
    const written = planned(before, renamed).lock;
    const again = tryLoad({ 'dev.yml': renamed, 'dev.lock.yml': written }).loaded;
    expect(again && lockAdditionsOf(again)).toMatchObject({ changed: false, needed: false });
    const without = renamed.replace(/ {4}formerly.*\n/g, '');
    const later = tryLoad({ 'dev.yml': without, 'dev.lock.yml': written }).loaded;
    expect(later && lockAdditionsOf(later)).toMatchObject({ changed: true, needed: false });
  });

  test('may be renamed again, and back', () => {
    const osaka = catalog(
      vpc('osaka', 30, formerly('tokyo')),
      subnet('osaka_b', 'osaka', 3, formerly('tokyo_b')),
    );
    expect(identities(planned(before, renamed, osaka))).toEqual({
      osaka: ['dev-aws-default', 'osaka was default', 'osaka_b was second'],
    });
    const back = catalog(
      vpc('default', 30, formerly('tokyo')),
      subnet('second', 'default', 3, formerly('tokyo_b')),
    );
    const after = planned(before, renamed, back, back);
    expect(identities(after)).toEqual({ default: ['dev-aws-default', 'default', 'second'] });
    expect(after.lock).not.toContain('entry:');
  });

  test('may leave its old name to a new one, whose stack gets a number', () => {
    const both = catalog(
      vpc('tokyo', 30, formerly('default')),
      subnet('tokyo_b', 'tokyo', 3, formerly('second')),
      subnet('second', 'tokyo', 4),
      vpc('default', 31),
    );
    const expected = {
      tokyo: ['dev-aws-default', 'second was second-2', 'tokyo was default', 'tokyo_b was second'].sort(),
      default: ['dev-aws-default-2', 'default was default-2'],
    };
    for (const after of [
      planned(before, both),
      planned(before, both, both),
      planned(before, renamed, both, both),
    ]) {
      const { tokyo = [], default: named } = identities(after);
      expect({ tokyo: [...tokyo].sort(), default: named }).toEqual(expected);
    }
    expect(planned(before, both).loaded.allocations.get('aws/default')?.interfaces).toEqual([3, 4]);
  });
});

describe('two entries that swap their names', () => {
  const before = catalog(vpc('a', 30), subnet('one', 'a', 3), subnet('two', 'a', 4), vpc('b', 31));
  const swapped = catalog(
    vpc('b', 30, formerly('a')),
    subnet('two', 'b', 3, formerly('one')),
    subnet('one', 'b', 4, formerly('two')),
    vpc('a', 31, formerly('b')),
  );
  const expected = {
    b: ['dev-aws-a', 'b was a', 'one was two', 'two was one'],
    a: ['dev-aws-b', 'a was b'],
  };

  test('swap their stacks once, however often it is planned', () => {
    expect(identities(planned(before, swapped))).toEqual(expected);
    expect(identities(planned(before, swapped, swapped, swapped))).toEqual(expected);
    const { lock } = planned(before, swapped);
    expect(problemLines({ 'dev.yml': swapped, 'dev.lock.yml': lock })).toHaveLength(4);
  });

  test('keep them when the keys are gone, and swap them back with new ones', () => {
    const without = swapped.replace(/ {4}formerly.*\n/g, '');
    expect(identities(planned(before, swapped, without, without))).toEqual(expected);
    const back = catalog(
      vpc('a', 30, formerly('b')),
      subnet('one', 'a', 3, formerly('two')),
      subnet('two', 'a', 4, formerly('one')),
      vpc('b', 31, formerly('a')),
    );
    expect(identities(planned(before, swapped, without, back, back))).toEqual(identities(planned(before)));
  });

  test('move up in a row: the one whose name is free again is built anew', () => {
    const row = catalog(vpc('b', 30, formerly('a')), vpc('c', 31, formerly('b')), vpc('a', 29));
    const after = planned(catalog(vpc('a', 30), vpc('b', 31)), row, row);
    expect(identities(after)).toEqual({
      b: ['dev-aws-a', 'b was a'],
      c: ['dev-aws-b', 'c was b'],
      a: ['dev-aws-a-2', 'a was a-2'],
    });
  });
});

describe('refuses formerly', () => {
  const { lock } = planned(catalog(vpc('default', 30), subnet('second', 'default', 3), vpc('osaka', 31)));
  const lines = (...entries: readonly string[]) =>
    problemLines({ 'dev.yml': catalog(...entries), 'dev.lock.yml': lock });

  test('that names nothing, where something that goes is probably meant', () => {
    expect(lines(vpc('tokyo', 30, formerly('defalt')), vpc('osaka', 31))).toEqual([
      'dev.yml:8:15-21 bad-formerly aws.tokyo.formerly: must be the old name of an entry that the lock file has, got "defalt"; did you mean "default"? | stacks that are gone from the catalog: dev-aws-default',
    ]);
  });

  test('not, where nothing goes: it is noted', () => {
    expect(lines(vpc('default', 30), vpc('osaka', 31), vpc('kobe', 29, formerly('never')))).toEqual([
      'dev.yml:18:15-20 note formerly-unknown aws.kobe.formerly: the lock file has no aws/never: a new one is built',
    ]);
  });

  test('of two entries that name one', () => {
    const text = [vpc('a', 30, formerly('default')), vpc('b', 29, formerly('default')), vpc('osaka', 31)];
    expect(lines(...text)).toEqual([
      'dev.yml:14:15-22 bad-formerly aws.b.formerly: aws/a is formerly default too, and one entry goes on with what it was | remove one of the two',
    ]);
  });

  test('to the name of a stack that would be destroyed', () => {
    expect(lines(vpc('osaka', 30, formerly('default')))).toEqual([
      'dev.yml:8:15-22 bad-formerly aws.osaka.formerly: aws/osaka has a stack of its own in the lock file, dev-aws-osaka, which would be destroyed under the same name | where another entry goes on with dev-aws-osaka, give it formerly: osaka; else apply once with aws/default under its old name and without aws/osaka, and rename it then; if nothing of dev-aws-osaka was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ]);
  });

  test('across regions', () => {
    const elsewhere = vpc('tokyo', 30, formerly('default')).replaceAll('ap-northeast-1', 'us-west-2');
    expect(lines(elsewhere, vpc('osaka', 31))).toEqual([
      expect.stringMatching(
        /^dev.yml:5:17-26 region-moved aws.tokyo.aws_region: must stay ap-northeast-1, where the lock file has dev-aws-default/,
      ),
    ]);
  });

  test.each([
    ['aws/default', 'must be a name of a letter and up to 31 letters, digits, _ and -, got "aws/default"'],
    ['prod-aws/default', 'must be a name of a letter'],
  ])('of another provider or environment: %s', (name, message) => {
    const [line] = lines(vpc('tokyo', 30, formerly(name)), vpc('osaka', 31));
    expect(line).toContain(`aws.tokyo.formerly: ${message}`);
  });

  test('of a subnet that was in another network, or a network of its own', () => {
    const moved = planned(
      catalog(vpc('default', 30), subnet('second', 'default', 3), vpc('osaka', 31)),
      catalog(vpc('default', 30), subnet('third', 'default', 3, formerly('second')), vpc('osaka', 31)),
    ).lock;
    const text = catalog(
      vpc('default', 30),
      vpc('osaka', 31),
      subnet('fourth', 'osaka', 3, formerly('third')).replace('172.30', '172.31'),
      subnet('fifth', 'osaka', 4, formerly('osaka')).replace('172.30', '172.31'),
    );
    expect(problemLines({ 'dev.yml': text, 'dev.lock.yml': moved })).toEqual([
      'dev.yml:16:15-20 bad-formerly aws.fourth.formerly: aws/third belongs to another stack, dev-aws-default | a rename stays within one stack: remove formerly',
      'dev.yml:20:15-20 bad-formerly aws.fifth.formerly: aws/osaka is what this entry is within | a rename stays within one stack: remove formerly',
    ]);
  });

  test('of itself, of an entry that exists already, and of a mount that is not created', () => {
    expect(lines(vpc('default', 30, formerly('default')), vpc('osaka', 31))).toEqual([
      'dev.yml:8:15-22 bad-formerly aws.default.formerly: names the entry itself | remove it',
    ]);
    const adopted =
      '  old:\n    aws_region: us-west-2\n    aws_vpc_subnet_id: subnet-0862300dba34162ed\n    aws_vpc_security_group_id: sg-0387934d3cd06946f\n    formerly: older\n';
    expect(lines(vpc('default', 30), vpc('osaka', 31), adopted)).toEqual([
      expect.stringMatching(/^dev.yml:18:5-13 bad-formerly aws.old.formerly: renames what is created/),
    ]);
    const vault = 'vault: { address: https://vault.example, mounts: { team: { formerly: secret } } }\n';
    expect(problemLines({ 'dev.yml': `cci_version: '1.0'\n${vault}` })).toEqual([
      expect.stringMatching(
        /^dev.yml:2:60-68 bad-formerly vault.mounts.team.formerly: renames what is created/,
      ),
    ]);
  });
});

describe('a mount of Vault', () => {
  const vault = (mounts: string): string =>
    `cci_version: '1.0'\nvault: { address: https://vault.example, mounts: { ${mounts} } }\n`;
  const mountsOf = ({ loaded }: { readonly loaded: Loaded }) =>
    loaded.catalog.kinds.vault?.mounts.map(({ path, born }) => [path, born]);

  test('keeps the address of its resource under its new path', () => {
    const after = planned(
      vault('team/a: { create: {} }'),
      vault('team/b: { formerly: team/a, create: {} }, team/a: { version: 2, create: {} }'),
      vault('team/b: { create: {} }, team/a: { version: 2, create: {} }'),
    );
    expect(mountsOf(after)).toEqual([
      ['team/a', 'team/a-2'],
      ['team/b', 'team/a'],
    ]);
    expect(after.lock).toContain('keys: { vault/mounts/team/a: team/a-2, vault/mounts/team/b: team/a }');
  });
});

describe('what was never applied', () => {
  const { lock } = planned(catalog(vpc('default', 30), vpc('osaka', 31)));
  const unapplied = (...stacks: readonly string[]) => ({
    unapplied: stacks.map((stack) => ({ environment: 'dev', stack })),
  });

  test('holds no region, and leaves the lock when it is gone', () => {
    const moved = catalog(vpc('default', 30).replaceAll('ap-northeast-1', 'us-west-2'));
    const files = { 'dev.yml': moved, 'dev.lock.yml': lock };
    expect(problemLines(files)).toHaveLength(1);
    const { loaded } = tryLoad(files, 'dev', unapplied('dev-aws-default', 'dev-aws-osaka'));
    expect(loaded?.stacks.map(({ id, place }) => [id, place])).toEqual([
      ['dev-aws-default', { region: 'us-west-2' }],
    ]);
    const after = loaded && formatLock(lockAdditionsOf(loaded).lock);
    expect(after).toContain('dev-aws-default: { kind: aws-network, provider: aws, region: us-west-2');
    expect(after).not.toContain('osaka');
  });

  test('is a warning for whoever sees no state', () => {
    const moved = catalog(vpc('default', 30).replaceAll('ap-northeast-1', 'us-west-2'), vpc('osaka', 31));
    const { loaded, problems } = tryLoad({ 'dev.yml': moved, 'dev.lock.yml': lock }, 'dev', {
      lenient: true,
    });
    expect(loaded).toBeDefined();
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'region-moved']]);
  });

  test('holds no inside CIDR of another environment either', () => {
    const fixed = catalog(vpc('default', 30)).replace(
      '172.30.1.0/24 }',
      '172.30.1.0/24, vpn: { tunnels: [{ inside_cidr: 169.254.100.4/30 }, {}] } }',
    );
    const files = {
      'dev.yml': fixed,
      'prod.yml': catalog(vpc('osaka', 31)),
      'prod.lock.yml': formatLock(
        lockAdditionsOf(tryLoad({ 'prod.yml': catalog(vpc('osaka', 31)) }, 'prod').loaded as Loaded).lock,
      ),
    };
    expect(problemLines(files)).toEqual([
      expect.stringMatching(
        /inside-cidr-taken .* taken by prod\/aws\/osaka .* if nothing of prod-aws-osaka was ever applied, kakehashi plan prod sees/,
      ),
    ]);
    const free = { unapplied: [{ environment: 'prod', stack: 'prod-aws-osaka' }] };
    expect(problemLines(files, 'dev', free)).toEqual([]);
  });

  test('an entry with another name may fix the inside CIDR of the one that goes', () => {
    const fix = (text: string) =>
      text.replace('1.0/24 }', '1.0/24, vpn: { tunnels: [{ inside_cidr: 169.254.9.0/30 }, {}] } }');
    const before = planned(catalog(fix(vpc('default', 30))));
    const files = { 'dev.yml': catalog(fix(vpc('tokyo', 30))), 'dev.lock.yml': before.lock };
    expect(problemLines(files)).toEqual([]);
  });
});
