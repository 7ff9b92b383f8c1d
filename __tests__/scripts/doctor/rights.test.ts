import type { Json, JsonMap } from '../../../catalog/ground/json';
import { type NeededRights, neededRights } from '../../../scripts/doctor/rights/needed-rights';
import { vaultPolicy, vaultRights } from '../../../scripts/doctor/rights/vault-rights';
import { AWS_RIGHTS } from '../../../scripts/kinds/aws/rights/aws-rights';
import { AZURE_RIGHTS } from '../../../scripts/kinds/azure/rights/azure-rights';
import type { Purpose } from '../../../scripts/kinds/rights';
import { normalConfiguration } from '../../../scripts/run/affected/normal-configuration';
import { azureCatalog } from '../../fixtures/azure-catalog';
import { hubCatalog } from '../../fixtures/hub-catalog';
import { nodeCatalog, nodeGroup } from '../../fixtures/node-catalog';
import { VAULT_CATALOG } from '../../fixtures/vault-catalog';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { synthesizedCatalog } from '../../support/synthesized-catalog';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Json;
}

/** What the stacks of a catalog need. */
function rightsOf(catalog: string, purpose: Purpose): NeededRights {
  const loaded = loadedFrom(catalog);
  const { files } = synthesizedCatalog(temporaryFolder({ 'dev.yml': catalog }), ['dev']);
  const configurations = new Map(
    loaded.stacks.map(({ id }) => [id, normalConfiguration(files[`stacks/${id}/cdk.tf.json`] ?? '{}')]),
  );
  return neededRights('dev', purpose, loaded.stacks, configurations);
}

function roleOf(catalog: string, purpose: Purpose): JsonMap {
  const [first, ...others] = rightsOf(catalog, purpose).documents;
  expect(others).toEqual([]);
  return first?.document as JsonMap;
}

/** The statements of all policies of a catalog. */
const statements = (catalog: string, purpose: Purpose): readonly Statement[] =>
  rightsOf(catalog, purpose).documents.flatMap(
    ({ document }) => (document as JsonMap).Statement as unknown as readonly Statement[],
  );
const actionsOf = (all: readonly Statement[]) => all.flatMap(({ Action }) => Action);

const BACKEND = `backend: { type: s3, bucket: states, region: ap-northeast-1, dynamodb_table: locks }\n`;

describe('the tables', () => {
  it.each([
    ['nodes', nodeCatalog()],
    ['elastic nodes', nodeCatalog('kind: elastic, nodes: { initial: 0, max: 2 }')],
    ['hubs', hubCatalog()],
    ['Azure', azureCatalog()],
  ])('have a row for each type: %s', (_, catalog) => {
    const { files } = synthesizedCatalog(temporaryFolder({ 'dev.yml': catalog }), ['dev']);
    const types = loadedFrom(catalog).stacks.flatMap(({ id }) => {
      const { resource = {}, data = {} } = JSON.parse(files[`stacks/${id}/cdk.tf.json`] ?? '{}') as Record<
        string,
        JsonMap
      >;
      return [...Object.keys(resource), ...Object.keys(data).map((type) => `data.${type}`)];
    });
    expect(types.length).toBeGreaterThan(3);
    const known = { ...AWS_RIGHTS.types, ...AZURE_RIGHTS.types };
    expect(types.filter((type) => known[type] === undefined)).toEqual([]);
  });
});

