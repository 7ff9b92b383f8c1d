/** `2026-11-22T01-02-03.456Z`: sorts by time and is a file name everywhere. */
export function stamp(time: Date): string {
  return time.toISOString().replaceAll(':', '-');
}
