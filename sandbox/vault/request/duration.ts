import { badRequest } from './exchange';

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The seconds of a duration in any form that Vault accepts: a number, `"90"` or `"1h30m"`.
 *
 * @throws {@link VaultError} 400 for anything else. Its message does not quote the value
 */
export function seconds(value: unknown, name: string): number {
  if (value === undefined || value === null || value === '') return 0;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return Math.floor(value);
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  if (typeof value === 'string' && /^(\d{1,9}(\.\d{1,9})?(ms|[smhd]))+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
    return Math.floor(
      parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0),
    );
  }
  throw badRequest(`error converting input for field "${name}": must be a duration such as 3600 or "1h"`);
}

/** A duration in Go's form: `768h0m0s`, `1m0s`, `0s`. */
export function goDuration(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hours > 0) return `${hours}h${minutes}m${rest}s`;
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`;
}

/** A duration without zero parts at its end: `768h`, `1h30m`. */
export function shortDuration(total: number): string {
  return goDuration(total)
    .replace(/(?<=[hm])0s$/, '')
    .replace(/(?<=h)0m$/, '');
}

/** A time in Vault's form: UTC, with nine decimal places. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000000Z');
}
