import type { PolicyRule } from '../../../model/vault/policy';
import { decide, isAllowed } from '../../../model/vault/policy-evaluator';
import type { LimitedRequest } from '../../../model/vault/request-limits';

const rule = (limits: Partial<PolicyRule>): PolicyRule => ({
  path: 'secret/a',
  capabilities: ['create', 'read', 'update', 'delete', 'list'],
  ...limits,
});
const passes = (
  limits: Partial<PolicyRule>,
  request: LimitedRequest,
  capability: 'update' | 'delete' = 'update',
) => isAllowed([[rule(limits)]], capability, 'secret/a', request);
const withData = (parameters: Readonly<Record<string, unknown>>) => ({ parameters });

describe('allowed parameters', () => {
  const allowedParameters = { foo: [], bar: ['zip', 'za*', '*y', '*mid*', true], '-': ['*'] };
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['nothing at all', {}, true],
    ['any value where the list is empty', { foo: 'x' }, true],
    ['a listed value', { bar: 'zip' }, true],
    ['a name in other letters', { BAR: 'zip' }, true],
    ['a prefix', { bar: 'zap' }, true],
    ['a suffix', { bar: 'any' }, true],
    ['a part', { bar: 'amidst' }, true],
    ['a flag', { bar: true }, true],
    ['another value', { bar: 'zop' }, false],
    ['a flag as text', { bar: 'true' }, false],
    ['a list', { bar: ['zip'] }, false],
    ['nothing for a value', { bar: null }, false],
    ['another name', { other: 'x' }, false],
    ['one of two', { foo: 'x', other: 'y' }, false],
    ['an asterisk alone, which is no pattern', { '-': 'x' }, false],
    ['a name that every object has', { constructor: 'x' }, false],
  ])('%s', (_, parameters, expected) => {
    expect(passes({ allowedParameters }, withData(parameters))).toBe(expected);
    // To delete takes no parameters that the server looks at.
    expect(passes({ allowedParameters }, withData(parameters), 'delete')).toBe(true);
  });

  test('any name beside one that is limited', () => {
    const limits = { allowedParameters: { '*': [], bar: ['zip'] } };
    expect(passes(limits, withData({ other: 'x', bar: 'zip' }))).toBe(true);
    expect(passes(limits, withData({ bar: 'zap' }))).toBe(false);
    expect(passes({ allowedParameters: { '*': [] } }, withData({ other: 'x' }))).toBe(true);
  });
});

test('denied parameters beat allowed ones; a denied asterisk denies all', () => {
  const limits = { allowedParameters: { '*': [] }, deniedParameters: { bar: ['zip'], foo: [] } };
  expect(passes(limits, withData({ bar: 'zap' }))).toBe(true);
  expect(passes(limits, withData({ bar: 'zip' }))).toBe(false);
  expect(passes(limits, withData({ Foo: 'any' }))).toBe(false);
  expect(passes({ deniedParameters: { '*': [] } }, withData({ x: 1 }))).toBe(false);
  expect(passes({ deniedParameters: { '*': [] } }, withData({}))).toBe(true);
});

test('required parameters must be there', () => {
  const limits = { requiredParameters: ['value'] };
  expect(passes(limits, withData({ value: '' }))).toBe(true);
  expect(passes(limits, withData({ other: '' }))).toBe(false);
  expect(passes(limits, {})).toBe(false);
});

test.each<[number | undefined, boolean]>([
  [undefined, false],
  [0, false],
  [9, false],
  [10, true],
  [90, true],
  [91, false],
])('a wrap of %p seconds', (wrapSeconds, expected) => {
  const limits = { minWrappingTtlSeconds: 10, maxWrappingTtlSeconds: 90 };
  expect(passes(limits, { wrapSeconds })).toBe(expected);
  expect(passes(limits, { wrapSeconds }, 'delete')).toBe(expected);
});

test('rules of one path put their limits together: values add up, of two wraps the shorter counts', () => {
  const policies = [
    [rule({ allowedParameters: { a: ['1'] }, maxWrappingTtlSeconds: 90 })],
    [rule({ allowedParameters: { a: ['2'], b: [] }, requiredParameters: ['a'], maxWrappingTtlSeconds: 60 })],
    [rule({})],
  ];
  const asks = (parameters: Readonly<Record<string, unknown>>, wrapSeconds = 60) =>
    isAllowed(policies, 'update', 'secret/a', { parameters, wrapSeconds });
  expect([asks({ a: '1' }), asks({ a: '2', b: 'x' })]).toEqual([true, true]);
  expect([asks({ b: 'x' }), asks({ a: '3' }), asks({ a: '1' }, 61)]).toEqual([false, false, false]);
});

describe('what can be said beforehand', () => {
  const template: PolicyRule = {
    path: 'secret/{{identity.entity.name}}/+/x*',
    capabilities: ['read', 'list'],
  };

  test.each<[string, readonly PolicyRule[], 'read' | 'update' | 'list' | 'delete', string, string]>([
    ['a template that could match', [template], 'read', 'secret/ann/a/xy', 'depends'],
    ['one that matches a name with slashes', [template], 'read', 'secret/a/b/c/xy', 'depends'],
    ['one that cannot match', [template], 'read', 'secret/ann/a/b', 'no'],
    ['one that does not grant it', [template], 'update', 'secret/ann/a/xy', 'no'],
    [
      'one beside a rule that says the same',
      [template, { path: '*', capabilities: ['read'] }],
      'read',
      'secret/ann/a/xy',
      'yes',
    ],
    [
      'one that denies',
      [
        { path: '{{identity.entity.id}}', capabilities: ['deny'] },
        { path: '*', capabilities: ['read'] },
      ],
      'read',
      'any',
      'depends',
    ],
    ['limits of parameters', [rule({ requiredParameters: ['x'] })], 'update', 'secret/a', 'depends'],
    ['limits of parameters of a delete', [rule({ requiredParameters: ['x'] })], 'delete', 'secret/a', 'yes'],
    ['any parameter allowed', [rule({ allowedParameters: { '*': [] } })], 'update', 'secret/a', 'yes'],
    ['a wrap', [rule({ maxWrappingTtlSeconds: 9 })], 'delete', 'secret/a', 'depends'],
    [
      'what is not allowed anyhow',
      [{ ...rule({ maxWrappingTtlSeconds: 9 }), capabilities: ['read'] }],
      'delete',
      'secret/a',
      'no',
    ],
  ])('%s', (_, rules, capability, path, decision) => {
    expect(decide([rules], capability, path)).toBe(decision);
  });

  test('a token without an entity has no rule with a template', () => {
    expect(isAllowed([[template]], 'read', 'secret/ann/a/xy')).toBe(false);
  });

  test('older servers looked a folder up without its slash first', () => {
    const rules: readonly PolicyRule[] = [
      { path: 'a/*', capabilities: ['list'] },
      { path: 'a/b/*', capabilities: ['deny'] },
    ];
    expect(decide([rules], 'list', 'a/b')).toBe('no');
    expect(decide([rules], 'list', 'a/b', 'without-slash-first')).toBe('yes');
    expect(decide([rules], 'list', 'a/b/c', 'without-slash-first')).toBe('no');
  });
});
