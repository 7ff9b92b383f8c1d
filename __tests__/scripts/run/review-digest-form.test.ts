import { isFolderOfRecords } from '../../../scripts/run/review/reviewed';

const ZEROS = '0'.repeat(64);

describe('what --reviewed takes', () => {
  test.each([
    ['the digest of a review', `k1:${ZEROS}`, false],
    ['a folder, by its slash', 'records/', true],
    ['a folder that is there', 'docs', true],
  ])('%s', (_, given, isFolder) => {
    expect(isFolderOfRecords(given)).toBe(isFolder);
  });

  test.each([
    [
      'another version',
      `k2:${ZEROS}`,
      'must be a digest of version k1, got one of k2: another version of kakehashi made the review; plan and review anew',
    ],
    ['half a digest', 'k1:0123', 'must be a whole digest: 64 digits after k1:, got 4'],
    ['other digits', `k1:${'Z'.repeat(64)}`, 'must be a digest of the digits 0-9 and a-f after k1:'],
    ['one without its version', ZEROS, `must begin with the version of its algorithm: k1:${ZEROS}`],
    [
      'something else',
      'main',
      'must be the digest of a review, k1: and 64 digits, or a folder of review records, written with a slash',
    ],
  ])('not %s', (_, given, says) => {
    expect(() => isFolderOfRecords(given)).toThrow(`--reviewed: ${says}`);
  });
});
