import { changeText } from '../../../../scripts/run/drift/change-text';
import type { EnvironmentDrift, StackDrift } from '../../../../scripts/run/drift/report';
import { appliedText, headline } from '../../../../scripts/run/drift/words';

const LONG = 'x'.repeat(200);

describe('how a value changed', () => {
  it.each([
    [true, false, 'true → false'],
    [null, 'a', 'none → a'],
    ['', 'a', '"" → a'],
    // Only what differs of a map, however long the rest is.
    [
      { Name: LONG, owner: 'a', old: '1' },
      { Name: LONG, owner: 'b', new: '2' },
      'new none → 2, old 1 → none, owner a → b',
    ],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, 'a c 2 → 3'],
    [['10.0.0.0/8', LONG], [LONG, '0.0.0.0/0'], 'without 10.0.0.0/8, with 0.0.0.0/0'],
    [['a', 'a'], ['a'], 'without a'],
    [['a', 'b'], ['b', 'a'], 'in another order'],
    [[{ port: 22 }], [], 'without {"port":22}'],
    [
      { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 },
      {},
      'a 1 → none, b 1 → none, c 1 → none, d 1 → none, e 1 → none, and 2 more',
    ],
    // Two long texts are told from where they differ.
    [`${LONG}one`, `${LONG}two`, `…${'x'.repeat(20)}one → …${'x'.repeat(20)}two`],
    [`a${LONG}`, `b${LONG}`, `a${'x'.repeat(79)}… → b${'x'.repeat(79)}…`],
    ['one\n two', 'three', 'one two → three'],
  ])('%j to %j', (before, after, text) => {
    expect(changeText(before, after)).toBe(text);
  });
});

describe('the result in one line', () => {
  const stack = (state: StackDrift['state']): StackDrift => ({ stack: 's', kind: 'k', state, items: [] });
  const report = (...states: StackDrift['state'][]): EnvironmentDrift => ({
    environment: 'dev',
    made: '2026-01-01T00:00:00.000Z',
    simulated: false,
    outcome: 'none',
    stacks: states.map(stack),
    gone: [],
    notes: [],
  });

  it('says no drift only where all was read', () => {
    expect(headline(report('read', 'not applied'))).toBe('no drift; 1 not applied');
    expect(headline(report('read', 'failed'))).toBe('1 of 2 stacks could not be read');
  });

  it('says of when and of which commit the last apply was, where that is known', () => {
    const applied = '2026-11-28T04:00:00.000Z';
    expect(appliedText(stack('read'))).toBeUndefined();
    expect(appliedText({ ...stack('read'), applied })).toBe('2026-11-28 04:00 UTC');
    expect(appliedText({ ...stack('read'), applied, appliedCommit: '0123456789abcdef'.repeat(3) })).toBe(
      '2026-11-28 04:00 UTC, commit 0123456789ab',
    );
  });
});
