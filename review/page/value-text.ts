import { visibleText } from '../../base/visible-text';

/** Longer texts are cut: the event has them whole. */
const LONGEST = 400;

/** A value of a plan as one line. Texts have no quotes unless they are empty or have a space at an end. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  const text =
    typeof value === 'string' && value !== '' && value === value.trim()
      ? value
      : JSON.stringify(sorted(value));
  const line = visibleText(text.replaceAll('\n', '\\n'));
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}… (${line.length} characters)`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