describe('the rights on AWS', () => {
  const nodes = `${nodeCatalog()}${BACKEND}`;

  it.each(['plan', 'drift'] as const)('change nothing of the cloud: %s', (purpose) => {
    const actions = actionsOf(statements(nodes, purpose));
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

  const all = statements(nodes, 'apply');
  const of = (action: string, among = all) => among.filter(({ Action }) => Action.includes(action));

  it('are limited by region, where no name is known', () => {
    expect(of('ec2:CreateVpc')).toMatchObject([
      { Resource: ['*'], Condition: { StringEquals: { 'aws:RequestedRegion': ['ap-northeast-1'] } } },
    ]);
  });

  it('change no other role than those that are made', () => {
    for (const action of ['iam:PassRole', 'iam:CreateRole', 'iam:PutRolePolicy']) {
      expect(of(action).length).toBeGreaterThan(0);
      for (const { Resource } of of(action))
        for (const arn of Resource) expect(arn).toMatch(/^arn:aws:iam::\*:role\/dev-[\w-]+$/);
    }
  });

  it('hand each role to the service that it trusts, and to no other', () => {
    expect(of('iam:PassRole').map(({ Resource, Condition }) => [Resource, Condition])).toEqual([
      [
        ['arn:aws:iam::*:role/dev-nodes-workers'],
        { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com'] } },
      ],
      [
        ['arn:aws:iam::*:role/dev-nodes-workers-end'],
        { StringEquals: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } },
      ],
    ]);
  });

  it('make schedules only in the groups that are made', () => {
    expect(of('scheduler:CreateSchedule').flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:scheduler:ap-northeast-1:*:schedule/dev-nodes-workers/*',
    ]);
  });

  it('let only services make roles of their own that need one', () => {
    const elastic = statements(
      `${nodeCatalog('kind: elastic, nodes: { initial: 0, max: 2 }')}${BACKEND}`,
      'apply',
    );
    expect(of('iam:CreateServiceLinkedRole', elastic)).toMatchObject([
      {
        Resource: ['arn:aws:iam::*:role/aws-service-role/*'],
        Condition: {
          StringEquals: { 'iam:AWSServiceName': ['autoscaling.amazonaws.com', 'spot.amazonaws.com'] },
        },
      },
    ]);
  });

  it.each(['ec2:DeleteVpc', 'ec2:TerminateInstances', 'ec2:DeleteSubnet'])(
    'remove only what bears the tag of the entry: %s',
    (action) => {
      expect(of(action)).toMatchObject([
        {
          Resource: ['*'],
          Condition: {
            StringEquals: {
              'aws:RequestedRegion': ['ap-northeast-1'],
              'aws:ResourceTag/kakehashi:entry': ['dev/aws/default'],
            },
          },
        },
      ]);
    },
  );

  it.each([
    ['/aws/service/x', 'aws/service/x'],
    ['x', 'x'],
  ])('read a parameter by its name: %s', (name, expected) => {
    const need = { type: 'data.aws_ssm_parameter', values: { name }, provider: { region: 'eu-west-1' } };
    const document = AWS_RIGHTS.documents({
      environment: 'dev',
      purpose: 'plan',
      needs: [{ ...need, actions: ['ssm:GetParameter'] }],
      states: [],
    });
    expect(JSON.stringify(document)).toContain(`["arn:aws:ssm:eu-west-1:*:parameter/${expected}"]`);
  });

  it('name states, their lock files and tables, each once', () => {
    expect(of('s3:PutObject').flatMap(({ Resource }) => Resource)).toContain(
      'arn:aws:s3:::states/kakehashi/dev/dev-aws-default',
    );
    expect(of('dynamodb:PutItem').map(({ Resource }) => Resource)).toEqual([
      ['arn:aws:dynamodb:ap-northeast-1:*:table/locks'],
    ]);
  });

  it('are several policies where one would be too long, each short enough and none left out', () => {
    const names = Array.from({ length: 200 }, (_, index) => `dev-a-role-with-a-name-of-some-length-${index}`);
    const documents = AWS_RIGHTS.documents({
      environment: 'dev',
      purpose: 'apply',
      needs: names.map((name) => ({
        type: 'aws_iam_role',
        values: { name },
        provider: {},
        actions: AWS_RIGHTS.types.aws_iam_role?.write ?? [],
      })),
      states: [],
    }) as readonly JsonMap[];
    expect(documents.length).toBeGreaterThan(1);
    for (const document of documents) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
      const sids = (document.Statement as readonly JsonMap[]).map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
    }
    const roles = documents.flatMap(({ Statement }) =>
      of('iam:CreateRole', Statement as unknown as readonly Statement[]).flatMap(({ Resource }) => Resource),
    );
    expect(roles.sort()).toEqual(names.map((name) => `arn:aws:iam::*:role/${name}`).sort());
  });

  it('number the policies in their titles', () => {
    const groups = Array.from({ length: 12 }, (_, index) => nodeGroup('nodes: 1', `group-${index}`)).join('');
    const { documents } = rightsOf(`${nodeCatalog()}${groups}${BACKEND}`, 'apply');
    expect(documents.map(({ title }) => title)).toEqual([
      'AWS: an IAM policy, 1 of 3',
      'AWS: an IAM policy, 2 of 3',
      'AWS: an IAM policy, 3 of 3',
    ]);
    for (const { document } of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
  });

  it.each([
    ['cn-north-1', 'arn:aws-cn:'],
    ['us-gov-west-1', 'arn:aws-us-gov:'],
  ])('are of the partition of the region: %s', (region, start) => {
    const document = AWS_RIGHTS.documents({
      environment: 'dev',
      purpose: 'apply',
      needs: [
        {
          type: 'aws_cloudwatch_log_group',
          values: { name: '/a/b' },
          provider: { region, allowed_account_ids: ['123456789012'] },
          actions: ['logs:CreateLogGroup'],
        },
      ],
      states: [{ bucket: 'b', key: 'k', region }],
    });
    const arns = JSON.stringify(document).match(/arn:[^"]+/g) ?? [];
    expect(arns).toContain(`${start}logs:${region}:123456789012:log-group:/a/b*`);
    for (const arn of arns) expect(arn.startsWith(start)).toBe(true);
  });

  it('write a bucket and its object by name', () => {
    const need = (type: string, values: JsonMap, action: string) => ({
      type,
      values,
      provider: {},
      actions: [action],
    });
    const [document] = AWS_RIGHTS.documents({
      environment: 'dev',
      purpose: 'apply',
      needs: [
        need('aws_s3_bucket', { bucket: 'mine' }, 's3:CreateBucket'),
        need('aws_s3_object', { bucket: '${aws_s3_bucket.x.id}' }, 's3:PutObject'),
        need('aws_s3_bucket_policy', { bucket: '${aws_s3_bucket.x.id}' }, 's3:PutBucketPolicy'),
      ],
      states: [],
    });
    const whole = (document as JsonMap).Statement as unknown as readonly Statement[];
    expect(of('s3:PutObject', whole).flatMap(({ Resource }) => Resource)).toEqual(['arn:aws:s3:::mine/*']);
    expect(of('s3:PutBucketPolicy', whole).flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::mine',
    ]);
  });

  it.each([
    ['a reference', '${aws_iam_instance_profile.x.name}', 'arn:aws:iam::*:role/made'],
    ["somebody else's", 'theirs', '*'],
  ])('pass a role by the profile of a node: %s', (_, profile, expected) => {
    const assumed = '{"Service":"ec2.amazonaws.com"}';
    const [document] = AWS_RIGHTS.documents({
      environment: 'dev',
      purpose: 'apply',
      needs: [
        {
          type: 'aws_instance',
          values: { iam_instance_profile: profile },
          provider: {},
          actions: ['iam:PassRole'],
        },
        { type: 'aws_instance', values: {}, provider: {}, actions: ['iam:PassRole'] },
        {
          type: 'aws_iam_role',
          values: { name: 'made', assume_role_policy: assumed },
          provider: {},
          actions: [],
        },
      ],
      states: [],
    });
    const whole = (document as JsonMap).Statement as unknown as readonly Statement[];
    expect(of('iam:PassRole', whole).flatMap(({ Resource }) => Resource)).toEqual([expected]);
  });

  it('write logs of tunnels only where there are some', () => {
    expect(actionsOf(all)).not.toContain('logs:PutResourcePolicy');
  });
});

describe('states elsewhere', () => {
  it.each([
    ['drift', 'storage.objects.list on the bucket'],
    ['plan', 'storage.objects.create and storage.objects.delete'],
  ] as const)('are told in words: gcs, %s', (purpose, words) => {
    const backend = 'backend: { type: gcs, bucket: states }\n';
    expect(rightsOf(`${nodeCatalog()}${backend}`, purpose).others).toEqual([expect.stringContaining(words)]);
  });

  it('have a role of their own in another cloud', () => {
    const backend =
      'backend: { type: azurerm, resource_group_name: g, storage_account_name: a, container_name: c }\n';
    const { documents, others } = rightsOf(`${nodeCatalog()}${backend}`, 'plan');
    expect(others).toEqual([]);
    expect(documents.at(-1)).toMatchObject({
      title: 'Azure: a role definition',
      document: {
        Actions: [
          'Microsoft.Storage/storageAccounts/listKeys/action',
          'Microsoft.Storage/storageAccounts/read',
        ],
      },
    });
  });
});

describe('the rights on Azure', () => {
  it.each(['plan', 'drift', 'apply'] as const)('read the key of a connection, also for %s', (purpose) => {
    const { Actions, AssignableScopes, Name } = roleOf(azureCatalog(), purpose);
    expect(Actions).toContain('Microsoft.Network/connections/sharedKey/action');
    expect((Actions as readonly string[]).some((one) => /\/(write|delete)$/.test(one))).toBe(
      purpose === 'apply',
    );
    expect(AssignableScopes).toEqual(['/subscriptions/12345678-1234-9876-4563-123456789012']);
    expect(Name).toBe(`kakehashi-dev-${purpose}`);
  });

  it('read the list of resource providers, and register only for an apply', () => {
    for (const purpose of ['plan', 'drift', 'apply'] as const) {
      const { Actions } = roleOf(azureCatalog(), purpose);
      expect(Actions).toContain('Microsoft.Resources/subscriptions/providers/read');
      expect((Actions as readonly string[]).includes('Microsoft.Network/register/action')).toBe(
        purpose === 'apply',
      );
    }
  });

  it('tell operations on data from others', () => {
    const [role] = AZURE_RIGHTS.documents({
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
      states: [{ key: 'a', use_azuread_auth: true }],
    });
    expect((role as JsonMap).DataActions).toEqual([
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
    const text = vaultPolicy(vaultRights(loaded, vault, purpose));
    expect(text).toContain('path "auth/token/lookup-self" {\n  capabilities = ["read"]\n}\n');
    expect(text).not.toMatch(/"(create|update|delete)"/);
  });

  it('writes what is made, and removes it', () => {
    expect(vaultPolicy(vaultRights(loaded, vault, 'apply'))).toMatch(
      /path "sys\/policies\/acl\/[\w-]+" \{\n {2}capabilities = \["delete", "read", "update"\]/,
    );
  });
});
