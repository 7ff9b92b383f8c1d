/** What a server reads from a duration: its seconds, or its words about a text that is none. */
export type ReadDuration = { readonly seconds: number } | { readonly problem: string };

/** The seconds of Go's units. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Go holds a duration as nanoseconds in 64 bits. */
const LONGEST_SECONDS = 9_223_372_036;

/**
 * A duration as a server reads it in a policy and in the header of a wrap: digits alone are seconds, `2d` days, anything else is
 * Go's: `1h30m`, `1.5h`, `-5s`, `500ms`. The empty text is 0; of a number the whole seconds count (measured on OpenBao 2.6.2).
 */
export function readServerDuration(value: unknown): ReadDuration {
  if (value === null) return { seconds: 0 };
  if (typeof value === 'number') return whole(Math.trunc(value));
  if (typeof value !== 'string') return { problem: 'could not parse duration from input' };
  if (value === '') return { seconds: 0 };
  if (/^[+-]?[0-9]+$/.test(value)) return whole(Number(value));
  if (!value.endsWith('d')) return goDuration(value);
  const days = value.slice(0, -1);
  return /^[+-]?[0-9]+$/.test(days)
    ? whole(Number(days) * 86_400)
    : { problem: `strconv.ParseInt: parsing ${JSON.stringify(days)}: invalid syntax` };
}

function whole(seconds: number): ReadDuration {
  return Math.abs(seconds) > LONGEST_SECONDS
    ? { problem: 'multiplication of durations resulted in overflow, one operand may be too large' }
    : { seconds };
}

function goDuration(text: string): ReadDuration {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  let sum = 0;
  const quoted = JSON.stringify(text);
  if (rest === '') return { problem: `time: invalid duration ${quoted}` };
  while (rest !== '') {
    const count = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(rest)?.[0];
    if (count === undefined) return { problem: `time: invalid duration ${quoted}` };
    rest = rest.slice(count.length);
    const unit = /^[^0-9.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { problem: `time: missing unit in duration ${quoted}` };
    const seconds = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (seconds === undefined)
      return { problem: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    rest = rest.slice(unit.length);
    sum += Number(count) * seconds;
  }
  // Sums of fractions are rounded to Go's nanoseconds, so that 0.1s and 100ms are the same.
  return sum > LONGEST_SECONDS
    ? { problem: `time: invalid duration ${quoted}` }
    : { seconds: sign * Number(sum.toFixed(9)) };
}
