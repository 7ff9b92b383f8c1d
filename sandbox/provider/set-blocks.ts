import { isList, isObject, Unknown, unordered, type Value } from '../protocol/values';

/** A value without what the legacy SDK does not distinguish from nothing; undefined if nothing is left. */
function bare(value: Value): Value | undefined {
  if (value === null || value === '' || value === 0 || value === false) return undefined;
  if (isList(value)) {
    // A block in which nothing is set is there nevertheless.
    const members = value.flatMap((member) => bare(member) ?? (isObject(member) ? {} : []));
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

/** Whether a planned element means the same as one of the state: what is unknown of it may be anything. */
function isSame(planned: Value, before: Value): boolean {
  if (!isObject(planned) || !isObject(before)) return meaning(planned) === meaning(before);
  const known = ([name]: readonly [string, Value]) => !(planned[name] instanceof Unknown);
  const [one, other] = [planned, before].map((element) =>
    Object.fromEntries(Object.entries(element).filter(known)),
  );
  return meaning(one ?? null) === meaning(other ?? null);
}

/** The elements of a set, with those of the state in place of the planned ones that mean the same. */
export function withPriorElements(planned: readonly Value[], prior: Value): readonly Value[] {
  const left = isList(prior) ? [...prior] : [];
  return planned.map((element) => {
    const index = left.findIndex((before) => isSame(element, before));
    return index === -1 ? element : (left.splice(index, 1)[0] ?? element);
  });
}
