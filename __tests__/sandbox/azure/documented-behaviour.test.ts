import { AZURE_NOT_ASKED } from '../../../sandbox/azure/documented-behaviour';
import { AZURE_FILES } from '../../../sandbox/azure/files';
import type { Block } from '../../../sandbox/schemas/schema';

/** The arguments below blocks in sets, by their recorded paths. */
function inSets(block: Block, path: readonly string[] = [], isInSet = false): readonly string[] {
  const own = Object.entries(block.attributes ?? {})
    .filter(([, attribute]) => isInSet && (attribute.required || attribute.optional))
    .map(([name]) => [...path, name].join('.'));
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, child]) =>
    inSets(child.block, [...path, name], isInSet || child.nesting_mode === 'set'),
  );
  return [...own, ...nested];
}

it('treats every argument in a set of blocks as replacing, since the recording never asked about it', () => {
  const expected = Object.entries(AZURE_FILES.schema.resource_schemas)
    .map(([type, { block }]) => [type, [...inSets(block)].sort()] as const)
    .filter(([, paths]) => paths.length > 0);
  expect(Object.fromEntries(expected)).toEqual(
    Object.fromEntries(Object.entries(AZURE_NOT_ASKED).map(([type, paths]) => [type, [...paths].sort()])),
  );
  for (const [type, paths] of Object.entries(AZURE_NOT_ASKED))
    expect(AZURE_FILES.recorded(type).further.replaces).toEqual(paths);
});
