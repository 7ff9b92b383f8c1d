import type { AddressedResource } from '../../../terraform/plan/prior-resources';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import type { Unmanaged } from '../../kinds/drift';
import type { Relevance } from './relevance';
import type { DriftItem } from './report';
import { isNothing, meanSame } from './same-meaning';

/** An item before it is compared with the last report. */
export type FoundItem = Omit<DriftItem, 'state' | 'firstSeen'>;

export interface StackFacts {
  readonly stack: string;
  /** What Terraform found to differ, without secrets. */
  readonly drift: readonly ScrubbedChange[];
  /** The resources as the cloud has them now. */
  readonly resources: readonly AddressedResource[];
  readonly relevance: Relevance;
  /** Attributes that the cloud changes by itself, by type. */
  readonly telemetry: Readonly<Record<string, readonly string[]>>;
  /** Whether an object that is gone has ended as it was meant to. */
  readonly hasEnded: (address: string, type: string) => boolean;
  readonly who?: (object: Pick<AddressedResource, 'type' | 'values'>) => string | undefined;
}

/** All tags, and those of them that the provider's defaults do not explain. */
const ALL_TAGS = 'tags_all';

/** What of a stack differs from what was applied, as far as anything of ours depends on it. */
export function stackItems(facts: StackFacts): readonly FoundItem[] {
  return facts.drift.flatMap((change) => itemsOf(change, facts));
}

function itemsOf(change: ScrubbedChange, facts: StackFacts): readonly FoundItem[] {
  const { address, type, before, after } = change;
  const { stack, resources } = facts;
  const values = resources.find((one) => one.address === address)?.values ?? before;
  const id = typeof values.id === 'string' ? values.id : undefined;
  const who = facts.who?.({ type, values });
  const common = {
    stack,
    address,
    ...(id === undefined ? {} : { id }),
    ...(who === undefined ? {} : { who }),
  };
  if (change.actions.includes('delete'))
    return facts.hasEnded(address, type) ? [] : [{ ...common, what: 'deleted' }];
  const names = change.changed.filter((name) => isDrift(change, name, facts));
  // Tags are told once.
  const told = names.filter((name) => name !== 'tags' || !names.includes(ALL_TAGS));
  return told.map((name) => ({
    ...common,
    what: 'changed',
    attribute: name === ALL_TAGS ? 'tags' : name,
    before: before[name] ?? null,
    after: after[name] ?? null,
  }));
}

function isDrift(
  { address, type, before, after }: ScrubbedChange,
  name: string,
  { telemetry, relevance }: StackFacts,
): boolean {
  if (telemetry[type]?.includes(name)) return false;
  // Of tags the whole set counts: with other default tags alone, their own part looks changed.
  if (name === 'tags' && before[ALL_TAGS] !== undefined && meanSame(before[ALL_TAGS], after[ALL_TAGS]))
    return false;
  if (!relevance.isRelevant(address, name)) return false;
  const isMasked = before[name] === after[name];
  if (!isMasked && meanSame(before[name], after[name])) return false;
  // What the cloud fills in after it has made the object.
  return relevance.sets(address, name) || !isNothing(before[name]);
}

/** What is in our networks and nobody manages, as items. */
export function unmanagedItems(
  stack: string,
  found: readonly Unmanaged[],
  relevance: Relevance,
): readonly FoundItem[] {
  const isCompared = ({ in: place, listedIn }: Unmanaged) =>
    place !== undefined && listedIn !== undefined && relevance.sets(place, listedIn);
  const rest = found.filter((one) => !isCompared(one));
  return rest.map(({ what, id, in: place }) => ({
    stack,
    what: 'unmanaged',
    address: place ?? what,
    noun: what,
    id,
  }));
}

/**
 * Of what lies in a region and in no network in particular, each stack there is told: it is told once. What is another stack's own
 * object is managed, whatever tags it bears.
 */
export function toldOnce(items: readonly FoundItem[], ids: ReadonlySet<string>): readonly FoundItem[] {
  const told = new Set<string>();
  return items.filter(({ what, address, noun, id }) => {
    if (what !== 'unmanaged' || address !== noun || id === undefined) return true;
    const key = JSON.stringify([noun, id]);
    if (ids.has(id) || told.has(key)) return false;
    told.add(key);
    return true;
  });
}
