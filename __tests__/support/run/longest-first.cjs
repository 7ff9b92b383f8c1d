const { relative } = require('node:path');

/** Jest's own, which comes with it. */
const sequencer = require.resolve('@jest/test-sequencer', { paths: [require.resolve('jest')] });
const { default: TestSequencer } = require(sequencer);

/**
 * The test files that take longest, in this order. What Jest goes by in a fresh clone is the size of a file: some of these are
 * small, and would run at the end, when the other workers have nothing left to do.
 */
const LONGEST = [
  'real-provider/nodes.test.ts',
  'gateway/live/route-based.test.ts',
  'scripts/kinds/aws/plan/traffic.test.ts',
  'real-provider/moto.test.ts',
  'end-to-end/node-groups.test.ts',
  'end-to-end/package.test.ts',
  'real-provider/import.test.ts',
  'real-provider/doctor.test.ts',
  'end-to-end/rename-backends.test.ts',
  'end-to-end/new-kind.test.ts',
  'end-to-end/checkov.test.ts',
  'end-to-end/init.test.ts',
];

class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const place = ({ path, context }) => {
      const index = LONGEST.indexOf(relative(`${context.config.rootDir}/__tests__`, path));
      return index === -1 ? LONGEST.length : index;
    };
    return sorted.sort((one, other) => place(one) - place(other));
  }
}

module.exports = LongestFirst;
module.exports.LONGEST = LONGEST;
