import { canonicalJson } from './canonical';
import type { NormalAttribute, NormalChange, NormalOutput, NormalPlan } from './normal-plan';

/** One place at which two plans differ. */
export interface PlanDifference {
  /** A resource's address, or `output.<name>`. */
  readonly address: string;
  /** The attribute. @default - the change as a whole, for instance one that only one plan has */
  readonly attribute?: string;
  /** What each plan says, in a few words, masked. */
  readonly reviewed: string;
  readonly now: string;
}

/** What a plan says of a resource that only the other one changes. */
export const NOTHING = 'nothing';

/** Where the meaning of two plans differs, by address; none where their digests are equal. */
export function planDifferences(reviewed: NormalPlan, now: NormalPlan): readonly PlanDifference[] {
  const [a, b] = [changesByKey(reviewed), changesByKey(now)];
  const keys = [...new Set([...a.keys(), ...b.keys()])].sort();
  return [
    ...keys.flatMap((key) => changeDifferences(a.get(key), b.get(key))),
    ...outputDifferences(reviewed.outputs, now.outputs),
  ];
}

/** By address; a deposed object and its successor have the same one. */
function changesByKey({ changes }: NormalPlan): ReadonlyMap<string, NormalChange> {
  const found = new Map<string, NormalChange>();
  for (const change of changes) {
    const key = found.has(change.address) ? `${change.address} ${change.action}` : change.address;
    found.set(key, change);
  }
  return found;
}

function changeDifferences(
  reviewed: NormalChange | undefined,
  now: NormalChange | undefined,
): readonly PlanDifference[] {
  const address = (reviewed ?? now)?.address ?? '';
  if (reviewed === undefined || now === undefined)
    return [{ address, reviewed: changeText(reviewed), now: changeText(now) }];
  const whole = HEAD_KEYS.flatMap((key) => {
    const [was, is] = [headText(reviewed[key]), headText(now[key])];
    return was === is ? [] : [{ address, attribute: `(${HEAD_WORDS[key]})`, reviewed: was, now: is }];
  });
  if (whole.some(({ attribute }) => attribute === '(action)'))
    return [{ address, reviewed: reviewed.action, now: now.action }];
  const [a, b] = [byName(reviewed.attributes), byName(now.attributes)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return [
    ...whole,
    ...names.flatMap((name) => {
      const [was, is] = [a.get(name), b.get(name)];
      if (canonicalJson(was ?? null) === canonicalJson(is ?? null)) return [];
      return valueDifferences(was, is, name).map((one) => ({ address, ...one }));
    }),
  ];
}

/** A change that only one plan has: of one that keeps the object, with the attributes that it changes. */
function changeText(change: NormalChange | undefined): string {
  if (change === undefined) return NOTHING;
  const { action, attributes } = change;
  if (action !== 'update' || attributes.length === 0) return action;
  return cut(`${action}: ${attributes.map((one) => `${one.name} ${wholeText(one)}`).join('; ')}`, 0);
}

const HEAD_KEYS = ['action', 'type', 'reason', 'from', 'imports', 'replacedBy'] as const;
const HEAD_WORDS = {
  action: 'action',
  type: 'type',
  reason: "Terraform's reason",
  from: 'former address',
  imports: 'imported id',
  replacedBy: 'what forces the replacement',
} as const;

function headText(value: string | readonly string[] | undefined): string {
  if (value === undefined || value.length === 0) return NOTHING;
  return typeof value === 'string' ? value : value.join(', ');
}

function outputDifferences(
  reviewed: readonly NormalOutput[],
  now: readonly NormalOutput[],
): readonly PlanDifference[] {
  const [a, b] = [byName(reviewed), byName(now)];
  return [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((name) => {
    const [was, is] = [a.get(name), b.get(name)];
    if (canonicalJson(was ?? null) === canonicalJson(is ?? null)) return [];
    return valueDifferences(was, is).map((one) => ({ address: `output.${name}`, ...one }));
  });
}

function byName<T extends NormalAttribute>(values: readonly T[]): ReadonlyMap<string, T> {
  return new Map(values.map((one) => [one.name, one]));
}

/** The differences of one value: of the new ones, at the keys of maps that differ, where the old ones are equal. */
function valueDifferences(
  reviewed: NormalAttribute | undefined,
  now: NormalAttribute | undefined,
  name?: string,
): readonly Omit<PlanDifference, 'address'>[] {
  const [was, is] = [reviewed?.after, now?.after];
  const sameBefore = canonicalJson(reviewed?.before ?? null) === canonicalJson(now?.before ?? null);
  if (!sameBefore || !isMap(was) || !isMap(is))
    return [{ ...(name === undefined ? {} : { attribute: name }), ...valueTexts(reviewed, now) }];
  return leaves(was, is, name === undefined ? [] : [name]).map(({ path, a, b }) => ({
    attribute: path.join('.'),
    ...valueTexts({ name: '', after: a }, { name: '', after: b }),
  }));
}

interface Leaf {
  readonly path: readonly string[];
  readonly a: unknown;
  readonly b: unknown;
}

/** Where two maps differ, as deep as both have maps. */
function leaves(a: Fields, b: Fields, path: readonly string[]): readonly Leaf[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [a[name], b[name]];
    if (canonicalJson(was ?? null) === canonicalJson(is ?? null)) return [];
    const at = [...path, name];
    return isMap(was) && isMap(is) ? leaves(was, is, at) : [{ path: at, a: was, b: is }];
  });
}

type Fields = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What both plans do with one value: `10.0.0.0/16 → 10.1.0.0/16`; without an old value the new one alone. */
function valueTexts(
  reviewed: NormalAttribute | undefined,
  now: NormalAttribute | undefined,
): Pick<PlanDifference, 'reviewed' | 'now'> {
  const [a, b] = [wholeText(reviewed), wholeText(now)];
  const skipped = Math.max(
    0,
    Math.min(firstDifference(a, b) - CONTEXT, Math.max(a.length, b.length) - LONGEST),
  );
  return { reviewed: cut(a, skipped), now: cut(b, skipped) };
}

function wholeText(values: NormalAttribute | undefined): string {
  if (values === undefined) return 'no change';
  const { before, after } = values;
  if (before === undefined && after === undefined)
    return values.name === '' ? NOTHING : 'a change that is not shown';
  if (before === undefined) return valueText(after);
  return `${valueText(before)} → ${after === undefined ? NOTHING : valueText(after)}`;
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' && value !== '' ? value : canonicalJson(value ?? null);
  return text.replace(/\s+/g, ' ');
}

/** The number of characters of a value that are shown, and of those before the first one that differs. */
const LONGEST = 160;
const CONTEXT = 30;

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function cut(text: string, skipped: number): string {
  const shown = text.slice(skipped, skipped + LONGEST);
  return `${skipped > 0 ? '…' : ''}${shown}${skipped + LONGEST < text.length ? '…' : ''}`;
}
