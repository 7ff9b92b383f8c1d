import type { ProblemList } from '../ground/problem-list';
import type { StackOf } from '../ground/stack';
import { AWS_HUB } from './aws-hub/kind';
import { AWS_NETWORK } from './aws-network/kind';
import { AWS_NODES } from './aws-nodes/kind';
import { AZURE_NETWORK } from './azure-network/kind';
import { AZURE_NODES } from './azure-nodes/kind';
import { DOCKER_CONTROLLER } from './docker-controller/kind';
import { DOCKER_NODES } from './docker-nodes/kind';
import type { CreatedEntries, GroupsOf, KindReading, KindSource, ProviderSettings, StackKind } from './kind';
import { VAULT } from './vault/kind';

/**
 * Every kind of stack, in the order in which an environment's stacks come. A new kind is one line here, and one in each of
 * the registries of `stacks/kinds/` and `scripts/kinds/`.
 */
const REGISTERED = {
  vault: VAULT,
  'aws-hub': AWS_HUB,
  'aws-network': AWS_NETWORK,
  'azure-network': AZURE_NETWORK,
  'aws-nodes': AWS_NODES,
  'azure-nodes': AZURE_NODES,
  'docker-nodes': DOCKER_NODES,
  'docker-controller': DOCKER_CONTROLLER,
};

export type Kind = keyof typeof REGISTERED;

/** What a kind reads of a catalog, checked. */
export type ModelOf<K extends Kind> =
  (typeof REGISTERED)[K] extends StackKind<K, infer Model, infer _> ? Model : never;

/** Where the resources of a stack of a kind are. */
export type PlaceOf<K extends Kind> =
  (typeof REGISTERED)[K] extends StackKind<K, infer _, infer At> ? At : never;

export const KINDS: { readonly [K in Kind]: StackKind<K, ModelOf<K>, PlaceOf<K>> } = REGISTERED;

export const KIND_NAMES: readonly Kind[] = Object.values(KINDS).map(({ name }) => name);

export function isKind(text: string): text is Kind {
  return Object.hasOwn(KINDS, text);
}

/** One Terraform state. */
export type Stack<K extends Kind = Kind> = { [P in K]: StackOf<P, PlaceOf<P>> }[K];

/** What each kind reads of a catalog. */
export type Models<K extends Kind = Kind> = { [P in K]?: ModelOf<P> };

/** Each kind's part of a catalog, as far as it can be read. */
export type Readings<K extends Kind = Kind> = { [P in K]?: KindReading<ModelOf<P>, PlaceOf<P>> };

/** Reads the parts of all kinds. */
export function readKinds(sourceOf: (kind: Kind) => KindSource, problems: ProblemList): Readings {
  const readings: Readings = {};
  for (const kind of KIND_NAMES) readKind(readings, kind, sourceOf(kind), problems);
  return readings;
}

function readKind<K extends Kind>(
  readings: Readings<K>,
  kind: K,
  source: KindSource,
  problems: ProblemList,
): void {
  readings[kind] = KINDS[kind].read(source, problems);
}

/** The entries that kinds create, with their providers. */
export const CREATED_ENTRIES: readonly CreatedEntries[] = Object.values(KINDS).flatMap(
  ({ creates }) => creates ?? [],
);

/** The node groups that kinds make, with the providers in whose networks they are. */
export const GROUPS: readonly GroupsOf[] = Object.values<Pick<StackKind<Kind, unknown, unknown>, 'groups'>>(
  KINDS,
).flatMap(({ groups }) => groups ?? []);

/** The sections of `providers`, in the order of the kinds. */
export const PROVIDER_SETTINGS: readonly ProviderSettings[] = [
  ...CREATED_ENTRIES.map(({ provider, settingsName = provider, settings }) => ({
    name: settingsName,
    key: settings,
  })),
  ...GROUPS.flatMap(({ settings }) => settings ?? []),
];
