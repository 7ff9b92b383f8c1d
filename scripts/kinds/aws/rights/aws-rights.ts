import { compareTexts } from '../../../../base/text/compare-texts';
import type { Json, JsonMap } from '../../../../catalog/ground/json';
import type { AskedRights, KindRights, RightsNeed } from '../../rights';
import { AWS_TYPE_RIGHTS } from './types';

/** An element of a policy. */
interface Statement extends JsonMap {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** The smallest IAM policy for what a catalog makes on AWS. */
export const AWS_RIGHTS: KindRights = {
  title: 'AWS: an IAM policy',
  types: AWS_TYPE_RIGHTS,
  document: (asked) => ({
    Version: '2012-10-17',
    Statement: [...cloudStatements(asked), ...stateStatements(asked)],
  }),
  remarks: [
    'actions of EC2 that read take no resource, so they are limited by region alone',
    'a managed policy has at most 6,144 characters without white space: make two of a longer one, statement by statement',
    'an encrypted bucket or secret with a key of your own needs kms:Decrypt and kms:GenerateDataKey of that key beside it',
  ],
  backend: 's3',
};

/** Services whose requests go to one region, wherever they are sent from: a condition on the region would refuse them. */
const GLOBAL = new Set(['iam', 's3']);

/** Types whose rights can be limited to the name that the configuration gives, with the form of the ARN. */
const NAMED: Readonly<Record<string, readonly [attribute: string, arn: string]>> = {
  aws_autoscaling_group: ['name', 'autoscaling:*:ACCOUNT:autoScalingGroup:*:autoScalingGroupName/NAME'],
  aws_cloudwatch_log_group: ['name', 'logs:*:ACCOUNT:log-group:NAME*'],
  aws_iam_instance_profile: ['name', 'iam::ACCOUNT:instance-profile/NAME'],
  aws_iam_role: ['name', 'iam::ACCOUNT:role/NAME'],
  aws_scheduler_schedule_group: ['name', 'scheduler:*:ACCOUNT:schedule-group/NAME'],
  aws_secretsmanager_secret: ['name', 'secretsmanager:*:ACCOUNT:secret:NAME-*'],
};

/** Actions that take no resource, or another one than what is made. */
const LISTS =
  /:(Describe|List|CreateLogDelivery|GetLogDelivery|UpdateLogDelivery|DeleteLogDelivery|PutResourcePolicy)/;

function cloudStatements({ purpose, needs }: AskedRights): readonly Statement[] {
  // Plans look by their tags for what killed applies left; drift, for what nobody manages.
  const tags =
    needs[0] === undefined ? [] : [{ ...needs[0], type: '', values: {}, actions: ['tag:GetResources'] }];
  const roles = sorted(needs.flatMap((need) => (need.type === 'aws_iam_role' ? (arnOf(need) ?? []) : [])));
  const byGrant = new Gathered<Grant>();
  for (const need of [...needs, ...tags])
    for (const action of need.actions) byGrant.add(grantOf(need, action, roles), action);
  // Statements of the same actions are one: a policy must not be long.
  const byActions = new Gathered<Pick<Grant, 'regions'> & { readonly actions: readonly string[] }>();
  for (const { key, values } of byGrant.all)
    for (const resource of key.resources) byActions.add({ regions: key.regions, actions: values }, resource);
  return byActions.all.map(({ key: { actions, regions }, values }, index) => ({
    Sid: `${purpose[0]?.toUpperCase()}${purpose.slice(1)}${index + 1}`,
    Effect: 'Allow',
    Action: actions,
    Resource: values,
    ...(regions.length === 0 ? {} : { Condition: { StringEquals: { 'aws:RequestedRegion': regions } } }),
  }));
}

/** Texts by what they have in common, both sorted. */
class Gathered<K> {
  private readonly groups = new Map<string, { readonly key: K; readonly values: Set<string> }>();

