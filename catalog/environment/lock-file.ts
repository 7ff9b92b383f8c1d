import { existsSync } from 'node:fs';
import { nearest } from '../../base/text/nearest';
import { FLAVORS_VERSION } from '../../model/nodes/flavors';
import type { Allocation } from '../ground/allocation';
import { BACKEND_TYPES } from '../ground/backend';
import { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { LockedTunnels } from '../kinds/kind';
import { isKind, KIND_NAMES, KINDS, type Kind } from '../kinds/registry';
import { INSIDE_BLOCK, NAME } from '../shape/formats';
import { read, refusal } from '../shape/read';
import { SECRET_REFERENCE } from '../shape/reference-formats';
import { ANY, choice, list, map, named, optional, pattern, required, text, whole } from '../shape/shapes';
import { readText } from '../source/file';
import type { MapNode } from '../source/node';
import { parseSource } from '../source/parse';
import { Place } from '../source/place';
import { EMPTY_LOCK, type Lock, type LockedStack, type LockedStackOf } from './lock';

const STACK_ID = pattern("a stack's id like dev-aws-default", '^[a-zA-Z0-9_-]{1,64}$');
const ENTRY_KEY = pattern("an entry's key like aws/default", '^[a-z]+(/[a-zA-Z0-9_.-]+)+$');
const BORN_NAME = pattern('a name', '^[a-zA-Z0-9_][a-zA-Z0-9_./-]{0,255}$');
const NETWORK_KEY = pattern(
  "a network's key like aws/default, or aws/default@east for one of two gateways",
  '^[a-z]+/[a-zA-Z][a-zA-Z0-9_-]{0,31}(@[a-z][a-z0-9-]{0,26})?$',
);

const RULE_KEY = pattern("a rule's key like tcp-22-from-10_0_2_0-24", '^[a-zA-Z0-9_-]{1,160}$');

/** A cloud has at most this many tunnels in a connection, or blocks for them. */
const MOST_TUNNELS = 16;

const tunnelsShape = ({ insideCidrs, interfaces }: LockedTunnels) =>
  map({
    inside_cidrs: required(insideCidrs, 'the blocks inside the tunnels'),
    interfaces: required(interfaces, 'one for each tunnel'),
    preshared_keys: optional(text(SECRET_REFERENCE), 'where its keys were stored'),
  });

/** The tunnels of a network whose kind does not say what they must be. */
const ANY_TUNNELS = tunnelsShape({
  insideCidrs: list(text(INSIDE_BLOCK), { min: 1, max: MOST_TUNNELS }),
  interfaces: list(whole(1, 65535), { min: 1, max: MOST_TUNNELS }),
});

/** The others, by what the key of the network begins with. */
const TUNNELS = new Map(
  Object.values(KINDS).flatMap(({ creates, lock: { tunnels } }) => {
    const of = tunnels?.of ?? creates?.provider;
    return tunnels === undefined || of === undefined ? [] : [[of, tunnelsShape(tunnels)] as const];
  }),
);

/** The name at its birth of a network, which may be longer than that of any entry: `default-2`. */
const BORN_NETWORK_KEY = pattern("a network's key like aws/default", '^[a-z]+/[a-zA-Z][a-zA-Z0-9_-]{0,63}$');

/** The last priority, 4096, is that of the rule which denies all else. */
const PRIORITIES = named(RULE_KEY, whole(100, 4095), { mayBeEmpty: true });

/** `catalog/<env>.lock.yml`; the keys of a stack follow from its kind. */
const LOCK = map({
  version: required(choice(1), 'Version of the lock file: 1'),
  stacks: optional(named(STACK_ID, ANY, { mayBeEmpty: true }), 'Its stacks, by id'),
  tunnels: optional(
    named(NETWORK_KEY, ANY, { mayBeEmpty: true }),
    'What each VPN connection was given at its gateway',
  ),
  rules: optional(
    named(BORN_NETWORK_KEY, PRIORITIES, { mayBeEmpty: true }),
    'Priorities of the rules of networks whose cloud orders them by numbers',
  ),
  flavors: optional(
    map({ version: required(choice(FLAVORS_VERSION), 'Version of the tables of flavors') }),
    'From which tables the sizes of nodes are',
  ),
});

/**
 * Reads a lock file; one that does not exist is empty.
 *
 * @throws {@link CatalogError} with every problem of the file
 */
export function readLock(file: string): Lock {
  const problems = new ProblemList();
  const lock = readLockInto(file, problems);
  problems.throwErrors([file]);
  return lock;
}

/**
 * Reads a lock file and reports into a list; what is broken is left out.
 *
 * @param environment whose it is: a stack of another one in it would be destroyed as if it had left the catalog
 */
export function readLockInto(file: string, problems: ProblemList, environment?: string): Lock {
  if (!existsSync(file)) return EMPTY_LOCK;
  const content = readText(file, problems);
  const parsed = content === undefined ? undefined : parseSource(file, content, problems);
  if (!parsed) return EMPTY_LOCK;
  const root = Place.root(withCurrentNames(parsed, problems));
  const { draft } = read(root, LOCK, problems);
  if (environment !== undefined) checkOwners(root.below('stacks'), environment, problems);
  const stacks = root.below('stacks');
  const locked = readStacks(stacks, problems);
  checkEntries(stacks, locked, problems);
  return {
    stacks: locked,
    tunnels: readTunnels(root.below('tunnels'), problems),
    rules: readRules(root.below('rules'), problems),
    ...flavorsOf(draft?.flavors?.version),
    damaged: damaged(stacks, locked),
  };
}

/** Whether a lock file still calls its stacks units, as the version before did. */
export function hasFormerNames(content: string): boolean {
  return parseSource('', content, new ProblemList())?.keys.has('units') ?? false;
}

/** Stacks were called units before: such a lock is read, and written anew by the next plan. */
function withCurrentNames(root: MapNode, problems: ProblemList): MapNode {
  const name = root.keys.has('units') ? 'units' : misspelt(root);
  const former = name === undefined ? undefined : root.keys.get(name);
  if (name === undefined || former === undefined) return root;
  if (name !== 'units') {
    const statement = { must: `unknown key ${quoted(name)}`, suggestion: 'stacks' };
    problems.error('unknown-key', { path: [], position: former.position }, statement);
  }
  const keys = new Map(root.keys);
  keys.delete(name);
  if (keys.has('stacks')) {
    const message = 'units is the former name of stacks, and both are there';
    const where = { path: [], position: former.position };
    problems.error('duplicate-key', where, message, 'put the lines of units under stacks');
  } else keys.set('stacks', { ...former, name: 'stacks' });
  return { ...root, keys };
}

/** A key that is near to the former name of stacks, and to none of the current names. */
function misspelt(root: MapNode): string | undefined {
  const current = Object.keys(LOCK.keys);
  return [...root.keys.keys()].find(
    (name) =>
      !current.includes(name) &&
      nearest(name, current) === undefined &&
      nearest(name, ['units']) !== undefined,
  );
}

function checkOwners(stacks: Place, environment: string, problems: ProblemList): void {
  const forms = [...new Set(Object.values(KINDS).map(({ lock }) => lock.idPattern(environment)))];
  const names = forms.reverse().join(' or ');
  for (const id of stacks.names.filter(
    (name) => !name.startsWith(`${environment}-`) && !refusal(name, STACK_ID),
  )) {
    problems.error(
      'foreign-stack',
      stacks.keyAt(id),
      { must: `must be a stack of ${environment}, whose lock this is`, got: `"${id}"` },
      `stacks of ${environment} are named ${names}`,
      'move it to the lock that it belongs to',
    );
  }
}

function readStacks(stacks: Place, problems: ProblemList): Lock['stacks'] {
  const locked = stacks.names.flatMap((id): [string, LockedStack][] => {
    const stack = readStack(stacks.below(id), problems);
    return stack ? [[id, stack]] : [];
  });
  return Object.fromEntries(locked);
}

/** Reports an entry that two stacks name. */
function checkEntries(stacks: Place, locked: Lock['stacks'], problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const [id, { entry }] of Object.entries(locked)) {
    if (entry === undefined) continue;
    const other = seen.get(entry);
    const message = `${entry} is the entry of ${other} already`;
    const fix = 'restore the lock file from version control';
    if (other !== undefined) problems.error('lock-clash', stacks.at(id, 'entry'), message, fix);
    seen.set(entry, id);
  }
}

