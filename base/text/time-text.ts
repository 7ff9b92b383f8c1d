/** A time of RFC 3339 as people read it, to the minute: `2026-11-29 01:20 UTC`. */
export function timeText(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
