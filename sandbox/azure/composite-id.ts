const SEPARATOR = '|';

/** The id of what joins two resources: their ids, with a bar between them. */
export function compositeId(one: string, other: string): string {
  return `${one}${SEPARATOR}${other}`;
}

/** The two ids in the id of what joins them; the second is empty for any other text. */
export function compositeParts(id: string): readonly [one: string, other: string] {
  const [one = '', other = '', ...rest] = id.split(SEPARATOR);
  return [one, rest.length > 0 ? '' : other];
}
