import { compareTexts } from '../../base/text/compare-texts';
import type { Backend } from '../ground/backend';
import type { Network } from '../ground/network';
import type { NodeGroup } from '../ground/node-group';
import type { StackOf } from '../ground/stack';
import {
  KIND_NAMES,
  KINDS,
  type Kind,
  type Models,
  type PlaceOf,
  type Readings,
  type Stack,
} from '../kinds/registry';
import type { Catalog } from './catalog';
import type { EnvironmentDraft } from './draft';
import { aroundOf, type CommonAround } from './kind-checks';
import type { Lock, LockedStackOf } from './lock';

/** What the kinds give to a catalog, and its stacks. */
export interface Finished extends Pick<Catalog, 'networks' | 'groups' | 'credentials' | 'kinds'> {
  /** The live ones in the kinds' order, then the gone ones by id. */
  readonly stacks: readonly Stack[];
}

/** Finishes the parts of all kinds of a catalog in which no error was found. */
export function finishKinds(
  { readings, backend }: EnvironmentDraft,
  around: CommonAround,
  lock: Lock,
): Finished {
  const kinds: Models = {};
  const parts = KIND_NAMES.map((kind) => finishKind(kinds, readings, kind, around, lock, backend));
  const live = parts.flatMap(({ stacks }) => stacks);
  const ids = new Set(live.map(({ id }) => id));
  const gone = Object.entries(lock.stacks)
    .filter(([id]) => !ids.has(id))
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([id, locked]) => goneStack(id, locked, backend));
  const all = [...live, ...gone];
  return {
    kinds,
    networks: parts.flatMap(({ networks }) => networks),
    groups: parts.flatMap(({ groups }) => groups),
    credentials: Object.assign({}, ...parts.map(({ credentials }) => credentials)),
    stacks: [
      ...live.map((stack) => withHolders(stack, gone, all)),
      ...gone.map((stack) => ({ ...stack, requires: [...holdersOf(stack, all), ...servedBy(stack, all)] })),
    ],
  };
}

/** What one kind gives to a catalog. */
interface Part<K extends Kind> extends Pick<Catalog, 'credentials'> {
  readonly networks: readonly Network[];
  readonly groups: readonly NodeGroup[];
  readonly stacks: readonly Stack<K>[];
}

function finishKind<K extends Kind>(
  models: Models<K>,
  readings: Readings<K>,
  kind: K,
  around: CommonAround,
  lock: Lock,
  backend: Backend,
): Part<K> {
  const result = readings[kind]?.finish(aroundOf(kind, around, lock));
  if (result === undefined) return { networks: [], groups: [], stacks: [], credentials: {} };
  models[kind] = result.model;
  const stacks = result.stacks.map((stack) => ({ ...stack, kind, backend, gone: false }));
  const { networks, groups = [], credentials } = result;
  return { networks, groups, credentials, stacks };
}

function goneStack<K extends Kind>(
  id: string,
  locked: { [P in K]: LockedStackOf<P> }[K],
  backend: Backend,
): { [P in K]: StackOf<P, PlaceOf<P>> }[K] {
  const { kind, place }: LockedStackOf<K> = locked;
  return { id, kind, place, backend, members: [], requires: [], gone: true };
}

/** A stack of the catalog, with those that are gone and may still be on it, and those that it serves. */
function withHolders(stack: Stack, gone: readonly Stack[], all: readonly Stack[]): Stack {
  const destroyedAfter = [...holdersOf(stack, gone), ...servedBy(stack, all)];
  return destroyedAfter.length === 0 ? stack : { ...stack, destroyedAfter };
}

/** What holds on to what a gone stack made, or did: it is destroyed after them. */
function holdersOf({ kind }: Pick<Stack, 'kind'>, all: readonly Stack[]): readonly string[] {
  const { outlives = [] } = KINDS[kind];
  return all.filter((other) => outlives.includes(other.kind)).map(({ id }) => id);
}

/** The stacks of node groups, where they are ended with a stack's help. */
function servedBy({ kind }: Pick<Stack, 'kind'>, all: readonly Stack[]): readonly string[] {
  if (KINDS[kind].servesNodes !== true) return [];
  return all.filter((other) => KINDS[other.kind].groups !== undefined).map(({ id }) => id);
}
