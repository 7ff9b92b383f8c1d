/** A property that is there only where it has a value: for what `exactOptionalPropertyTypes` asks of a literal. */
export function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });
}
