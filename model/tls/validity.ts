/** How long a server certificate is valid: one day less than those of public authorities may be (docs/reference/controller.md). */
export const USUAL_DAYS = 397;

/** A server certificate is renewed when it has no more than this many days left. */
export const RENEW_DAYS = 30;

/** How long an authority lives that the driver makes: ten years. */
export const AUTHORITY_DAYS = 3652;

const DAY = 86_400_000;

/** Whole days from now to an end; negative after it. */
export function daysLeft(end: Date, now: Date): number {
  return Math.floor((end.getTime() - now.getTime()) / DAY);
}

export function daysAfter(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY);
}

/** `in 12 days`, `since 3 days`: how far an end is away. */
export function endWords(end: Date, now: Date): string {
  const left = daysLeft(end, now);
  const words = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;
  if (left < 0) return `ended ${words(-left)} ago`;
  return left === 0 ? 'ends today' : `ends in ${words(left)}`;
}

/** `2027-12-31T00:00:00Z`: certificates have no fractions of a second (RFC 5280, 4.1.2.5). */
export function instantText(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `2027-12-31`. */
export function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}
