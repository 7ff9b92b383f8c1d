import type { Loaded } from '../../../catalog/environment/catalog';
import { stackId } from '../../../catalog/ground/stack';
import type { Stack } from '../../../catalog/kinds/registry';
import { driverOf } from '../../kinds/registry';

/** A stack with nodes in a network, and what its group is called. */
export interface Inhabitant {
  readonly stack: Stack;
  readonly name: string;
}

/**
 * The stacks with nodes that are, or may be, in the network that a stack makes. A group that names an entry which exists already may still be
 * in the network that made an entry of this name.
 */
export function groupsIn(
  { catalog, stacks }: Pick<Loaded, 'catalog' | 'stacks'>,
  network: Stack,
): readonly Inhabitant[] {
  const live = catalog.groups.flatMap(({ key, name, entry }) => {
    const own = stacks.filter(({ group }) => group === key);
    const isNamed = network.gone && stackId(catalog.environment, ...entry.split('/')) === network.id;
    return own
      .filter(({ requires }) => isNamed || requires.includes(network.id))
      .map((stack) => ({ stack, name }));
  });
  const after = network.destroyedAfter ?? [];
  const gone = stacks
    .filter((stack) => stack.gone && after.includes(stack.id) && driverOf(stack).nodes !== undefined)
    .map((stack) => ({ stack, name: stack.id }));
  return [...live, ...gone];
}
