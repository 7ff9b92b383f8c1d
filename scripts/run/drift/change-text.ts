import { isDeepStrictEqual } from 'node:util';

/** The longest value in a line, in characters. */
const MOST = 80;

/** The most keys or elements of one value. */
const MOST_PARTS = 5;

/**
 * How a value changed, in one line: `true → false`. Of a map only the keys that differ are told, of a list what went and what
 * came, and of long texts the part from where they differ.
 */
export function changeText(before: unknown, after: unknown): string {
  if (isMap(before) && isMap(after)) return mapText(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return listText(before, after);
  const [from, to] = [lineOf(before), lineOf(after)];
  const start = Math.max(from.length, to.length) > MOST ? sharedStart(from, to) : 0;
  return `${cut(from, start)} → ${cut(to, start)}`;
}

function mapText(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const parts = names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => `${name} ${changeText(before[name], after[name])}`);
  return limited(parts).join(', ');
}

/** Elements that are equal cancel each other out, wherever they stand. */
function listText(before: readonly unknown[], after: readonly unknown[]): string {
  const came = [...after];
  const went = before.filter((one) => {
    const at = came.findIndex((other) => isDeepStrictEqual(one, other));
    if (at >= 0) came.splice(at, 1);
    return at < 0;
  });
  const parts = [
    ...limited(went.map((one) => `without ${cut(lineOf(one), 0)}`)),
    ...limited(came.map((one) => `with ${cut(lineOf(one), 0)}`)),
  ];
  return parts.length === 0 ? 'in another order' : parts.join(', ');
}

function limited(parts: readonly string[]): readonly string[] {
  const rest = parts.length - MOST_PARTS;
  return rest > 0 ? [...parts.slice(0, MOST_PARTS), `and ${rest} more`] : parts;
}

/** A value as the characters of one line. */
function lineOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return ['none'];
  const text = typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
  return [...text.replace(/\s+/g, ' ')];
}

/** How many of the first characters two texts have in common, less a few that show where it is. */
function sharedStart(one: readonly string[], other: readonly string[]): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return Math.max(0, at - 20);
}

function cut(characters: readonly string[], start: number): string {
  const shown = characters.slice(start, start + MOST).join('');
  return `${start > 0 ? '…' : ''}${shown}${characters.length > start + MOST ? '…' : ''}`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
