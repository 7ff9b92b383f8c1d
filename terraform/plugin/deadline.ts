/** Milliseconds of each unit of the header `grpc-timeout`. */
const UNITS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** The longest that a Node timer waits, 24 days; a deadline after that is none. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds of a header `grpc-timeout` such as `5S`; undefined where there is none that can be read. */
export function timeoutIn(header: string | undefined): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,8})([HMSmun])$/.exec(header ?? '') ?? [];
  const factor = UNITS[unit];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** The header `grpc-timeout` for a number of milliseconds: at most eight digits, rounded up. */
export function timeoutHeader(milliseconds: number): string {
  const whole = Math.max(0, Math.ceil(milliseconds));
  return whole < 1e8 ? `${whole}m` : `${Math.min(Math.ceil(whole / 1000), 99_999_999)}S`;
}

/** Calls `expire` after a time; the function that it returns stops the timer. Without a time nothing is called. */
export function startDeadline(milliseconds: number | undefined, expire: () => void): () => void {
  if (milliseconds === undefined || milliseconds > LONGEST_TIMER) return () => {};
  const timer = setTimeout(expire, milliseconds);
  return () => clearTimeout(timer);
}
