/** A time of ISO 8601 in UTC as a reader takes it: `2026-11-30 21:58 UTC`. */
export function timeText(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
