import { isList, isObject, type ObjectValue, type Value } from '../../sandbox/protocol/values';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import { blocksIn, isBelowSet } from '../../sandbox/schemas/nested-paths';
import type { Behaviour, Block } from '../../sandbox/schemas/schema';
import type { ProviderClient } from '../provider-client';
import { appliedState, proposal, requiredOnly, sampleOf, settableIn, withValue } from './samples';

/** Whether a path that replaces an object is about what is at another path: an element of a set has no path of its own. */
function concerns(path: string, asked: string): boolean {
  return path === asked || asked.startsWith(`${path}.`) || path.startsWith(`${asked}.`);
}

/** Whether a change of the configuration replaces the object because of what is at a path. */
async function isReplaced(
  client: ProviderClient,
  type: ResourceType,
  asked: string,
  before: ObjectValue,
  after: ObjectValue,
): Promise<boolean> {
  const { block } = type.schema;
  const { planned } = await client.plan(type.name, null, before, before);
  const prior = appliedState(block, planned ?? before);
  const { replaces } = await client.plan(type.name, prior, proposal(block, prior, after), after);
  return replaces.some((path) => concerns(path, asked));
}

/** The configuration with these blocks at a path; the blocks around them get their required arguments. */
export function withBlocks(
  block: Block,
  behaviour: Behaviour,
  config: ObjectValue,
  path: readonly string[],
  blocks: (inner: Block) => Value,
): ObjectValue {
  const [name = '', ...rest] = path;
  const nested = block.block_types?.[name];
  if (nested === undefined) return config;
  if (rest.length === 0) return { ...config, [name]: blocks(nested.block) };
  const present = config[name] ?? null;
  const first = isList(present) ? present[0] : present;
  const element = isObject(first) ? first : requiredOnly(nested.block, behaviour, [name]);
  const inside = withBlocks(nested.block, behaviour, element, rest, blocks);
  return { ...config, [name]: nested.nesting_mode === 'single' ? inside : [inside] };
}

/** Asks which attributes of elements of sets replace the object when they change. */
async function askSets(client: ProviderClient, type: ResourceType): Promise<readonly string[]> {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const replacing: string[] = [];
  for (const { path, attribute } of settableIn(block).filter(({ path }) => isBelowSet(block, path))) {
    const name = path.join('.');
    const legal = type.behaviour.values[name]?.oneOf ?? [];
    const given = (choice: 0 | 1) =>
      withValue(block, type.behaviour, base, path, sampleOf(attribute.type, choice, legal));
    if (await isReplaced(client, type, name, given(0), given(1))) replacing.push(name);
  }
  return replacing;
}

/** Asks which blocks replace the object when they are added or removed. */
async function askPresence(client: ProviderClient, type: ResourceType): Promise<readonly string[]> {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const replacing: string[] = [];
  for (const { path, nested } of blocksIn(block)) {
    const name = path.join('.');
    if (nested.nesting_mode === 'single' || (nested.min_items ?? 0) > 0) continue;
    const given = (isThere: boolean) =>
      withBlocks(block, type.behaviour, base, path, (inner) =>
        isThere ? [requiredOnly(inner, type.behaviour, path)] : [],
      );
    const isChange =
      (await isReplaced(client, type, name, given(false), given(true))) ||
      (await isReplaced(client, type, name, given(true), given(false)));
    if (isChange) replacing.push(name);
  }
  return replacing;
}

/**
 * Asks which changes of blocks replace the object: of attributes below sets, for which a provider gives the path of the set alone,
 * and additions and removals of whole blocks.
 */
export async function askNestedBlocks(client: ProviderClient, type: ResourceType) {
  return { setReplaces: await askSets(client, type), blockPresence: await askPresence(client, type) };
}
