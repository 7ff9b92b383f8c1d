import type { Json, JsonMap } from '../../../catalog/ground/json';
import { neededRights } from '../../../scripts/doctor/rights/needed-rights';
import { vaultPolicy } from '../../../scripts/doctor/rights/vault-rights';
import { AWS_RIGHTS } from '../../../scripts/kinds/aws/rights/aws-rights';
import { AZURE_RIGHTS } from '../../../scripts/kinds/azure/rights/azure-rights';
import type { Purpose } from '../../../scripts/kinds/rights';
import { normalConfiguration } from '../../../scripts/run/affected/normal-configuration';
import { azureCatalog } from '../../fixtures/azure-catalog';
import { nodeCatalog } from '../../fixtures/node-catalog';
import { VAULT_CATALOG } from '../../fixtures/vault-catalog';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { synthesizedCatalog } from '../../support/synthesized-catalog';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Json;
}

/** The document for the stacks of a catalog. */
function documentOf(catalog: string, purpose: Purpose): JsonMap {
  const loaded = loadedFrom(catalog);
  const { files } = synthesizedCatalog(temporaryFolder({ 'dev.yml': catalog }), ['dev']);
  const configurations = new Map(
    loaded.stacks.map(({ id }) => [id, normalConfiguration(files[`stacks/${id}/cdk.tf.json`] ?? '{}')]),
  );
  const [first, ...others] = neededRights('dev', purpose, loaded.stacks, configurations);
  expect(others).toEqual([]);
  return first?.document as JsonMap;
}

const statements = (document: JsonMap) => document.Statement as unknown as readonly Statement[];
const actionsOf = (document: JsonMap) => statements(document).flatMap(({ Action }) => Action);

const BACKEND = `backend: { type: s3, bucket: states, region: ap-northeast-1, dynamodb_table: locks }\n`;

describe('the rights on AWS', () => {
  const nodes = `${nodeCatalog()}${BACKEND}`;

  it.each(['plan', 'drift'] as const)('change nothing of the cloud: %s', (purpose) => {
    const actions = actionsOf(documentOf(nodes, purpose));
    expect(actions).toContain('ec2:DescribeVpcs');
    expect(actions).toContain('tag:GetResources');
    const changing = actions.filter((one) => !/:(Describe|Get|List|Search)/.test(one));
    // A plan writes the lock of a state, and nothing else.
    expect([...new Set(changing)].sort()).toEqual(
      purpose === 'drift'
        ? []
        : ['dynamodb:DeleteItem', 'dynamodb:PutItem', 's3:DeleteObject', 's3:PutObject'],
    );
  });

  it('are limited by region and name, and pass no other role than those that are made', () => {
    const all = statements(documentOf(nodes, 'apply'));
    const of = (action: string) => all.filter(({ Action }) => Action.includes(action));
    expect(of('ec2:CreateVpc')).toMatchObject([
      { Resource: ['*'], Condition: { StringEquals: { 'aws:RequestedRegion': ['ap-northeast-1'] } } },
    ]);
    for (const action of ['iam:PassRole', 'iam:CreateRole', 'iam:PutRolePolicy'])
      for (const { Resource } of of(action))
        for (const arn of Resource) expect(arn).toMatch(/^arn:aws:iam::\*:role\/dev-[\w-]+$/);
    expect(of('iam:PassRole').length).toBeGreaterThan(0);
    expect(of('s3:PutObject').flatMap(({ Resource }) => Resource)).toContain(
      'arn:aws:s3:::states/kakehashi/dev/dev-aws-default',
    );
    expect(of('dynamodb:PutItem').flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:dynamodb:*:*:table/locks',
      'arn:aws:dynamodb:*:*:table/locks',
    ]);
  });

  it('know every row by name', () => {
    expect(AWS_RIGHTS.types.aws_vpn_connection?.read).toContain('ec2:DescribeVpnConnections');
  });
});

describe('the rights on Azure', () => {
  it.each(['plan', 'drift', 'apply'] as const)('read the key of a connection, also for %s', (purpose) => {
    const { Actions, AssignableScopes, Name } = documentOf(azureCatalog(), purpose);
    expect(Actions).toContain('Microsoft.Network/connections/sharedKey/action');
    expect((Actions as readonly string[]).some((one) => /\/(write|delete)$/.test(one))).toBe(
      purpose === 'apply',
    );
    expect(AssignableScopes).toEqual(['/subscriptions/12345678-1234-9876-4563-123456789012']);
    expect(Name).toBe(`kakehashi-dev-${purpose}`);
  });

  it('tell operations on data from others', () => {
    const { DataActions } = AZURE_RIGHTS.document({
      environment: 'dev',
      purpose: 'drift',
      needs: [
        {
          type: 'x',
          values: {},
          provider: { subscription_id: 'S' },
          actions: ['data:Microsoft.KeyVault/a/read'],
        },
      ],
      states: [{ key: 'a' }],
    }) as JsonMap;
    expect(DataActions).toEqual([
      'Microsoft.KeyVault/a/read',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    ]);
  });
});

describe('the policy of Vault', () => {
  const loaded = loadedFrom(VAULT_CATALOG.replace('environment: lab', 'environment: dev'));
  const { vault } = loaded.catalog.kinds;
  if (vault === undefined) throw new Error('no vault');

  it.each(['plan', 'drift'] as const)('only reads: %s', (purpose) => {
    const text = vaultPolicy(loaded, vault, purpose);
    expect(text).toContain('path "auth/token/lookup-self" {\n  capabilities = ["read"]\n}\n');
    expect(text).not.toMatch(/"(create|update|delete)"/);
  });

  it('writes what is made, and removes it', () => {
    expect(vaultPolicy(loaded, vault, 'apply')).toMatch(
      /path "sys\/policies\/acl\/[\w-]+" \{\n {2}capabilities = \["delete", "read", "update"\]/,
    );
  });
});
