import { scrubPlan } from '../../../terraform/plan/scrub';

const CANARY = 'canary.Secret_12345';

function planOf(change: object, more: object = {}): string {
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: [{ address: 'aws_vpn_connection.V', type: 'aws_vpn_connection', change }],
    ...more,
  });
}

describe('scrubPlan', () => {
  test('masks what the plan marks as sensitive, at any depth, and learns it', () => {
    const learned: string[] = [];
    const plan = scrubPlan(
      planOf({
        actions: ['update'],
        before: { a: CANARY, list: [{ b: 'x' }, { b: `${CANARY}2` }], all: { c: [`${CANARY}3`] } },
        after: { a: `${CANARY}4`, list: [{ b: 'x' }, { b: null }], all: { c: ['y'] } },
        before_sensitive: { a: true, list: [{}, { b: true }], all: true },
        after_sensitive: { a: true, list: [false, { b: true }] },
      }),
      (secret) => learned.push(secret),
    );
    expect(JSON.stringify(plan)).not.toContain(CANARY);
    expect(learned.sort()).toEqual([CANARY, `${CANARY}2`, `${CANARY}3`, `${CANARY}4`]);
    expect(plan.changes[0]?.before).toEqual({
      a: '(sensitive)',
      list: [{ b: 'x' }, { b: '(sensitive)' }],
      all: '(sensitive)',
    });
    expect(plan.changes[0]?.after.list).toEqual([{ b: 'x' }, { b: null }]);
  });

  test('masks names of secrets that the provider forgot to mark', () => {
    const after = {
      tunnel1_preshared_key: CANARY,
      nested: [{ password: CANARY }],
      preshared_key_arn: 'arn:x',
    };
    const plan = scrubPlan(planOf({ actions: ['create'], before: null, after }), () => undefined);
    expect(JSON.stringify(plan)).not.toContain(CANARY);
    expect(plan.changes[0]?.after.preshared_key_arn).toBe('arn:x');
  });

  test('drops the parts of a plan that repeat values: variables, states, configuration, outputs', () => {
    const plan = scrubPlan(
      planOf(
        { actions: ['no-op'], before: {}, after: {} },
        {
          variables: { preshared_keys: { value: { '169.254.100.0/30': CANARY } } },
          prior_state: { values: { x: CANARY } },
          planned_values: { x: CANARY },
          configuration: { x: CANARY },
          output_changes: {
            tunnel_keys: { actions: ['update'], before: CANARY, after: CANARY, after_sensitive: true },
            catalog: { actions: ['no-op'] },
          },
        },
      ),
      () => undefined,
    );
    expect(JSON.stringify(plan)).not.toContain(CANARY);
    expect(plan).toMatchObject({
      changes: [],
      drift: [],
      outputs: ['tunnel_keys'],
      references: {},
      outputValues: { catalog: { changed: [] }, tunnel_keys: { changed: [] } },
    });
    expect(plan.unchanged.map(({ address }) => address)).toEqual(['aws_vpn_connection.V']);
  });

  test('finds what changes before masking, also a secret and what is not known yet', () => {
    const plan = scrubPlan(
      planOf({
        actions: ['update'],
        before: { key: 'one-secret', same: { b: 1, a: 2 }, id: 'x', gone: null },
        after: { key: 'two-secret', same: { a: 2, b: 1 } },
        after_unknown: { id: true },
        before_sensitive: { key: true },
        after_sensitive: { key: true },
        replace_paths: [['tunnel2_inside_cidr'], ['ingress', 0, 'cidr']],
      }),
      () => undefined,
    );
    expect(plan.changes[0]?.changed).toEqual(['id', 'key']);
    expect(plan.changes[0]?.replacedBy).toEqual(['tunnel2_inside_cidr', 'ingress.0.cidr']);
  });
});
