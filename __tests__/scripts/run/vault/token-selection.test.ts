import { environmentOfToken, selectTokens } from '../../../../scripts/run/vault/token-selection';
import type { TokenFacts } from '../../../../vault/tokens';

const token = (accessor: string, more: Partial<TokenFacts> = {}): TokenFacts => ({
  accessor,
  displayName: 'token-ann',
  policies: [],
  renewable: false,
  orphan: true,
  ...more,
});

const LAB = token('of-lab', { user: 'ann', role: 'lab-regular-fullaccess' });
const DEV = token('of-dev', { user: 'ann', role: 'dev-super-readonly', environment: 'dev' });
const NAMED = token('by-policy', { user: 'ann', environment: 'lab', policies: ['deploy'] });
const OLD = token('old', { policies: ['deploy'] });
const BOB = token('of-bob', { user: 'bob', role: 'lab-regular-fullaccess' });
const ALL = [LAB, DEV, NAMED, OLD, BOB];

const accessors = (environment: string | undefined, tokens = ALL) =>
  selectTokens(tokens, 'ann', environment).tokens.map(({ accessor }) => accessor);

test.each([
  ['its token role', LAB, 'lab'],
  [
    'its token role, whatever its maker said',
    token('x', { role: 'lab-super-fullaccess', environment: 'dev' }),
    'lab',
  ],
  [
    'its metadata where its role is of no environment',
    token('x', { role: 'deploy', environment: 'dev' }),
    'dev',
  ],
  ['its metadata', NAMED, 'lab'],
  ['its one policy', token('x', { policies: ['team-a-regular-readonly'] }), 'team-a'],
  ['nothing', OLD, undefined],
  ['policies of two', token('x', { policies: ['lab-super-readonly', 'dev-super-readonly'] }), undefined],
])('the environment of a token is told by %s', (_, facts, environment) => {
  expect(environmentOfToken(facts)).toBe(environment);
});

test("a user's tokens are those of the environment, and what is left alone is said", () => {
  expect(accessors('lab')).toEqual(['of-lab', 'by-policy']);
  expect(accessors('dev')).toEqual(['of-dev']);
  expect(selectTokens(ALL, 'ann', 'lab').left).toBe(
    'left alone, as they are not of lab: 1 token of dev and 1 token without an environment (accessor old)',
  );
  expect(selectTokens([LAB, BOB], 'ann', 'lab').left).toBeUndefined();
});

test('an environment that made no token for the user gets none of the others', () => {
  expect(() => accessors('prod')).toThrow(
    'no token was created for ann of prod, only others: 1 token of dev, 2 tokens of lab and 1 token without an environment (accessor old); name the environment with --env, or revoke one by its accessor, or see: kakehashi token list',
  );
  expect(() => accessors('lab', [BOB])).toThrow('no token was created for ann; see: kakehashi token list');
});

test('without an environment all tokens of the user must be of one', () => {
  expect(accessors(undefined, [LAB, NAMED])).toEqual(['of-lab', 'by-policy']);
  expect(accessors(undefined, [OLD])).toEqual(['old']);
  expect(() => accessors(undefined)).toThrow(
    'tokens of a user ann belong to several environments: 1 token of dev, 2 tokens of lab and 1 token without an environment (accessor old); name one of them with --env, or revoke each token by its accessor',
  );
});
