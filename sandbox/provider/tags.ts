import { isKnown, isObject, type ObjectValue, UNKNOWN, unordered, type Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

type Tags = Readonly<Record<string, string>>;

/** The part of a provider's configuration that is about tags. */
export interface TagSettings {
  readonly defaultTags: Tags;
  readonly ignoredTags: { readonly keys: readonly string[]; readonly prefixes: readonly string[] };
}

/** The settings of a provider whose resources have no tags. */
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

/** `tags` as the legacy SDK plans them: unknown if one value is, without null values, and null if no tag is left. */
function legacyTags(configured: Value, prior: ObjectValue | null): Value {
  if (!isKnown(configured)) return UNKNOWN;
  const own = tagsOf(configured);
  if (Object.keys(own).length > 0) return own;
  return isObject(prior?.tags) ? {} : null;
}

/**
 * The planned `tags` and `tags_all`. `tags_all` are the provider's default tags and the resource's own, without ignored ones.
 *
 * The legacy SDK leaves `tags_all` unknown if there are no tags or one has an empty value, unless nothing changes and there are no
 * default tags; the newer framework plans the value.
 * If neither the provider nor the resource has tags now, the legacy SDK plans what the state has.
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
  if (legacy && Object.values(own).includes('')) {
    const isUnchanged = [prior?.tags, prior?.tags_all].every(
      (before) => unordered(before ?? null) === unordered(own),
    );
    return { tags, tags_all: isUnchanged ? own : UNKNOWN };
  }
  if (Object.keys(all).length > 0 || !legacy) return { tags, tags_all: all };
  const before = prior?.tags_all ?? null;
  if (!isObject(before)) return { tags, tags_all: UNKNOWN };
  const hadOwn = Object.keys(tagsOf(prior?.tags)).length > 0;
  return { tags, tags_all: hadOwn ? {} : before };
}

/** The tags of an object when everything is known, at apply. */
export function appliedTagsAll(planned: ObjectValue, connection: TagSettings): Tags {
  return merged(tagsOf(planned.tags), connection);
}

/** The `tags` and `tags_all` of a state, from the tags of the object. Default tags are in `tags_all` only. */
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
