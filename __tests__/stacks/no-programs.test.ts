import '../../stacks/fast-tokens';
import childProcess from 'node:child_process';
import { AWS_OPTIONS } from '../fixtures/options/aws';
import { AWS_NODE_OPTIONS, NODE_SCRIPTS } from '../fixtures/options/aws-nodes';
import { temporaryFolder } from '../support/catalog-folder';
import { synthesizedCatalog } from '../support/synthesized-catalog';

afterEach(() => jest.restoreAllMocks());

/** cdktf's own validations ask `terraform version`, which takes longer than the synthesis of a stack. */
test.each(Object.entries({ ...AWS_OPTIONS, ...AWS_NODE_OPTIONS }))(
  'the synthesis of the options of %s starts no program',
  (_, text) => {
    const starts = (['spawnSync', 'execSync', 'execFileSync', 'spawn'] as const).map((name) =>
      jest.spyOn(childProcess, name),
    );
    synthesizedCatalog(temporaryFolder({ ...NODE_SCRIPTS, 'lab.yml': text }), ['lab']);
    expect(starts.flatMap(({ mock }) => mock.calls)).toEqual([]);
  },
);
