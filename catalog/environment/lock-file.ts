import { existsSync } from 'node:fs';
import { compareTexts } from '../../base/text/compare-texts';
import { Cidr } from '../../model/net/cidr';
import type { BackendType } from '../ground/catalog';
import type { Loaded } from '../ground/loaded';
import type { Allocation, Lock, LockedStack } from '../ground/lock';
import { EMPTY_LOCK } from '../ground/lock';
import { ProblemList } from '../ground/problem-list';
import type { Stack } from '../ground/stacks';
import { Section } from '../shape/section';
import { readText } from '../source/file';
import type { MapNode } from '../source/node';
import { parseSource } from '../source/parse';
import { LOCK } from './lock-keys';

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
  const text = readText(file, problems);
  const parsed = text === undefined ? undefined : parseSource(file, text, problems);
  const root = parsed && withCurrentNames(parsed, problems);
  const section = root && Section.read(root, [], LOCK, problems);
  if (!section) return EMPTY_LOCK;
  if (environment !== undefined) checkOwners(section, environment, problems);
  return { stacks: readStacks(section, problems), tunnels: readTunnels(section) };
}

/** Stacks were called units before: such a lock is read, and written anew by the next plan. */
function withCurrentNames(root: MapNode, problems: ProblemList): MapNode {
  const former = root.keys.get('units');
  if (former === undefined) return root;
  const keys = new Map(root.keys);
  keys.delete('units');
  if (keys.has('stacks')) {
    const message = 'units is the former name of stacks, and both are there';
    problems.error('duplicate-key', [], message, former.position, 'put the lines of units under stacks');
  } else keys.set('stacks', { ...former, name: 'stacks' });
  return { ...root, keys };
}

function checkOwners(section: Section, environment: string, problems: ProblemList): void {
  for (const id of Object.keys(section.section('stacks')?.values ?? {})) {
    if (id.startsWith(`${environment}-`)) continue;
    const message = `must be a stack of ${environment}, whose lock this is, got "${id}"`;
    const mend = `stacks of ${environment} are named ${environment}-aws-<entry> or ${environment}-vault; move it to the lock that it belongs to`;
    problems.error('foreign-stack', ['stacks', id], message, section.keyAt('stacks', id), mend);
  }
}

function readStacks(section: Section, problems: ProblemList): Lock['stacks'] {
  const stacks = section.section('stacks');
  const locked = Object.keys(stacks?.values ?? {}).flatMap((id): [string, LockedStack][] => {
    const stack = stacks?.section(id);
    const read = stack && readStack(stack, problems);
    return read ? [[id, read]] : [];
  });
  return Object.fromEntries(locked);
}

function readStack(stack: Section, problems: ProblemList): LockedStack | undefined {
  const [kind, provider, backend] = [stack.text('kind'), stack.text('provider'), stack.text('backend')];
  if (kind === undefined || provider === undefined || backend === undefined) return undefined;
  const needed = kind === 'vault' ? 'address' : 'region';
  const place = stack.text(needed);
  if (place === undefined) {
    if (stack.has(needed)) return undefined;
    const message = `key "${needed}" is missing: where the stack's resources are`;
    return problems.error('missing-key', stack.path, message, stack.keyAt());
  }
  const state = { backend: backend as BackendType };
  if (kind !== 'vault') return { kind: 'aws-network', provider, region: place, ...state };
  const namespace = stack.text('namespace');
  return {
    kind: 'vault',
    provider: 'vault',
    address: place,
    ...(namespace === undefined ? {} : { namespace }),
    ...state,
  };
}

function readTunnels(section: Section): Lock['tunnels'] {
  const tunnels = section.section('tunnels');
  const locked = Object.keys(tunnels?.values ?? {}).flatMap((key): [string, Allocation][] => {
    const tunnel = tunnels?.section(key);
    const [first, second] = tunnel?.texts('inside_cidrs') ?? [];
    const numbers = tunnel?.values.interfaces;
    const [one, two] = Array.isArray(numbers) ? (numbers as readonly number[]) : [];
    if (first === undefined || second === undefined || one === undefined || two === undefined) return [];
    const presharedKeys = tunnel?.text('preshared_keys');
    const insideCidrs = [Cidr.parse(first), Cidr.parse(second)] as const;
    const kept = presharedKeys === undefined ? {} : { presharedKeys };
    return [[key, { insideCidrs, interfaces: [one, two], ...kept }]];
  });
  return Object.fromEntries(locked);
}

/** One lock over another: the stacks and tunnels of the second win. */
export function mergeLocks(lock: Lock, additions: Lock): Lock {
  return {
    stacks: { ...lock.stacks, ...additions.stacks },
    tunnels: { ...lock.tunnels, ...additions.tunnels },
  };
}

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
  const backend = stack.backend.type;
  if (stack.kind === 'aws-network') {
    return { kind: stack.kind, provider: stack.provider, region: stack.region, backend };
  }
  const { kind, provider, address, namespace } = stack;
  return { kind, provider, address, ...(namespace === undefined ? {} : { namespace }), backend };
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

/** The lock without stacks whose resources are destroyed, and without their tunnels. */
export function withoutStacks(lock: Lock, ids: readonly string[]): Lock {
  const dropped = new Set(ids);
  const networks = new Set(ids.map(networkKeyOf));
  return {
    stacks: Object.fromEntries(Object.entries(lock.stacks).filter(([id]) => !dropped.has(id))),
    tunnels: Object.fromEntries(Object.entries(lock.tunnels).filter(([key]) => !networks.has(key))),
  };
}

/** `dev-aws-a_b` → `aws/a_b`: an environment's name holds no hyphen, nor does a provider that is built. */
function networkKeyOf(id: string): string {
  const [, provider = '', ...entry] = id.split('-');
  return `${provider}/${entry.join('-')}`;
}

const HEADER = `# What must not move when the catalog changes: stacks whose states exist, and what their tunnels were given.
# Written by kakehashi; commit it with the catalog.
`;

/** A lock as the text of its file: sorted, the same bytes for the same lock. */
export function formatLock(lock: Lock): string {
  const sorted = <T>(record: { readonly [key: string]: T }): [string, T][] =>
    Object.entries(record).sort(([a], [b]) => compareTexts(a, b));
  const stacks = sorted(lock.stacks).map(([id, stack]) => {
    const { kind, provider, backend } = stack;
    return `  ${id}: { kind: ${kind}, provider: ${provider}, ${placeOf(stack)}, backend: ${backend} }\n`;
  });
  const tunnels = sorted(lock.tunnels).map(([key, { insideCidrs, interfaces, presharedKeys }]) => {
    const kept = presharedKeys === undefined ? '' : `, preshared_keys: '${presharedKeys}'`;
    return `  ${key}: { inside_cidrs: [${insideCidrs.join(', ')}], interfaces: [${interfaces.join(', ')}]${kept} }\n`;
  });
  const section = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? `${name}: {}\n` : `${name}:\n${lines.join('')}`;
  return `${HEADER}version: 1\n${section('stacks', stacks)}${section('tunnels', tunnels)}`;
}

function placeOf(stack: LockedStack): string {
  if (stack.kind === 'aws-network') return `region: ${stack.region}`;
  // Quoted: an IPv6 address has brackets, and a namespace may look like a number.
  return `address: '${stack.address}'${stack.namespace === undefined ? '' : `, namespace: '${stack.namespace}'`}`;
}
