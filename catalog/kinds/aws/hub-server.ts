/** What hubs of an environment are looked for under, among what others need. */
export function hubServer(environment: string): string {
  return `AWS (${environment})`;
}
