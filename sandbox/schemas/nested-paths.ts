import type { Block, NestedBlock } from './schema';

/** A block somewhere in a schema, at a path without positions. */
interface NestedAt {
  readonly path: readonly string[];
  readonly nested: NestedBlock;
}

/** Every block in a block, the outer ones before the inner ones. */
export function blocksIn(block: Block, path: readonly string[] = []): readonly NestedAt[] {
  return Object.entries(block.block_types ?? {}).flatMap(([name, nested]) => {
    const at = [...path, name];
    return [{ path: at, nested }, ...blocksIn(nested.block, at)];
  });
}

/** Whether a set of blocks is on the way to an attribute: an element of a set has no position, so it has no path of its own. */
export function isBelowSet(block: Block, [name = '', ...rest]: readonly string[]): boolean {
  const nested = block.block_types?.[name];
  return nested !== undefined && (nested.nesting_mode === 'set' || isBelowSet(nested.block, rest));
}

/** The paths of all attributes below sets of blocks that a configuration can set. */
export function settableBelowSets(block: Block): readonly string[] {
  return blocksIn(block).flatMap(({ path, nested }) =>
    Object.entries(nested.block.attributes ?? {})
      .filter(([, { required, optional }]) => required === true || optional === true)
      .map(([name]) => [...path, name])
      .filter((at) => isBelowSet(block, at))
      .map((at) => at.join('.')),
  );
}
