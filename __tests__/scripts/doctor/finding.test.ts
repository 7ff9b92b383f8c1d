import { CommandError, Failure, Interrupted, UsageError } from '../../../base/errors';
import { type Examination, findingsOf } from '../../../scripts/doctor/check';
import { failedBy } from '../../../scripts/doctor/finding';
import { policyLine } from '../../../scripts/doctor/policy-line';
import { lifetimeText } from '../../../scripts/doctor/vault-token';
import { VaultError } from '../../../vault/vault-error';

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
  const examination = {} as Examination;
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

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [3660, '1 h 1 min'],
  [86_399, '23 h 59 min'],
  [86_400, '1 d'],
  [2_764_800, '32 d'],
  [90_000, '1 d 1 h'],
])('%i s are %s', (seconds, text) => {
  expect(lifetimeText(seconds)).toBe(text);
});
