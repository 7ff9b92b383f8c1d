/** How many types are named where a node may be of any of them. */
const MOST = 3;

/** What a node is, by the cloud's names of its types, the preferred one first: `m7i.large`, `m7i.large, m6i.large or 4 other types`. */
export function machineWords(types: readonly string[]): string {
  const [first = ''] = types;
  if (types.length === 1) return first;
  if (types.length <= MOST) return `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
  return `${types.slice(0, MOST - 1).join(', ')} or ${types.length - MOST + 1} other types`;
}
