import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../catalog/environment/catalog';
import { mergeLocks, readLock } from '../../catalog/environment/lock-file';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { withoutStacks } from '../../catalog/environment/locked-ids';
import { folderOf, problemLines, tryLoad } from './folder-of';

const rule = (port: number): string => `{ protocol: tcp, ports: ${port}, from: 10.9.0.0/16 }`;
const RULE = (port: number): string => `tcp-${port}-from-10_9_0_0-16`;

/** An entry that is a virtual network with rules for these ports. */
const network = (name: string, block: number, ports: readonly number[], more = ''): string =>
  `  ${name}: { ${more}azure_location: japaneast, private_network_ipmask: 172.${block}.1.0/24, create: { vnet_cidr: 172.${block}.0.0/16, vpn: none, ingress: [${ports.map(rule).join(', ')}] } }\n`;

const catalog = (...entries: readonly string[]): string => `cci_version: '1.0'\nazure:\n${entries.join('')}`;

const stack = (name: string): string =>
  `  dev-azure-${name}: { kind: azure-network, provider: azurerm, region: japaneast, backend: local }\n`;

const lockOf = (rules: string, ...names: readonly string[]): string =>
  `version: 1\nstacks:\n${(names.length === 0 ? ['lab'] : names).map(stack).join('')}rules:\n${rules}`;

function loadedWith(text: string, lock?: string): Loaded {
  const files = { 'dev.yml': text, ...(lock === undefined ? {} : { 'dev.lock.yml': lock }) };
  const { loaded, problems } = tryLoad(files);
  if (loaded === undefined) throw new Error(problems.map(({ must }) => must).join('\n'));
  return loaded;
}

/** The environment after these catalogs were planned one after the other, each of which writes the lock. */
function planned(...catalogs: readonly string[]): { readonly loaded: Loaded; readonly lock: string } {
  const [first = '', ...others] = catalogs;
  let loaded = loadedWith(first);
  let lock = formatLock(lockAdditionsOf(loaded).lock);
  for (const text of others) {
    loaded = loadedWith(text, lock);
    lock = formatLock(lockAdditionsOf(loaded).lock);
  }
  return { loaded, lock };
}

/** By network: what its rules have in Terraform. */
const priorities = ({ catalog: { kinds } }: Loaded) =>
  Object.fromEntries(
    (kinds['azure-network']?.networks ?? []).map(({ key, ingress }) => [
      key,
      Object.fromEntries(ingress.map((one) => [one.key, one.priority])),
    ]),
  );

const rulesSection = (lock: string): string => lock.slice(lock.indexOf('rules:'));

function lockFrom(text: string) {
  const folder = folderOf({ 'dev.lock.yml': text });
  return readLock(path.join(folder, 'dev.lock.yml'));
}

describe('the section rules', () => {
  test('gets a line for each network, by priority', () => {
    const { lock } = planned(catalog(network('lab', 21, [443, 22]), network('east', 22, [80])));
    expect(rulesSection(lock)).toBe(
      `rules:\n  azure/east: { ${RULE(80)}: 200 }\n  azure/lab: { ${RULE(443)}: 200, ${RULE(22)}: 201 }\n`,
    );
  });

  test('is absent where no network has rules with priorities', () => {
    expect(planned(catalog(network('lab', 21, []))).lock).not.toContain('rules');
  });

  test('keeps what it holds when a rule is added before the others, and when one goes', () => {
    const { loaded, lock } = planned(
      catalog(network('lab', 21, [22, 80])),
      catalog(network('lab', 21, [443, 80])),
    );
    expect(priorities(loaded)).toEqual({ 'azure/lab': { [RULE(443)]: 202, [RULE(80)]: 201 } });
    expect(rulesSection(lock)).toBe(
      `rules:\n  azure/lab: { ${RULE(22)}: 200, ${RULE(80)}: 201, ${RULE(443)}: 202 }\n`,
    );
  });

  test('is gone by in what is built, also where somebody chose the number', () => {
    const loaded = loadedWith(
      catalog(network('lab', 21, [22, 80])),
      lockOf(`  azure/lab: { ${RULE(80)}: 150 }\n`),
    );
    expect(priorities(loaded)).toEqual({ 'azure/lab': { [RULE(22)]: 200, [RULE(80)]: 150 } });
  });

  test('reads back what it wrote', () => {
    const folder = folderOf({
      'dev.lock.yml': lockOf(`  azure/lab: { ${RULE(22)}: 3999, ${RULE(80)}: 200 }\n`),
    });
    const file = path.join(folder, 'dev.lock.yml');
    const text = formatLock(readLock(file));
    writeFileSync(file, text);
    expect(formatLock(readLock(file))).toBe(text);
    expect(text).toContain(`  azure/lab: { ${RULE(80)}: 200, ${RULE(22)}: 3999 }\n`);
  });

  test.each([100, 4095])('may hold the priority %i', (priority) => {
    expect(lockFrom(lockOf(`  azure/lab: { a: ${priority} }\n`)).rules).toEqual({
      'azure/lab': { a: priority },
    });
  });
});

