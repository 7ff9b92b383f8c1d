import { CommandError, Failure, UsageError } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { type Examination, findingsOf } from '../../../scripts/doctor/check';
import { failedBy } from '../../../scripts/doctor/finding';
import { policyLine } from '../../../scripts/doctor/policy-line';
import { VaultError } from '../../../vault/vault-error';
import { GOOD } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { sessionIn } from '../../support/session';

test.each([
  [new Failure('a.yml: is a folder; move it away'), 'is a folder', 'move it away'],
  [new UsageError('elsewhere: two; one; none'), 'elsewhere: two', 'one; none'],
  [new CommandError('x: exit 1', ['x'], 'exited', 1, []), 'x: exit 1', undefined],
  [new VaultError('refused', 'a.yml: was refused (400): a; b'), 'was refused (400): a; b', undefined],
  [new Failure('b: two\n  lines'), 'two lines', undefined],
  [new TypeError('x is not a function'), 'this check failed itself: x is not a function', undefined],
])('%s is a finding', (error, found, mend) => {
  expect(failedBy(error, 'a.yml', 'b')).toEqual({
    verdict: 'failed',
    subject: 'a.yml',
    found,
    ...(mend === undefined ? {} : { mend }),
  });
});

test('what a check throws is what it found, but an interruption ends them all', async () => {
  const check = (error: Error) => ({ name: 'clouds', look: () => Promise.reject(error) });
  const examination: Examination = { ...sessionIn(temporaryFolder()), catalog: loadedFrom(GOOD) };
  expect(await findingsOf(check(new Failure('no route; connect')), examination)).toEqual([
    { verdict: 'failed', subject: 'clouds', found: 'no route', mend: 'connect' },
  ]);
  await expect(findingsOf(check(new Interrupted()), examination)).rejects.toThrow(Interrupted);
});

test('a rule stands in one line, whatever is in its path', () => {
  expect(policyLine('a  b/"c"', ['read', 'list'])).toBe(
    'in a policy of the token: path "a  b/\\"c\\"" { capabilities = ["read", "list"] }',
  );
});
