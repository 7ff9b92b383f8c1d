/** The variable that sets the clock of the simulated cloud, for tests and rehearsals of a lease's end. */
const VARIABLE = 'KAKEHASHI_SANDBOX_NOW';

/** The time in the simulated cloud, in milliseconds since 1970: that of the variable, an RFC 3339 time, or this machine's. */
export function now(): number {
  return movedTime() ?? Date.now();
}

/** The time of the variable, if it is set: the clock of the simulated cloud then stands still. */
export function movedTime(): number | undefined {
  const moved = Date.parse(process.env[VARIABLE] ?? '');
  return Number.isNaN(moved) ? undefined : moved;
}

/** A time as clouds write it: `2026-11-29T21:54:11Z`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
