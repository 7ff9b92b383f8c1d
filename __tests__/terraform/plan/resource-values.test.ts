import { valueLines } from '../../../review/page/value-lines';
import { resourceValues } from '../../../terraform/plan/resource-values';
import { scrubPlan } from '../../../terraform/plan/scrub';

const CANARY = 'canary.Secret_12345';

function valuesOf(change: object) {
  const text = JSON.stringify({ resource_changes: [{ address: 'aws_x.R', type: 'aws_x', change }] });
  return resourceValues(scrubPlan(text, () => undefined).changes);
}

describe('resourceValues', () => {
  test('have the old and the new value of what changes only', () => {
    const values = valuesOf({
      actions: ['update'],
      before: { a: 1, same: 'x', list: ['p'], gone: 'g' },
      after: { a: 2, same: 'x', list: ['p', 'q'], gone: null },
      after_unknown: { id: true },
    });
    expect(values).toEqual([
      {
        address: 'aws_x.R',
        type: 'aws_x',
        action: 'update',
        changes: [
          { attribute: 'a', before: 1, after: 2 },
          { attribute: 'gone', before: 'g' },
          { attribute: 'id', after: '(known after apply)' },
          { attribute: 'list', before: ['p'], after: ['p', 'q'] },
        ],
      },
    ]);
    expect(valueLines({ values })).toEqual([
      '~ aws_x.R',
      '    a: 1 → 2',
      '    gone: g → (none)',
      '    id: (none) → (known after apply)',
      '    list: ["p"] → ["p","q"]',
    ]);
  });

  test('say that a secret changes, and show neither', () => {
    const values = valuesOf({
      actions: ['update'],
      before: { tunnel1_preshared_key: CANARY, nested: { password: CANARY } },
      after: { tunnel1_preshared_key: `${CANARY}2`, nested: { password: `${CANARY}2` } },
      before_sensitive: { tunnel1_preshared_key: true },
      after_sensitive: { tunnel1_preshared_key: true },
    });
    expect(JSON.stringify(values)).not.toContain(CANARY);
    expect(valueLines({ values })).toContain('    tunnel1_preshared_key: (sensitive), changed');
  });

  test('mark what replaces a resource', () => {
    const values = valuesOf({
      actions: ['delete', 'create'],
      before: { ip_address: '198.51.100.1', device: 'd' },
      after: { ip_address: '198.51.100.2', device: 'd' },
      replace_paths: [['ip_address']],
    });
    expect(values[0]).toMatchObject({
      action: 'replace',
      changes: [{ attribute: 'ip_address', replaces: true }],
    });
    expect(valueLines({ values })).toEqual([
      '-/+ aws_x.R',
      '    ip_address: 198.51.100.1 → 198.51.100.2   (replaces it)',
    ]);
  });

  test('are words where a kind has some, and the other attributes as they are', () => {
    const text = JSON.stringify({
      resource_changes: [
        {
          address: 'aws_x.R',
          type: 'aws_x',
          change: { actions: ['update'], before: { a: 1, b: 1 }, after: { a: 2, b: 2 } },
        },
      ],
    });
    const values = resourceValues(scrubPlan(text, () => undefined).changes, () => ({
      words: ['a in a word'],
      told: ['a'],
    }));
    expect(valueLines({ values })).toEqual(['~ aws_x.R', '    a in a word', '    b: 1 → 2']);
    expect(values[0]?.changes).toHaveLength(2);
  });

  test('of one that is made or goes are its values, one that controls a terminal is written out', () => {
    expect(
      valueLines({
        values: valuesOf({ actions: ['create'], before: null, after: { a: 'x\u001b[31m', n: null } }),
      }),
    ).toEqual(['+ aws_x.R', '    a: x\\u001b[31m']);
    expect(
      valueLines({
        values: valuesOf({ actions: ['delete'], before: { a: 'x', b: false, c: [] }, after: null }),
      }),
    ).toEqual(['- aws_x.R', '    a: x']);
  });
});
