/**
 * A number with its noun: `1 unit`, `3 units`, `0 units`.
 *
 * @param many - the plural. @default - the noun with an `s`
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
