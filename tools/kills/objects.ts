import path from 'node:path';
import { compareTexts } from '../../base/text/compare-texts';
import { listCreated } from '../../sandbox/store/creations';
import { listObjects } from '../../sandbox/store/objects';
import type { SandboxObject } from '../../sandbox/store/sandbox-object';

/** The objects of the simulated clouds: how many there are of each that has the same type, region and name. */
export type Census = ReadonlyMap<string, number>;

export function objectsFile(folder: string): string {
  return path.join(folder, 'sandbox.out/objects.jsonl');
}

export function censusOf(folder: string): Census {
  const census = new Map<string, number>();
  for (const object of listObjects(objectsFile(folder))) {
    const name = nameOf(object);
    census.set(name, (census.get(name) ?? 0) + 1);
  }
  return census;
}

/** How often each type was made for Terraform. */
export function createdTypes(folder: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { object } of listCreated(objectsFile(folder)))
    counts.set(object.type, (counts.get(object.type) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => compareTexts(a, b)));
}

/** Ids differ from run to run; what a name is made of does not. */
function nameOf({ type, region, attributes }: SandboxObject): string {
  const { tags_all: tags, name } = attributes;
  const tag =
    typeof tags === 'object' && tags !== null
      ? Object.entries(tags).find(([key]) => key === 'Name')
      : undefined;
  const shown = tag?.[1] ?? name;
  return [type, region, ...(typeof shown === 'string' ? [shown] : [])].join(' ');
}

export interface Difference {
  /** What there is more of than there should be. */
  readonly extra: readonly string[];
  readonly missing: readonly string[];
}

export function difference(found: Census, expected: Census): Difference {
  const beyond = (one: Census, other: Census) =>
    [...one].filter(([name, count]) => count > (other.get(name) ?? 0)).map(([name]) => name);
  return { extra: beyond(found, expected), missing: beyond(expected, found) };
}
