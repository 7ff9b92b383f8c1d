import { changed, problemLines } from './folder-of';

const ENVIRONMENT = 'abcdefghijklmnop';

/** The problems of a catalog whose environment has the longest name, by the name of its network. */
function problemsOf(entry: string): readonly string[] {
  const text = changed(
    ['  default:\n    aws_region', `  ${entry}:\n    aws_region`],
    ['within: default', `within: ${entry}`],
  );
  return problemLines({ [`${ENVIRONMENT}.yml`]: text }, ENVIRONMENT);
}

test('names of the environment and the entry that are too long together are refused where the entry stands', () => {
  const entry = 'x'.repeat(30);
  expect(problemsOf(entry)).toEqual([
    `${ENVIRONMENT}.yml:8:3-33 bad-name aws.${entry}: ${ENVIRONMENT}-aws-${entry}, of which the names in the cloud are made, must have at most 50 characters, got 51 | shorten the entry's name, or the environment's`,
  ]);
});

test('names that just fit are not', () => {
  expect(problemsOf('x'.repeat(29))).toEqual([]);
});
