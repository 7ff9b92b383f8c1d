import type { PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, unordered, type Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

/** A value without what the legacy SDK does not distinguish from nothing; undefined if nothing is left. */
function bare(value: Value): Value | undefined {
  if (value === null || value === '' || value === 0 || value === false) return undefined;
  if (isList(value)) {
    const members = value.flatMap((member) => bare(member) ?? []);
    return members.length === 0 ? undefined : members;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const left = bare(member);
    return left === undefined ? [] : [[name, left] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** A text that two values share if they mean the same to the legacy SDK, which knows no null, and no order in sets. */
export function meaning(value: Value): string {
  return unordered(bare(value) ?? null);
}

/** The elements of a set, with those of the state in place of the planned ones that mean the same. */
export function withPriorElements(planned: readonly Value[], prior: Value): readonly Value[] {
  const left = isList(prior) ? [...prior] : [];
  return planned.map((element) => {
    const index = left.findIndex((before) => meaning(before) === meaning(element));
    return index === -1 ? element : (left.splice(index, 1)[0] ?? element);
  });
}

/** The elements of a list that another one does not have. */
function withoutThose(elements: readonly Value[], others: readonly Value[]): readonly Value[] {
  const known = new Set(others.map(meaning));
  return elements.filter((element) => !known.has(meaning(element)));
}

/** Whether an element of a set has a member, which may be that of a block in it. */
function has(element: Value, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return bare(element) !== undefined;
  if (isList(element)) return element.some((member) => has(member, [name, ...rest]));
  return isObject(element) && has(element[name] ?? null, rest);
}

/** The blocks in sets whose change replaces the object. Their elements have no positions: the block alone is named. */
export function replacedSetBlocks(
  { further }: ResourceType,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly (readonly PathStep[])[] {
  const blocks = Object.entries(further.replacingBlocks ?? {}).filter(([name, members]) => {
    const [before, after] = [prior[name] ?? null, planned[name] ?? null];
    if (!isList(after)) return false;
    const had = isList(before) ? before : [];
    const changed = [...withoutThose(had, after), ...withoutThose(after, had)];
    if (changed.length === 0) return false;
    return (
      had.length !== after.length ||
      changed.some((element) => members.some((member) => has(element, member.split('.'))))
    );
  });
  return blocks.map(([name]) => [name]);
}
