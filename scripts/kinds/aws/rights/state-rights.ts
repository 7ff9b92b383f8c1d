import { compareTexts } from '../../../../base/text/compare-texts';
import type { JsonMap } from '../../../../catalog/ground/json';
import { partitionOf } from '../../../../model/clouds/aws/regions';
import type { AskedRights, Purpose } from '../../rights';
import { Gathered } from './gathered';
import type { Statement } from './statement';

/** The states in buckets, their lock files, and tables of locks. Drift reads without a lock. */
export function stateStatements({ purpose, states }: AskedRights): readonly Statement[] {
  const buckets = new Gathered<{ readonly arn: string }>();
  const files = new Gathered<{ readonly actions: readonly string[] }>();
  const tables = new Gathered<{ readonly actions: readonly string[] }>();
  for (const state of states) {
    const { bucket, key, dynamodb_table: table, use_lockfile: hasFile, kms_key_id: secret } = state;
    if (typeof bucket !== 'string' || typeof key !== 'string') continue;
    const partition = partitionOf(textOf(state, 'region') ?? '');
    const arn = `arn:${partition}:s3:::${bucket}`;
    for (const prefix of [key, `${key}*`, 'env:/*']) buckets.add({ arn }, prefix);
    files.add({ actions: STATE[purpose] }, `${arn}/${key}`);
    if (purpose !== 'drift' && hasFile === true) files.add({ actions: LOCK_FILE }, `${arn}/${key}.tflock`);
    if (typeof table === 'string') {
      const place = `${textOf(state, 'region') ?? '*'}:*`;
      tables.add(
        { actions: purpose === 'drift' ? TABLE : TABLE_LOCK },
        table.startsWith('arn:') ? table : `arn:${partition}:dynamodb:${place}:table/${table}`,
      );
    }
    if (typeof secret === 'string' && secret.startsWith('arn:'))
      tables.add(
        { actions: purpose === 'drift' ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey'] },
        secret,
      );
  }
  const listed = buckets.all.map(({ key, values }) => ({
    Action: ['s3:ListBucket'],
    Resource: [key.arn],
    Condition: { StringLike: { 's3:prefix': values } },
  }));
  const others = [...files.all, ...tables.all].map(({ key, values }) => ({
    Action: key.actions,
    Resource: values,
  }));
  return [...listed, ...others].map((one, index) => ({ Sid: `State${index + 1}`, Effect: 'Allow', ...one }));
}

const STATE: Readonly<Record<Purpose, readonly string[]>> = {
  drift: ['s3:GetObject'],
  plan: ['s3:GetObject'],
  apply: ['s3:GetObject', 's3:PutObject'],
};

const LOCK_FILE = ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'];

/** The table also has the digest of each state, which a reader compares. */
const TABLE = ['dynamodb:DescribeTable', 'dynamodb:GetItem'];
const TABLE_LOCK = [...TABLE, 'dynamodb:DeleteItem', 'dynamodb:PutItem'].sort(compareTexts);

function textOf(state: JsonMap, name: string): string | undefined {
  const value = state[name];
  return typeof value === 'string' ? value : undefined;
}
