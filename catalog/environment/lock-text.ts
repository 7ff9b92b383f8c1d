import { compareTexts } from '../../base/text/compare-texts';
import type { Allocation } from '../ground/allocation';
import { stackId } from '../ground/stack';
import { KINDS, type Kind, type Stack } from '../kinds/registry';
import type { Loaded } from './catalog';
import type { Lock, LockedStack, LockedStackOf } from './lock';
import { mergeLocks } from './lock-file';

/** The lock with every live stack and allocation in it, and whether that is more than it held. Gone stacks are kept. */
export function lockAdditionsOf(loaded: Loaded): { readonly changed: boolean; readonly lock: Lock } {
  const live = loaded.stacks
    .filter((stack) => !stack.gone)
    .map((stack): [string, LockedStack] => [stack.id, lockedStack(stack)]);
  const lock = mergeLocks(loaded.lock, {
    stacks: Object.fromEntries(live),
    tunnels: Object.fromEntries(loaded.allocations),
  });
  return { changed: formatLock(lock) !== formatLock(loaded.lock), lock };
}

function lockedStack(stack: Stack): LockedStack {
  return { ...stack, backend: stack.backend.type };
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

/** The lock of an environment without stacks whose resources are destroyed, and without their tunnels. */
export function withoutStacks(lock: Lock, environment: string, ids: readonly string[]): Lock {
  const dropped = new Set(ids);
  const isDropped = (network: string): boolean => dropped.has(stackId(environment, ...network.split('/')));
  return {
    stacks: Object.fromEntries(Object.entries(lock.stacks).filter(([id]) => !dropped.has(id))),
    tunnels: Object.fromEntries(Object.entries(lock.tunnels).filter(([network]) => !isDropped(network))),
  };
}

const HEADER = `# What must not move when the catalog changes: stacks whose states exist, and what their tunnels were given.
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
  return `${HEADER}version: 1\n${section('stacks', stacks)}${section('tunnels', tunnels)}`;
}

function stackText<K extends Kind>(stack: { [P in K]: LockedStackOf<P> }[K]): string {
  const { kind, place, backend }: LockedStackOf<K> = stack;
  const { provider, format } = KINDS[kind].lock;
  return `{ kind: ${kind}, provider: ${provider}, ${format(place)}, backend: ${backend} }`;
}
