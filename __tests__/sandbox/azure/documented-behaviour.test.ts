import { AZURE_NOT_ASKED } from '../../../sandbox/azure/documented-behaviour';
import { AZURE_FILES } from '../../../sandbox/azure/files';
import { settableBelowSets } from '../../../sandbox/schemas/nested-paths';

it('treats every argument in a set of blocks as replacing, since the recording never asked about it', () => {
  const expected = Object.entries(AZURE_FILES.schema.resource_schemas)
    .map(([type, { block }]) => [type, [...settableBelowSets(block)].sort()] as const)
    .filter(([, paths]) => paths.length > 0);
  const listed = Object.entries(AZURE_NOT_ASKED).map(([type, paths]) => [type, [...paths].sort()]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(expected));
  for (const [type, paths] of Object.entries(AZURE_NOT_ASKED))
    expect(AZURE_FILES.recorded(type).further.setReplaces).toEqual(paths);
});
