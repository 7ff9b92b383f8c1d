import { CommandError, Failure, UsageError } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { type Examination, findingsOf } from '../../../scripts/doctor/check';
import { policyLine } from '../../../scripts/doctor/policy-line';
import { failedBy } from '../../../scripts/report/finding';
import { VaultError } from '../../../vault/vault-error';
import { GOOD } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { sessionIn } from '../../support/session';

const ON = { where: 'a.yml', summary: 'is a folder', fixes: ['move it away'] };

test.each([
  [new Failure(ON), 'is a folder', ['move it away']],
  [new UsageError({ ...ON, where: 'elsewhere' }), 'elsewhere: is a folder', ['move it away']],
  [new VaultError('missing', { ...ON, where: 'b' }), 'is a folder', ['move it away']],
  [new Failure('a.yml: one; two'), 'a.yml: one; two', []],
  [new CommandError('x: exit 1', ['x'], 'exited', 1, []), 'x: exit 1', []],
  [new Failure('two\n  lines'), 'two lines', []],
  [new TypeError('x is not a function'), 'this check itself failed: x is not a function', []],
])('%s is a finding', (error, found, fixes) => {
  expect(failedBy(error, 'a.yml', 'b')).toEqual({ verdict: 'failed', subject: 'a.yml', found, fixes });
});

test('an error that a check throws is a finding, but an interruption ends all checks', async () => {
  const check = (error: Error) => ({ name: 'clouds', look: () => Promise.reject(error) });
  const { terraform: _, ...session } = sessionIn(temporaryFolder());
  const examination = { ...session, catalog: loadedFrom(GOOD) } as Partial<Examination> as Examination;
  expect(
    await findingsOf(check(new Failure({ summary: 'no route', fixes: ['connect'] })), examination),
  ).toEqual([{ verdict: 'failed', subject: 'clouds', found: 'no route', fixes: ['connect'] }]);
  await expect(findingsOf(check(new Interrupted()), examination)).rejects.toThrow(Interrupted);
});

test('a rule stands in one line, whatever is in its path', () => {
  expect(policyLine('a  b/"c"', ['read', 'list'])).toBe(
    'in a policy of the token: path "a  b/\\"c\\"" { capabilities = ["read", "list"] }',
  );
});