describe('refuses, where it stands, ', () => {
  const text = catalog(network('lab', 21, [22, 80]));

  test.each([
    [
      'two rules with one priority',
      `  azure/lab: { ${RULE(22)}: 200, ${RULE(80)}: 200 }\n`,
      `5:71-74 lock-clash rules.azure/lab.${RULE(80)}: 200 is the priority of ${RULE(22)} already | restore the lock file from version control`,
    ],
    [
      'two rules that are gone with one priority',
      '  azure/lab: { a: 300, b: 300 }\n',
      '5:27-30 lock-clash rules.azure/lab.b: 300 is the priority of a already | restore the lock file from version control',
    ],
    [
      'the priority of the rule that denies all else',
      `  azure/lab: { ${RULE(22)}: 4096 }\n`,
      `5:41-45 bad-value rules.azure/lab.${RULE(22)}: must be a whole number from 100 to 4095, got 4096`,
    ],
    [
      'a priority that Azure does not have',
      '  azure/lab: { a: 99 }\n',
      '5:19-21 bad-value rules.azure/lab.a: must be a whole number from 100 to 4095, got 99',
    ],
    [
      'a priority that is a text',
      "  azure/lab: { a: '200' }\n",
      '5:19-24 wrong-type rules.azure/lab.a: must be a whole number from 100 to 4095, got "200" | write it without quotes',
    ],
    [
      'a rule that is none',
      '  azure/lab: { a.b: 200 }\n',
      '5:16-19 bad-name rules.azure/lab: a key must be a rule\'s key like tcp-22-from-10_0_2_0-24, got "a.b"',
    ],
    [
      'a network that is none',
      '  lab: { a: 200 }\n',
      '5:3-6 bad-name rules: a key must be a network\'s key like aws/default, got "lab"',
    ],
    [
      'a list',
      '  azure/lab: [200]\n',
      '5:14-19 wrong-type rules.azure/lab: must be a map of names, got a list',
    ],
  ])('%s', (_, rules, expected) => {
    expect(problemLines({ 'dev.yml': text, 'dev.lock.yml': lockOf(rules) })).toEqual([
      `dev.lock.yml:${expected}`,
    ]);
  });
});

test('two networks may have the same priorities', () => {
  const lock = lockOf('  azure/lab: { a: 200 }\n  azure/east: { a: 200 }\n');
  expect(problemLines({ 'dev.yml': catalog(network('lab', 21, [22])), 'dev.lock.yml': lock })).toEqual([]);
});

describe('with --frozen', () => {
  const lock = lockOf(`  azure/lab: { ${RULE(22)}: 200, ${RULE(80)}: 201 }\n`);
  const additions = (ports: readonly number[]) => {
    const { changed, needed } = lockAdditionsOf(loadedWith(catalog(network('lab', 21, ports)), lock));
    return { changed, needed };
  };

  test('nothing is to be written where rules move or go', () => {
    expect(additions([22, 80])).toEqual({ changed: false, needed: false });
    expect(additions([80, 22])).toEqual({ changed: false, needed: false });
    expect(additions([80])).toEqual({ changed: false, needed: false });
  });

  test('a new rule needs its line', () => {
    expect(additions([22, 80, 443])).toEqual({ changed: true, needed: true });
  });
});