/** The stacks of which something is broken, with their kinds. */
function damaged(stacks: Place, locked: Lock['stacks']): Lock['damaged'] {
  return Object.fromEntries(
    stacks.names.flatMap((id) => {
      const kind = stacks.below(id, 'kind').text;
      return kind !== undefined && isKind(kind) && locked[id] === undefined ? [[id, kind]] : [];
    }),
  );
}

function readStack(stack: Place, problems: ProblemList): LockedStack | undefined {
  const kind = stack.below('kind').text;
  if (kind !== undefined && isKind(kind)) return readStackOf(kind, stack, problems);
  // A kind that is not known is an error: it is never taken for another one, and its place is not judged as another one's.
  if (kind === undefined) read(stack, ANY_STACK, problems);
  else read(only(stack, Object.keys(STACK_KEYS)), map(STACK_KEYS), problems);
  return undefined;
}

function readStackOf<K extends Kind>(
  kind: K,
  stack: Place,
  problems: ProblemList,
): { [P in K]: LockedStackOf<P> }[K] | undefined {
  const { shape } = KINDS[kind].lock;
  const { draft } = read(stack, map({ ...shape.keys, ...STACK_KEYS }), problems);
  const { value: place } = read(only(stack, Object.keys(shape.keys)), shape, problems);
  if (draft?.backend === undefined || draft.provider === undefined || place === undefined) return undefined;
  const { entry, keys, formerly } = draft;
  return {
    kind,
    place,
    backend: draft.backend,
    ...(entry === undefined ? {} : { entry }),
    ...(keys === undefined ? {} : { keys }),
    ...(formerly === undefined ? {} : { formerly }),
  };
}

