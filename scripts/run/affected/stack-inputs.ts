import type { Loaded } from '../../../catalog/environment/catalog';
import type { Models, Stack } from '../../../catalog/kinds/registry';
import { connectionParts } from '../../../model/gateway/site-gateway';
import { comparable } from './comparable';

/**
 * What is read of an environment to build one stack, and nothing else: a test synthesizes every stack from it alone. Where it is equal in
 * two revisions, so is the stack's configuration.
 */
export function stackInputs(
  { catalog, allocations }: Loaded,
  stack: Stack,
): Pick<Loaded, 'catalog' | 'allocations'> {
  const own = stack.network ?? stack.group;
  const model: unknown = catalog.kinds[stack.kind];
  const kinds = { [stack.kind]: withoutOthers(model, own) } as Models;
  return {
    catalog: {
      ...catalog,
      policy: { requireReview: false, accept: [] },
      driftIgnore: [],
      networks: [],
      groups: [],
      adopted: [],
      addressPools: [],
      credentials: {},
      kinds,
    },
    allocations: new Map(
      [...allocations].filter(([connection]) => connectionParts(connection).network === stack.network),
    ),
  };
}

/** What a stack is built from, as a text. The order of lists counts. */
export function stackInputsText(loaded: Loaded, stack: Stack): string {
  const { catalog, allocations } = stackInputs(loaded, stack);
  // Its file's name and the backend of the whole environment are not read.
  return comparable(
    { stack, catalog: { ...catalog, file: '', backend: {} }, allocations },
    { ordered: true },
  );
}

/** A kind's model without the networks and groups of other stacks. */
function withoutOthers(model: unknown, own: string | undefined): unknown {
  if (typeof model !== 'object' || model === null) return model;
  return Object.fromEntries(
    Object.entries(model).map(([name, value]) => [
      name,
      isKeyedList(value) ? value.filter(({ key }) => key === own) : value,
    ]),
  );
}

/** Whether a part of a kind's model is a list of networks, hubs or groups. */
export function isKeyedList(value: unknown): value is readonly { readonly key: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'object' && one !== null && typeof one.key === 'string')
  );
}