describe('a network that is renamed', () => {
  const before = catalog(network('lab', 21, [22, 80]));
  const renamed = network('tokyo', 21, [443, 22], 'formerly: lab, ');

  test('keeps its priorities, under the name that it was born with', () => {
    const { loaded, lock } = planned(before, catalog(renamed));
    expect(priorities(loaded)).toEqual({ 'azure/tokyo': { [RULE(443)]: 202, [RULE(22)]: 200 } });
    expect(rulesSection(lock)).toBe(
      `rules:\n  azure/lab: { ${RULE(22)}: 200, ${RULE(80)}: 201, ${RULE(443)}: 202 }\n`,
    );
  });

  test('does not mix with a new one of the old name', () => {
    const { loaded, lock } = planned(before, catalog(renamed), catalog(renamed, network('lab', 22, [80])));
    expect(priorities(loaded)).toEqual({
      'azure/tokyo': { [RULE(443)]: 202, [RULE(22)]: 200 },
      'azure/lab': { [RULE(80)]: 200 },
    });
    expect(rulesSection(lock)).toContain(`  azure/lab-2: { ${RULE(80)}: 200 }\n`);
  });

  test('can have the longest name that there is, and the lock is read again', () => {
    const long = 'e'.repeat(32);
    const { lock } = planned(
      catalog(network(long, 21, [22])),
      catalog(network('tokyo', 21, [22], `formerly: ${long}, `)),
      catalog(network('tokyo', 21, [22], `formerly: ${long}, `), network(long, 22, [80])),
    );
    expect(lockFrom(lock).rules[`azure/${long}-2`]).toEqual({ [RULE(80)]: 200 });
  });
});

describe('a destroyed network', () => {
  test('loses its rules with its stack, and the others keep theirs', () => {
    const lock = lockFrom(lockOf('  azure/lab: { a: 200 }\n  azure/lab2: { a: 201 }\n', 'lab', 'lab2'));
    const without = withoutStacks(lock, 'dev', ['dev-azure-lab']);
    expect(Object.keys(without.stacks)).toEqual(['dev-azure-lab2']);
    expect(without.rules).toEqual({ 'azure/lab2': { a: 201 } });
    expect(withoutStacks(lock, 'dev', [])).toBe(lock);
  });

  test('loses them after a rename too, and a new one of its old name keeps its own', () => {
    const renamed = network('tokyo', 21, [22], 'formerly: lab, ');
    const { lock } = planned(
      catalog(network('lab', 21, [22])),
      catalog(renamed),
      catalog(renamed, network('lab', 22, [80])),
    );
    const left = withoutStacks(lockFrom(lock), 'dev', ['dev-azure-lab']);
    expect(Object.keys(left.stacks)).toEqual(['dev-azure-lab-2']);
    expect(left.rules).toEqual({ 'azure/lab-2': { [RULE(80)]: 200 } });
  });

  test('begins anew when it is made again', () => {
    const { lock } = planned(catalog(network('lab', 21, [22, 80])), catalog(network('lab', 21, [80])));
    const left = formatLock(withoutStacks(lockFrom(lock), 'dev', ['dev-azure-lab']));
    expect(priorities(loadedWith(catalog(network('lab', 21, [80])), left))).toEqual({
      'azure/lab': { [RULE(80)]: 200 },
    });
  });
});

test('the rules of the second of two locks win, network by network', () => {
  const [one, two] = [
    lockFrom(lockOf('  azure/lab: { a: 200, b: 201 }\n  azure/east: { a: 200 }\n')),
    lockFrom(lockOf('  azure/lab: { a: 300 }\n')),
  ];
  expect(mergeLocks(one, two).rules).toEqual({ 'azure/lab': { a: 300 }, 'azure/east': { a: 200 } });
});
