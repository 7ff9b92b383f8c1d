/** The variable that sets the clock of the simulated cloud, for tests and rehearsals of a lease's end. */
const VARIABLE = 'KAKEHASHI_SANDBOX_NOW';

/** The time in the simulated cloud, in milliseconds since 1970: that of the variable, an RFC 3339 time, or this machine's. */
export function now(): number {
  const moved = Date.parse(process.env[VARIABLE] ?? '');
  return Number.isNaN(moved) ? Date.now() : moved;
}

/** A time as AWS writes it: `2026-11-29T21:54:11Z`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
