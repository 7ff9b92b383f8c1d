import { isKnown, isObject, type ObjectValue, UNKNOWN, unordered, type Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

type Tags = Readonly<Record<string, string>>;

/** What a provider's configuration says about tags. */
export interface TagSettings {
  readonly defaultTags: Tags;
  readonly ignoredTags: { readonly keys: readonly string[]; readonly prefixes: readonly string[] };
}

/** Of a provider whose resources have none. */
export const NO_TAGS: TagSettings = { defaultTags: {}, ignoredTags: { keys: [], prefixes: [] } };

function tagsOf(value: Value | undefined): Record<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

export function isTagged(type: ResourceType): boolean {
  return type.schema.block.attributes?.tags_all !== undefined;
}

function isIgnored(key: string, connection: TagSettings): boolean {
  const { keys, prefixes } = connection.ignoredTags;
  return keys.includes(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

function merged(own: Tags, connection: TagSettings): Tags {
  const all = Object.entries({ ...connection.defaultTags, ...own });
  return Object.fromEntries(all.filter(([key]) => !isIgnored(key, connection)));
}

/** `tags` as the legacy SDK plans them: one unknown value makes all unknown, null ones are dropped, none is null. */
function legacyTags(configured: Value, prior: ObjectValue | null): Value {
  if (!isKnown(configured)) return UNKNOWN;
  const own = tagsOf(configured);
  if (Object.keys(own).length > 0) return own;
  return isObject(prior?.tags) ? {} : null;
}

/**
 * The planned `tags` and `tags_all`: the provider's default tags with the resource's own on top, less those that it ignores.
 *
 * The legacy SDK leaves `tags_all` unknown where there are no tags at all or an empty value, the newer framework
 * says so at once. Where neither side has any tags now, the legacy SDK goes by what the state has.
 */
export function plannedTags(
  type: ResourceType,
  planned: ObjectValue,
  prior: ObjectValue | null,
  connection: TagSettings,
): ObjectValue {
  const configured = planned.tags ?? null;
  const legacy = type.behaviour.legacy === true;
  const tags = legacy ? legacyTags(configured, prior) : configured;
  if (!isKnown(configured)) return { tags, tags_all: UNKNOWN };
  const own = tagsOf(configured);
  const all = merged(own, connection);
  if (legacy && Object.values(own).includes('')) return { tags, tags_all: UNKNOWN };
  if (Object.keys(all).length > 0 || !legacy) return { tags, tags_all: all };
  const before = prior?.tags_all ?? null;
  if (!isObject(before)) return { tags, tags_all: UNKNOWN };
  const hadOwn = Object.keys(tagsOf(prior?.tags)).length > 0;
  return { tags, tags_all: hadOwn ? {} : before };
}

/** The tags that a new object gets, once everything is known. */
export function appliedTagsAll(planned: ObjectValue, connection: TagSettings): Tags {
  return merged(tagsOf(planned.tags), connection);
}

/** The `tags` and `tags_all` of a state, from the tags of the object: default tags show in `tags_all` only. */
export function readTags(
  object: ObjectValue,
  prior: ObjectValue | null,
  connection: TagSettings,
): ObjectValue {
  const all = Object.fromEntries(
    Object.entries(tagsOf(object.tags_all)).filter(([key]) => !isIgnored(key, connection)),
  );
  const before = prior?.tags ?? null;
  const own = Object.fromEntries(
    Object.entries(all).filter(
      ([key, value]) => connection.defaultTags[key] !== value || key in tagsOf(before),
    ),
  );
  const same = unordered(own) === unordered(tagsOf(before));
  return { tags: same ? before : own, tags_all: all };
}
