import { PENDING_TEXT } from '../../model/net/address';

/** An output before and after an apply. A value that the apply gives is {@link PENDING_TEXT}. */
export interface PlannedOutput {
  /** Absent for an output that did not exist, or whose values are not used. */
  readonly before?: unknown;
  /** Absent for an output that will not exist, or whose values are not used. */
  readonly after?: unknown;
  /** Its keys whose values differ or are not known yet, sorted; also those of a sensitive output, whose values are not here. */
  readonly changed: readonly string[];
}

/** The outputs whose values are used. Those of all others are dropped, also where nobody marked them as sensitive. */
const SHOWN: readonly string[] = ['catalog', 'tunnels', 'site', 'nodes', 'lease', 'controller'];

export type PlannedOutputs = Readonly<Record<string, PlannedOutput>>;

/**
 * The outputs of a plan, those that stay as they are included.
 *
 * @param changes - `output_changes` of `terraform show -json <plan>`, which holds secrets in clear text
 * @param learn - gets every value of a sensitive output
 */
export function plannedOutputs(changes: unknown, learn: (value: unknown) => void): PlannedOutputs {
  return Object.fromEntries(
    Object.entries(fieldsOf(changes)).map(([name, change]) => [
      name,
      plannedOutput(name, fieldsOf(change), learn),
    ]),
  );
}

function plannedOutput(name: string, change: Fields, learn: (value: unknown) => void): PlannedOutput {
  const before = change.before ?? undefined;
  const after = withPending(change.after, change.after_unknown) ?? undefined;
  const keys = new Set([...Object.keys(fieldsOf(before)), ...Object.keys(fieldsOf(after))]);
  const wholly = after === PENDING_TEXT;
  const changed = [...keys]
    .filter((key) => wholly || hasPending(fieldsOf(after)[key]) || differs(before, after, key))
    .sort();
  const isSensitive = holdsTrue(change.before_sensitive) || holdsTrue(change.after_sensitive);
  if (isSensitive) {
    learn(before);
    learn(change.after);
  }
  if (isSensitive || !SHOWN.includes(name)) return { changed };
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    changed,
  };
}

/** A planned value with {@link PENDING_TEXT} wherever Terraform does not know it yet. */
export function withPending(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return PENDING_TEXT;
  if (typeof unknown !== 'object' || unknown === null) return value;
  if (Array.isArray(unknown)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, index) =>
      withPending(items[index], unknown[index]),
    );
  }
  const names = new Set([...Object.keys(fieldsOf(value)), ...Object.keys(unknown)]);
  if (names.size === 0) return value;
  return Object.fromEntries(
    [...names].sort().map((name) => [name, withPending(fieldsOf(value)[name], fieldsOf(unknown)[name])]),
  );
}

function hasPending(value: unknown): boolean {
  if (value === PENDING_TEXT) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasPending);
}

function differs(before: unknown, after: unknown, key: string): boolean {
  return stable(fieldsOf(before)[key]) !== stable(fieldsOf(after)[key]);
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsTrue);
}

/** JSON with sorted keys, so that equal values have equal texts; an absent value equals null. */
export function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
