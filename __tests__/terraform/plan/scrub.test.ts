import { gzipSync } from 'node:zlib';
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

  test('masks what is a secret by its type, and leaves ids that have the same name', () => {
    const values = (type: string, after: object) =>
      scrubPlan(
        JSON.stringify({
          resource_changes: [{ address: 'x.y', type, change: { actions: ['create'], before: null, after } }],
        }),
        () => undefined,
      ).changes[0]?.after;
    const type = 'vault_approle_auth_backend_role_secret_id';
    expect(values(type, { secret_id: CANARY, role_id: 'r-1' })).toEqual({
      secret_id: '(sensitive)',
      role_id: 'r-1',
    });
    const id = 'https://x.vault.azure.net/secrets/y/1';
    expect(values('azurerm_application_gateway', { secret_id: id, key_vault_secret_id: id })).toEqual({
      secret_id: id,
      key_vault_secret_id: id,
    });
    expect(values('vault_kv_secret_v2', { data_json: `{"a":"${CANARY}"}`, data: { a: CANARY } })).toEqual({
      data_json: '(sensitive)',
      data: '(sensitive)',
    });
    expect(
      values('docker_container', {
        env: [`DB_PASSWORD=${CANARY}`, 'VAULT_TOKEN_FILE=/run/t', 'MODE=a', 'X_TOKEN='],
      }),
    ).toEqual({ env: ['DB_PASSWORD=(sensitive)', 'VAULT_TOKEN_FILE=/run/t', 'MODE=a', 'X_TOKEN='] });
    expect(values('aws_iam_access_key', { id: 'AKIA1', secret: CANARY, private_key_pem: CANARY })).toEqual({
      id: 'AKIA1',
      secret: '(sensitive)',
      private_key_pem: '(sensitive)',
    });
  });

  test('shows of user data only whether it is another one, packed or not, and whatever the known secrets in it are', () => {
    const shown = (after: object, mask = (text: string) => text) =>
      scrubPlan(planOf({ actions: ['create'], before: null, after }), () => undefined, mask).changes[0]
        ?.after;
    const one = shown({ user_data_base64: gzipSync(`#!/bin/sh\n${CANARY}`).toString('base64') });
    expect(one?.user_data_base64).toMatch(/^\(sensitive\) sha256:[0-9a-f]{32}$/);
    const level9 = gzipSync(`#!/bin/sh\n${CANARY}`, { level: 1 }).toString('base64');
    expect(shown({ user_data_base64: level9 })).toEqual(one);
    expect(shown({ user_data_base64: `#!/bin/sh\n${CANARY}` })).toEqual(one);
    expect(shown({ user_data_base64: `#!/bin/sh\n${CANARY}2` })).not.toEqual(one);
    const masked = (secret: string) => (text: string) => text.replaceAll(secret, '(sensitive)');
    expect(shown({ user_data: 'a b-secret' }, masked('b-secret'))).toEqual(
      shown({ user_data: 'a c-secret' }, masked('c-secret')),
    );
  });

  test('does not learn the id of a resource as a secret, though something sensitive has the same value', () => {
    const learned: string[] = [];
    scrubPlan(
      planOf({
        actions: ['update'],
        before: { id: 'vpn-0123456789', label: 'x' },
        after: { id: 'vpn-0123456789', label: 'vpn-0123456789' },
        after_sensitive: { label: true },
      }),
      (secret) => learned.push(secret),
    );
    expect(learned).toEqual([]);
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
