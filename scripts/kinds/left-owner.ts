import type { Attributes } from '../../terraform/state/state-file';

/** Tags that say whose an object is, and which one of them. */
const TELLING = /^(Name|kakehashi:.*)$/;

/** Whether an object bears the tags by which a plan tells it from others; also where the plan gives it none. */
export function bearsTags(found: Attributes, planned: Attributes): boolean {
  const has = tagsIn(found);
  return [...tagsIn(planned)].every(([key, value]) => !TELLING.test(key) || has.get(key) === value);
}

/** The tags of an object, in the forms of all clouds: AWS's `tags_all` and the `tag` blocks of an Auto Scaling group, else `tags`; labels of Docker. */
export function tagsIn(attributes: Attributes): ReadonlyMap<string, string> {
  const { tags_all: all, tags, tag: blocks, labels } = attributes;
  const found = new Map<string, string>();
  for (const map of [labels, tags, all])
    if (typeof map === 'object' && map !== null && !Array.isArray(map))
      for (const [key, value] of Object.entries(map)) if (typeof value === 'string') found.set(key, value);
  for (const list of [blocks, labels]) {
    if (!Array.isArray(list)) continue;
    for (const block of list) {
      if (typeof block !== 'object' || block === null) continue;
      const { key, label, value } = block as Attributes;
      const name = key ?? label;
      if (typeof name === 'string' && typeof value === 'string') found.set(name, value);
    }
  }
  return found;
}
