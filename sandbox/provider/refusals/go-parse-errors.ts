import type { Demand } from '../value-rules';
import { rendered } from './template';

function quoted(value: string): string {
  return JSON.stringify(value);
}

/** A text as Go's `time` quotes it: bytes that are not printable ASCII by their numbers. */
function timeQuoted(value: string): string {
  const characters = [...value].map((character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character >= ' ' && character < '\x7f') return character;
    const bytes = [...Buffer.from(character)];
    return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `"${characters.join('')}"`;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The end of the error of Go's `time.Parse` about a text that is no RFC 3339 time: what could not be read, and as what. */
function timeError(value: string): string | undefined {
  if (RFC3339.test(value)) return undefined;
  const [, year, rest = ''] = /^(\d{4})?(.*)$/s.exec(value) ?? [];
  return year === undefined
    ? `cannot parse ${timeQuoted(value)} as "2006"`
    : `cannot parse ${timeQuoted(rest)} as "-"`;
}

const UNIT = /^(?:ns|us|µs|μs|ms|s|m|h)$/;

/** The error of Go's `time.ParseDuration`. */
function durationError(value: string): string | undefined {
  const whole = value.replace(/^[+-]/, '');
  if (whole === '0') return undefined;
  if (whole === '') return `time: invalid duration ${timeQuoted(value)}`;
  for (let rest = whole; rest !== ''; ) {
    const [, number = '', unit = '', left = ''] = /^(\d*\.?\d*)([^\d.]*)(.*)$/s.exec(rest) ?? [];
    if (!/\d/.test(number)) return `time: invalid duration ${timeQuoted(value)}`;
    if (unit === '') return `time: missing unit in duration ${timeQuoted(value)}`;
    if (!UNIT.test(unit)) return `time: unknown unit ${timeQuoted(unit)} in duration ${timeQuoted(value)}`;
    rest = left;
  }
  return undefined;
}

function boolError(value: string): string | undefined {
  const isBool = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
  return isBool ? undefined : `strconv.ParseBool: parsing ${quoted(value)}: invalid syntax`;
}

function intError(value: string): string | undefined {
  if (!/^[+-]?\d+$/.test(value)) return `strconv.ParseInt: parsing ${quoted(value)}: invalid syntax`;
  const isSmall = BigInt.asIntN(64, BigInt(value)) === BigInt(value);
  return isSmall ? undefined : `strconv.ParseInt: parsing ${quoted(value)}: value out of range`;
}

/**
 * The demand behind messages that end with an error of Go. The error differs from value to value, and so do the recorded messages:
 * the one that gives the error about a value is the one that refuses it.
 */
function without(error: (value: string) => string | undefined): Demand[1] {
  return (value, match) => {
    const found = error(value);
    return found === undefined || !rendered(match.input ?? '', { name: '', value }).includes(found);
  };
}

export const GO_PARSE_DEMANDS: readonly Demand[] = [
  [/parsing time .* cannot parse/s, without(timeError)],
  [/cannot be parsed as a duration: /, without(durationError)],
  [/strconv\.ParseBool: parsing/, (value, match) => value === '' || without(boolError)(value, match)],
  [/strconv\.ParseInt: parsing/, (value, match) => value === '' || without(intError)(value, match)],
  [/cannot be parsed as (?:iso8601|RFC3339) Timestamp Format/, (value) => RFC3339.test(value)],
];