  add(key: K, value: string): void {
    const text = JSON.stringify(key);
    const group = this.groups.get(text) ?? { key, values: new Set() };
    group.values.add(value);
    this.groups.set(text, group);
  }

  get all(): readonly { readonly key: K; readonly values: readonly string[] }[] {
    return [...this.groups]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, { key, values }]) => ({ key, values: sorted([...values]) }));
  }
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareTexts);
}

interface Grant {
  readonly resources: readonly string[];
  readonly regions: readonly string[];
}

/** Actions on the roles that the configuration makes, whatever resource needs them. */
const ON_ROLES = /^iam:(PassRole|(Get|Put|Delete)RolePolicy)$/;

function grantOf(need: RightsNeed, action: string, roles: readonly string[]): Grant {
  const [service = ''] = action.split(':');
  const region = need.provider.region;
  const regions = GLOBAL.has(service) || typeof region !== 'string' ? [] : [region];
  if (ON_ROLES.test(action) && roles.length > 0) return { resources: roles, regions };
  if (action === 'iam:CreateServiceLinkedRole')
    return { resources: ['arn:aws:iam::*:role/aws-service-role/*'], regions };
  const arn = arnOf(need);
  const isLimited = arn?.startsWith(`arn:aws:${service}:`) && (service === 'iam' || !LISTS.test(action));
  return { resources: [isLimited ? arn : '*'].flatMap((one) => one ?? []), regions };
}

/** The ARN of what the configuration names. */
function arnOf(need: RightsNeed): string | undefined {
  const [attribute = '', form] = NAMED[need.type] ?? [];
  const name = need.values[attribute];
  if (form === undefined || typeof name !== 'string' || name.includes('${')) return undefined;
  return `arn:aws:${form.replace('ACCOUNT', accountOf(need)).replace('NAME', name)}`;
}

/** The account, where the catalog allows one alone. */
function accountOf({ provider }: RightsNeed): string {
  const allowed = provider.allowed_account_ids;
  const [only, ...others] = Array.isArray(allowed) ? allowed : [];
  return typeof only === 'string' && others.length === 0 ? only : '*';
}

/** The states in buckets, their lock files, and tables of locks. Drift reads without a lock. */
function stateStatements({ purpose, states }: AskedRights): readonly Statement[] {
  return states.flatMap((state, index): readonly Statement[] => {
    const { bucket, key, dynamodb_table: table, use_lockfile: hasFile } = state;
    if (typeof bucket !== 'string' || typeof key !== 'string') return [];
    const sid = `State${index + 1}`;
    const object = (name: string) => `arn:aws:s3:::${bucket}/${name}`;
    const write = purpose === 'apply' ? ['s3:PutObject'] : [];
    const locks = purpose !== 'drift';
    return [
      {
        Sid: `${sid}List`,
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: [`arn:aws:s3:::${bucket}`],
        Condition: { StringLike: { 's3:prefix': [key, `${key}*`, 'env:/*'] } },
      },
      { Sid: `${sid}Object`, Effect: 'Allow', Action: ['s3:GetObject', ...write], Resource: [object(key)] },
      ...(locks && hasFile === true
        ? [
            {
              Sid: `${sid}LockFile`,
              Effect: 'Allow' as const,
              Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
              Resource: [object(`${key}.tflock`)],
            },
          ]
        : []),
      ...tableStatement(sid, table, purpose),
    ];
  });
}

function tableStatement(
  sid: string,
  table: Json | undefined,
  purpose: AskedRights['purpose'],
): readonly Statement[] {
  if (typeof table !== 'string') return [];
  const write = purpose === 'drift' ? [] : ['dynamodb:DeleteItem', 'dynamodb:PutItem'];
  return [
    {
      Sid: `${sid}Lock`,
      Effect: 'Allow',
      Action: ['dynamodb:DescribeTable', 'dynamodb:GetItem', ...write].sort(compareTexts),
      Resource: [table.startsWith('arn:') ? table : `arn:aws:dynamodb:*:*:table/${table}`],
    },
  ];
}
