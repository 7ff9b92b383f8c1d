import { isKnown, isObject, type ObjectValue, UNKNOWN, unordered, type Value } from '../protocol/values';
import type { Connection } from './connection';
import type { ResourceType } from './resource-type';

type Tags = Readonly<Record<string, string>>;

function tagsOf(value: Value | undefined): Record<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

export function isTagged(type: ResourceType): boolean {
  return type.schema.block.attributes?.tags_all !== undefined;
}

function isIgnored(key: string, connection: Connection): boolean {
  const { keys, prefixes } = connection.ignoredTags;
  return keys.includes(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

/**
 * The planned `tags_all`: the provider's default tags with the resource's own on top.
 *
 * The legacy SDK leaves it unknown where there are no tags at all, the newer framework says so at once.
 */
export function plannedTagsAll(
  type: ResourceType,
  planned: ObjectValue,
  prior: ObjectValue | null,
  connection: Connection,
): Value {
  const own = planned.tags ?? null;
  if (!isKnown(own)) return UNKNOWN;
  const all = { ...connection.defaultTags, ...tagsOf(own) };
  if (Object.keys(all).length > 0) return all;
  if (type.behaviour.legacy !== true) return {};
  const before = prior?.tags_all ?? null;
  return prior !== null && isObject(before) && Object.keys(before).length === 0 ? before : UNKNOWN;
}

/** The tags that a new object gets, once everything is known. */
export function appliedTagsAll(planned: ObjectValue, connection: Connection): Tags {
  return { ...connection.defaultTags, ...tagsOf(planned.tags) };
}

/** The `tags` and `tags_all` of a state, from the tags of the object: default tags show in `tags_all` only. */
export function readTags(
  object: ObjectValue,
  prior: ObjectValue | null,
  connection: Connection,
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
