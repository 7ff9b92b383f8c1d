import { existsSync } from 'node:fs';
import { Cidr } from '../../model/net/cidr';
import type { BackendType } from '../ground/catalog';
import type { Loaded } from '../ground/loaded';
import type { Allocation, Lock, LockedUnit } from '../ground/lock';
import { EMPTY_LOCK } from '../ground/lock';
import { compareTexts, ProblemList } from '../ground/problem-list';
import type { Unit } from '../ground/units';
import { Section } from '../shape/section';
import { readText } from '../source/file';
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
 * @param environment whose it is: a unit of another one in it would be destroyed as if it had left the catalog
 */
export function readLockInto(file: string, problems: ProblemList, environment?: string): Lock {
  if (!existsSync(file)) return EMPTY_LOCK;
  const text = readText(file, problems);
  const root = text === undefined ? undefined : parseSource(file, text, problems);
  const section = root && Section.read(root, [], LOCK, problems);
  if (!section) return EMPTY_LOCK;
  if (environment !== undefined) checkOwners(section, environment, problems);
  return { units: readUnits(section, problems), tunnels: readTunnels(section) };
}

function checkOwners(section: Section, environment: string, problems: ProblemList): void {
  for (const id of Object.keys(section.section('units')?.values ?? {})) {
    if (id.startsWith(`${environment}-`)) continue;
    const message = `must be a unit of ${environment}, whose lock this is, got "${id}"`;
    const mend = `units of ${environment} are named ${environment}-aws-<entry> or ${environment}-vault; move it to the lock that it belongs to`;
    problems.error('foreign-unit', ['units', id], message, section.keyAt('units', id), mend);
  }
}

function readUnits(section: Section, problems: ProblemList): Lock['units'] {
  const units = section.section('units');
  const locked = Object.keys(units?.values ?? {}).flatMap((id): [string, LockedUnit][] => {
    const unit = units?.section(id);
    const read = unit && readUnit(unit, problems);
    return read ? [[id, read]] : [];
  });
  return Object.fromEntries(locked);
}

function readUnit(unit: Section, problems: ProblemList): LockedUnit | undefined {
  const [kind, provider, backend] = [unit.text('kind'), unit.text('provider'), unit.text('backend')];
  if (kind === undefined || provider === undefined || backend === undefined) return undefined;
  const needed = kind === 'vault' ? 'address' : 'region';
  const place = unit.text(needed);
  if (place === undefined) {
    if (unit.has(needed)) return undefined;
    const message = `key "${needed}" is missing: where the unit's resources are`;
    return problems.error('missing-key', unit.path, message, unit.keyAt());
  }
  const state = { backend: backend as BackendType };
  if (kind !== 'vault') return { kind: 'aws-network', provider, region: place, ...state };
  const namespace = unit.text('namespace');
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

/** One lock over another: the units and tunnels of the second win. */
export function mergeLocks(lock: Lock, additions: Lock): Lock {
  return {
    units: { ...lock.units, ...additions.units },
    tunnels: { ...lock.tunnels, ...additions.tunnels },
  };
}

/** The lock with every live unit and allocation in it, and whether that is more than it held. Gone units are kept. */
export function lockAdditionsOf(loaded: Loaded): { readonly changed: boolean; readonly lock: Lock } {
  const live = loaded.units
    .filter((unit) => !unit.gone)
    .map((unit): [string, LockedUnit] => [unit.id, lockedUnit(unit)]);
  const lock = mergeLocks(loaded.lock, {
    units: Object.fromEntries(live),
    tunnels: Object.fromEntries(loaded.allocations),
  });
  return { changed: formatLock(lock) !== formatLock(loaded.lock), lock };
}

function lockedUnit(unit: Unit): LockedUnit {
  const backend = unit.backend.type;
  if (unit.kind === 'aws-network') {
    return { kind: unit.kind, provider: unit.provider, region: unit.region, backend };
  }
  const { kind, provider, address, namespace } = unit;
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

/** The lock without units whose resources are destroyed, and without their tunnels. */
export function withoutUnits(lock: Lock, ids: readonly string[]): Lock {
  const dropped = new Set(ids);
  const networks = new Set(ids.map(networkKeyOf));
  return {
    units: Object.fromEntries(Object.entries(lock.units).filter(([id]) => !dropped.has(id))),
    tunnels: Object.fromEntries(Object.entries(lock.tunnels).filter(([key]) => !networks.has(key))),
  };
}

/** `dev-aws-a_b` → `aws/a_b`: an environment's name holds no hyphen, nor does a provider that is built. */
function networkKeyOf(id: string): string {
  const [, provider = '', ...entry] = id.split('-');
  return `${provider}/${entry.join('-')}`;
}

const HEADER = `# What must not move when the catalog changes: units whose states exist, and what their tunnels were given.
# Written by kakehashi; commit it with the catalog.
`;

/** A lock as the text of its file: sorted, the same bytes for the same lock. */
export function formatLock(lock: Lock): string {
  const sorted = <T>(record: { readonly [key: string]: T }): [string, T][] =>
    Object.entries(record).sort(([a], [b]) => compareTexts(a, b));
  const units = sorted(lock.units).map(([id, unit]) => {
    const { kind, provider, backend } = unit;
    return `  ${id}: { kind: ${kind}, provider: ${provider}, ${placeOf(unit)}, backend: ${backend} }\n`;
  });
  const tunnels = sorted(lock.tunnels).map(([key, { insideCidrs, interfaces, presharedKeys }]) => {
    const kept = presharedKeys === undefined ? '' : `, preshared_keys: '${presharedKeys}'`;
    return `  ${key}: { inside_cidrs: [${insideCidrs.join(', ')}], interfaces: [${interfaces.join(', ')}]${kept} }\n`;
  });
  const section = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? `${name}: {}\n` : `${name}:\n${lines.join('')}`;
  return `${HEADER}version: 1\n${section('units', units)}${section('tunnels', tunnels)}`;
}

function placeOf(unit: LockedUnit): string {
  if (unit.kind === 'aws-network') return `region: ${unit.region}`;
  // Quoted: an IPv6 address has brackets, and a namespace may look like a number.
  return `address: '${unit.address}'${unit.namespace === undefined ? '' : `, namespace: '${unit.namespace}'`}`;
}
