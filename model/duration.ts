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
