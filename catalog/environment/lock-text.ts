import { compareTexts } from '../../base/text/compare-texts';
import { FLAVORS_VERSION } from '../../model/nodes/flavors';
import type { Allocation } from '../ground/allocation';
import type { StackOf } from '../ground/stack';
import { KINDS, type Kind, type PlaceOf } from '../kinds/registry';
import type { Loaded } from './catalog';
import type { Lock, LockedStack, LockedStackOf, StackMemory } from './lock';

/** The lock with every live stack and allocation in it, and how it differs from what it was. Gone stacks are kept. */
export interface LockAdditions {
  readonly lock: Lock;
  /** Whether it holds anything else than before. */
  readonly changed: boolean;
  /** Whether it must be written: a name that may be forgotten, and a stack that was never applied, may stay in it. */
  readonly needed: boolean;
}

export function lockAdditionsOf(loaded: Loaded): LockAdditions {
  const { kept, identities } = loaded;
  const live = loaded.stacks
    .filter((stack) => !stack.gone)
    .map((stack): [string, LockedStack] => [
      stack.id,
      lockedStack(stack, identities.memory.get(stack.id) ?? {}),
    ]);
  const lock: Lock = {
    stacks: { ...kept.stacks, ...Object.fromEntries(live) },
    tunnels: { ...identities.tunnels, ...Object.fromEntries(loaded.allocations) },
    rules: { ...kept.rules, ...prioritiesOf(loaded) },
    ...flavorsOf(loaded),
    damaged: {},
  };
  return {
    lock,
    changed: formatLock(lock) !== formatLock(loaded.lock),
    needed: formatLock(essential(lock)) !== formatLock(essential(kept)),
  };
}

function prioritiesOf({ catalog }: Loaded): Lock['rules'] {
  return Object.fromEntries(
    catalog.networks.flatMap(({ identity, rulePriorities = {} }) =>
      Object.keys(rulePriorities).length === 0 ? [] : [[identity, rulePriorities] as const],
    ),
  );
}

function lockedStack<K extends Kind>(
  stack: { [P in K]: StackOf<P, PlaceOf<P>> }[K],
  memory: StackMemory,
): { [P in K]: LockedStackOf<P> }[K] {
  const { kind, place, backend }: StackOf<K, PlaceOf<K>> = stack;
  return { kind, place, backend: backend.type, ...memory };
}

/** A lock without what may be missing in it: names that may be forgotten, and the first version of the tables of flavors. */
function essential({ flavors, ...lock }: Lock): Lock {
  const stacks = Object.entries(lock.stacks).map(([id, stack]) => [id, { ...stack, formerly: {} }] as const);
  const isFirst = flavors === FIRST_FLAVORS || flavors === undefined;
  return { ...lock, stacks: Object.fromEntries(stacks), ...(isFirst ? {} : { flavors }) };
}

/** The tables of flavors that there were before locks noted their version. */
const FIRST_FLAVORS = 1;

/** The version that the lock has, as long as there are nodes whose sizes are from the tables; for the first of them, that of now. */
function flavorsOf({ kept, catalog }: Loaded): Pick<Lock, 'flavors'> {
  const hasSizes = catalog.groups.some(({ machine }) => machine !== undefined);
  return hasSizes ? { flavors: kept.flavors ?? FLAVORS_VERSION } : {};
}

/** The lock with a note that the keys of these networks of the catalog were stored in a folder of Vault. */
export function withStoredKeys(
  lock: Lock,
  { allocations }: Loaded,
  networks: readonly string[],
  folder: string,
): Lock {
  const noted = networks.flatMap((key): [string, Allocation][] => {
    const allocation = allocations.get(key);
    return allocation === undefined ? [] : [[key, { ...allocation, presharedKeys: folder }]];
  });
  return { ...lock, tunnels: { ...lock.tunnels, ...Object.fromEntries(noted) } };
}

const HEADER = `# What must not move when the catalog changes: its stacks, and what their tunnels were given.
# Written by kakehashi; commit it with the catalog.
`;

/** A lock as the text of its file: sorted, the same bytes for the same lock. */
export function formatLock(lock: Lock): string {
  const sorted = <T>(record: { readonly [key: string]: T }): [string, T][] =>
    Object.entries(record).sort(([a], [b]) => compareTexts(a, b));
  const stacks = sorted(lock.stacks).map(([id, stack]) => `  ${id}: ${stackText(stack)}\n`);
  const tunnels = sorted(lock.tunnels).map(([key, { insideCidrs, interfaces, presharedKeys }]) => {
    const kept = presharedKeys === undefined ? '' : `, preshared_keys: '${presharedKeys}'`;
    return `  ${key}: { inside_cidrs: [${insideCidrs.join(', ')}], interfaces: [${interfaces.join(', ')}]${kept} }\n`;
  });
  const section = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? `${name}: {}\n` : `${name}:\n${lines.join('')}`;
  const rules = sorted(lock.rules).map(([key, priorities]) => {
    const byPriority = Object.entries(priorities).sort(([, a], [, b]) => a - b);
    return `  ${key}: { ${byPriority.map(([rule, priority]) => `${rule}: ${priority}`).join(', ')} }\n`;
  });
  // Most locks have none: they stay as they are.
  const prioritized = rules.length === 0 ? '' : section('rules', rules);
  const flavors = lock.flavors === undefined ? '' : `flavors: { version: ${lock.flavors} }\n`;
  return `${HEADER}version: 1\n${section('stacks', stacks)}${section('tunnels', tunnels)}${prioritized}${flavors}`;
}

function stackText<K extends Kind>(stack: { [P in K]: LockedStackOf<P> }[K]): string {
  const { kind, place, backend }: LockedStackOf<K> = stack;
  const { provider, format } = KINDS[kind].lock;
  const entry = stack.entry === undefined ? '' : `, entry: ${stack.entry}`;
  const names = namesText('keys', stack.keys) + namesText('formerly', stack.formerly);
  return `{ kind: ${kind}, provider: ${provider}, ${format(place)}, backend: ${backend}${entry}${names} }`;
}

/** `, keys: { aws/tokyo: default }`; quoted where YAML would read something else than a text. */
function namesText(key: 'keys' | 'formerly', names: StackMemory['keys']): string {
  const sorted = Object.entries(names ?? {}).sort(([a], [b]) => compareTexts(a, b));
  if (sorted.length === 0) return '';
  const plain = (name: string): string =>
    /^[a-zA-Z][\w./-]*$/.test(name) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(name)
      ? name
      : `'${name}'`;
  return `, ${key}: { ${sorted.map(([label, name]) => `${label}: ${plain(name)}`).join(', ')} }`;
}
