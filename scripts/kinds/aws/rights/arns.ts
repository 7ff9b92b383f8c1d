import { isJsonMap } from '../../../../catalog/ground/json';
import { partitionOf } from '../../../../model/clouds/aws/regions';
import type { RightsNeed } from '../../rights';

/** Types whose ARN follows from a name that the configuration gives, with its form after `arn:<partition>:`. */
const NAMED: Readonly<Record<string, readonly [attribute: string, form: string]>> = {
  aws_autoscaling_group: ['name', 'autoscaling:REGION:ACCOUNT:autoScalingGroup:*:autoScalingGroupName/NAME'],
  aws_cloudwatch_log_group: ['name', 'logs:REGION:ACCOUNT:log-group:NAME*'],
  aws_iam_instance_profile: ['name', 'iam::ACCOUNT:instance-profile/NAME'],
  aws_iam_role: ['name', 'iam::ACCOUNT:role/NAME'],
  aws_s3_bucket: ['bucket', 's3:::NAME'],
  aws_scheduler_schedule_group: ['name', 'scheduler:REGION:ACCOUNT:schedule-group/NAME'],
  aws_secretsmanager_secret: ['name', 'secretsmanager:REGION:ACCOUNT:secret:NAME-*'],
  // AWS's own parameters are of no account.
  'data.aws_ssm_parameter': ['name', 'ssm:REGION:*:parameter/NAME'],
};

/** Types that are parts of others, whose ARN their actions take. */
const WHOLE: Readonly<Record<string, string>> = {
  aws_autoscaling_schedule: 'aws_autoscaling_group',
  aws_s3_bucket_ownership_controls: 'aws_s3_bucket',
  aws_s3_bucket_policy: 'aws_s3_bucket',
  aws_s3_bucket_public_access_block: 'aws_s3_bucket',
  aws_s3_bucket_server_side_encryption_configuration: 'aws_s3_bucket',
  aws_s3_bucket_versioning: 'aws_s3_bucket',
  aws_s3_object: 'aws_s3_bucket',
  aws_scheduler_schedule: 'aws_scheduler_schedule_group',
  aws_secretsmanager_secret_version: 'aws_secretsmanager_secret',
};

/** The ARNs that the actions of a need's own service take; undefined where the configuration does not tell all. */
export function arnsOf(need: RightsNeed, all: readonly RightsNeed[]): readonly string[] | undefined {
  const whole = WHOLE[need.type];
  const needs = whole === undefined ? [need] : all.filter(({ type }) => type === whole);
  const arns = needs.flatMap((one) => arnOf(one) ?? []);
  return arns.length === 0 || arns.length < needs.length ? undefined : arns;
}

/** The ARN of what the configuration names. */
export function arnOf(need: RightsNeed): string | undefined {
  const [attribute = '', form] = NAMED[need.type] ?? [];
  const name = need.values[attribute];
  if (form === undefined || typeof name !== 'string' || name.includes('${')) return undefined;
  const arn = form
    .replace('REGION', regionOf(need) ?? '*')
    .replace('ACCOUNT', accountOf(need))
    // Names of parameters may begin with what stands between a type and a name.
    .replace(/(parameter\/)?NAME/, (_, type = '') =>
      type === '' ? name : `${type}${name.replace(/^\//, '')}`,
    );
  return `arn:${partitionOfNeed(need)}:${arn}`;
}

export function regionOf({ provider }: Pick<RightsNeed, 'provider'>): string | undefined {
  const { region } = provider;
  return typeof region === 'string' && !region.includes('${') ? region : undefined;
}

export function partitionOfNeed(need: Pick<RightsNeed, 'provider'>): string {
  return partitionOf(regionOf(need) ?? '');
}

/** The account, where the catalog allows one alone. */
function accountOf({ provider }: RightsNeed): string {
  const allowed = provider.allowed_account_ids;
  const [only, ...others] = Array.isArray(allowed) ? allowed : [];
  return typeof only === 'string' && others.length === 0 ? only : '*';
}

/** The tag that tells what is an entry's own, which the provider gives to all of a stack. */
export function entryTag({ values, provider }: RightsNeed): string | undefined {
  const [first] = [provider.default_tags].flat();
  const given = [values.tags, isJsonMap(first) ? first.tags : undefined];
  const tags = given.flatMap((one) => (isJsonMap(one) ? (one[ENTRY_TAG] ?? []) : []));
  const [tag] = tags;
  return typeof tag === 'string' && !tag.includes('${') ? tag : undefined;
}

export const ENTRY_TAG = 'kakehashi:entry';
