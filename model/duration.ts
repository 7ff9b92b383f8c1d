import { ValueError } from './value-error';

const UNITS: Readonly<Record<string, number>> = { d: 86400, h: 3600, m: 60, s: 1 };

/** The forms of a duration, as a regular expression. */
export const DURATION_PATTERN = '^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$';

/**
 * The seconds of a duration like `50m`, `90s`, `1h30m`, `2d`.
 *
 * @throws {@link ValueError}
 */
export function parseDuration(text: string): number {
  const parts = new RegExp(DURATION_PATTERN).test(text) ? (text.match(/[0-9]+[dhms]/g) ?? []) : [];
  if (parts.length === 0) {
    const fix = /^[0-9.]+$/.test(text) ? `name the unit: ${Math.ceil(Number(text))}s` : undefined;
    throw new ValueError('a duration like 50m, 90s, 1h30m or 2d', text, { fix });
  }
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] ?? 0), 0);
}

/** The forms of a duration that may also be a number of hours. */
export const DURATION_OR_HOURS_PATTERN = `${DURATION_PATTERN}|^[0-9]+(\\.[0-9]+)?$`;

/**
 * The seconds of a duration, or of a decimal number of hours like `0.83`, which is the form of `condor_annex -duration`.
 *
 * Hours are counted in decimal, not as a binary fraction, and rounded to the nearest second, half a second upwards: `0.83` is 2988 s,
 * `0.0001` (0.36 s) is 0 s.
 *
 * @throws {@link ValueError}
 */
export function parseDurationOrHours(text: string): number {
  const [, whole, fraction = ''] = /^([0-9]{1,9})(?:\.([0-9]{1,9}))?$/.exec(text) ?? [];
  if (whole === undefined) return parseDuration(text);
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * 3600n;
  return Number((2n * scaled + scale) / (2n * scale));
}
