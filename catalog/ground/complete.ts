/**
 * A part of a draft that must be there, because no error was found in the catalog.
 *
 * @throws Error where it is absent: a check is missing
 */
export function complete<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('a catalog without errors lacks something: this is a bug of kakehashi');
  return value;
}
