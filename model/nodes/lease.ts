import { parseDurationOrHours } from '../duration';
import { ValueError } from '../value-error';

/** Bounds of a time, in seconds, and as a catalog writes them. */
interface TimeBounds {
  readonly min: number;
  readonly max: number;
  readonly shown: string;
}

const DAY = 86_400;

/** How long a group of nodes lives if nobody renews it: `ANNEX_DEFAULT_LEASE_DURATION` of condor_annex. */
export const DEFAULT_LEASE_SECONDS = 3000;

/** How long a node may be idle before it ends itself: `ANNEX_DEFAULT_UNCLAIMED_TIMEOUT` of condor_annex. */
export const DEFAULT_IDLE_SECONDS = 900;

/** How long a node may take until it is ready: the time-out of VCP's `create_unit`. */
export const DEFAULT_BOOT_SECONDS = 1000;

/** The load of the last minute for each core below which a node may be idle. */
export const DEFAULT_IDLE_LOAD = 0.1;

export const LEASE_BOUNDS: TimeBounds = { min: 600, max: 365 * DAY, shown: '10m to 365d' };

export const IDLE_BOUNDS: TimeBounds = { min: 300, max: 7 * DAY, shown: '5m to 7d' };

export const BOOT_BOUNDS: TimeBounds = { min: 120, max: 3600, shown: '120s to 3600s' };

/** The seconds of a lease, `50m` or `0.83` hours. @throws {@link ValueError} */
export function parseLease(text: string): number {
  return withinBounds(text, LEASE_BOUNDS);
}

/** The seconds of an idle time, `15m` or `0.25` hours. @throws {@link ValueError} */
export function parseIdle(text: string): number {
  return withinBounds(text, IDLE_BOUNDS);
}

/** The seconds of a boot time-out. @throws {@link ValueError} */
export function parseBootTimeout(text: string): number {
  return withinBounds(text, BOOT_BOUNDS);
}

/** Hours with two digits after the point, rounded, as in condor_annex's question: `0.83` for 3000 s. */
export function hoursText(seconds: number): string {
  const hundredths = Math.round(seconds / 36);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

function withinBounds(text: string, { min, max, shown }: TimeBounds): number {
  const seconds = parseDurationOrHours(text);
  if (seconds >= min && seconds <= max) return seconds;
  throw new ValueError(`a duration from ${shown}`, text);
}