const STACK_KEYS = {
  kind: required(choice(...[...KIND_NAMES].sort()), 'kind of stack'),
  provider: required(text(NAME), 'provider'),
  backend: required(choice(...BACKEND_TYPES), 'where the state lies'),
  entry: optional(text(ENTRY_KEY), 'the key of its entry, where its id says another'),
  keys: optional(named(ENTRY_KEY, text(BORN_NAME)), 'the names at their birth of what was renamed, by key'),
  formerly: optional(
    named(ENTRY_KEY, text(BORN_NAME)),
    'the values of formerly that were carried out, by key',
  ),
};

/** A stack with the keys of all kinds. */
const ANY_STACK = map({
  ...Object.fromEntries(
    Object.values(KINDS)
      .flatMap(({ lock }) => Object.entries(lock.shape.keys))
      // Each kind has its own form of a region.
      .map(([name, { description }]) => [name, optional(ANY, description)]),
  ),
  ...STACK_KEYS,
});

/** A map with some of its keys. */
function only(place: Place, names: readonly string[]): Place {
  const { node } = place;
  if (node?.kind !== 'map') return place;
  return place.with({ ...node, keys: new Map([...node.keys].filter(([name]) => names.includes(name))) });
}

/** What the lock holds of connections; one that is broken is left out as a whole. */
function readTunnels(tunnels: Place, problems: ProblemList): Lock['tunnels'] {
  const locked = tunnels.names.flatMap((key): [string, Allocation][] => {
    const provider = key.slice(0, key.indexOf('/'));
    const { value } = read(tunnels.below(key), TUNNELS.get(provider) ?? ANY_TUNNELS, problems);
    if (value === undefined) return [];
    const { presharedKeys, ...allocation } = value;
    const kept = presharedKeys === undefined ? {} : { presharedKeys: presharedKeys.toString() };
    return [[key, { ...allocation, ...kept }]];
  });
  return Object.fromEntries(locked);
}

/** The priorities of rules, of which no two of a network may be the same. */
function readRules(rules: Place, problems: ProblemList): Lock['rules'] {
  const locked = rules.names.flatMap((network): [string, Lock['rules'][string]][] => {
    const { draft } = read(rules.below(network), PRIORITIES, new ProblemList());
    if (draft === undefined) return [];
    const seen = new Map<number, string>();
    for (const [rule, priority] of Object.entries(draft)) {
      const other = seen.get(priority);
      seen.set(priority, rule);
      if (other === undefined) continue;
      const message = `${priority} is the priority of ${other} already`;
      problems.error(
        'lock-clash',
        rules.at(network, rule),
        message,
        'restore the lock file from version control',
      );
    }
    return [[network, draft]];
  });
  return Object.fromEntries(locked);
}

function flavorsOf(version: number | undefined): Pick<Lock, 'flavors'> {
  return version === undefined ? {} : { flavors: version };
}

/** One lock over another: the stacks, tunnels and rules of the second win. */
export function mergeLocks(lock: Lock, additions: Lock): Lock {
  return {
    stacks: { ...lock.stacks, ...additions.stacks },
    tunnels: { ...lock.tunnels, ...additions.tunnels },
    rules: { ...lock.rules, ...additions.rules },
    ...flavorsOf(additions.flavors ?? lock.flavors),
    damaged: { ...lock.damaged, ...additions.damaged },
  };
}
