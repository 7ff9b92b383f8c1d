import { parseIpv4 } from '../net/ipv4';
import { ValueError } from '../value-error';

/** The form of a node's name: lower-case letters, digits and hyphens, at most 27. */
export const NODE_NAME_PATTERN = '^[a-z][a-z0-9-]{0,26}$';

/** The most nodes of a fixed group. */
export const MOST_FIXED_NODES = 200;

/**
 * The keys of a number of nodes: `n1`, `n2`, … A larger number adds keys at the end and a smaller one removes the last,
 * so that the others stay what they are.
 *
 * @throws {@link ValueError}
 */
export function countedKeys(count: number): readonly string[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST_FIXED_NODES) {
    throw new ValueError(`a whole number from 1 to ${MOST_FIXED_NODES}`, String(count));
  }
  return Array.from({ length: count }, (_, index) => `n${index + 1}`);
}

/** The keys of named nodes, which are their names. @throws {@link ValueError} for a name of another form or one that is there twice */
export function namedKeys(names: readonly string[]): readonly string[] {
  const form = new RegExp(NODE_NAME_PATTERN);
  const wrong = names.find((name) => !form.test(name));
  if (wrong !== undefined) {
    throw new ValueError('a name of at most 27 lower-case letters, digits and hyphens', wrong);
  }
  return unique(names);
}

/** The keys of nodes with fixed addresses, which are the addresses. @throws {@link ValueError} */
export function addressKeys(addresses: readonly string[]): readonly string[] {
  return unique(addresses.map(parseIpv4));
}

function unique(keys: readonly string[]): readonly string[] {
  if (keys.length === 0 || keys.length > MOST_FIXED_NODES) {
    throw new ValueError(`a list of 1 to ${MOST_FIXED_NODES}`, `${keys.length} of them`);
  }
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new ValueError('a list without repetition', twice);
  return keys;
}
