import type { JsonMap } from '../../../../catalog/ground/json';
import type { AskedRights, KindRights } from '../../rights';
import { checkedStatements, checkStatements } from './check';
import { Gathered } from './gathered';
import { type Condition, type Grant, grantsOf } from './grants';
import { stateStatements } from './state-rights';
import type { Statement } from './statement';
import { AWS_TYPE_RIGHTS } from './types';

/** Characters of a managed policy, white space not counted (IAM and STS quotas). */
const LONGEST = 6144;

/** The smallest IAM policies for what a catalog makes on AWS. */
export const AWS_RIGHTS: KindRights = {
  title: 'AWS: an IAM policy',
  types: AWS_TYPE_RIGHTS,
  documents: (asked) => packed([...cloudStatements(asked), ...stateStatements(asked)]),
  remarks: [
    'actions of EC2 that read or make take no name, so they are limited by region alone; those that remove what has tags, by the tag kakehashi:entry',
    'of several policies the role needs each; a policy has at most 6,144 characters without white space',
    'a key of your own (KMS) for disks, secrets or logs needs rights of its own beside these: kms:CreateGrant, kms:Decrypt, kms:DescribeKey, kms:GenerateDataKey*',
  ],
  backend: 's3',
  check: (examined) =>
    checkStatements(
      checkedStatements(examined, cloudStatements(examined), stateStatements(examined)),
      examined.ask,
    ),
};

function cloudStatements(asked: AskedRights): readonly Statement[] {
  const { purpose } = asked;
  // Regions of the same grant are one condition, and statements of the same actions one statement: a policy must not be long.
  const regions = new Gathered<Omit<Grant, 'region'>>();
  for (const { region = '', ...grant } of grantsOf(asked)) regions.add(grant, region);
  const byGrant = new Gathered<
    Pick<Grant, 'resources' | 'condition'> & { readonly regions: readonly string[] }
  >();
  for (const { key, values } of regions.all) {
    const { action, resources, condition } = key;
    byGrant.add({ resources, condition, regions: values.filter((one) => one !== '') }, action);
  }
  const byActions = new Gathered<{
    readonly condition: Condition;
    readonly regions: readonly string[];
    readonly actions: readonly string[];
  }>();
  for (const { key, values } of byGrant.all)
    for (const resource of key.resources)
      byActions.add({ condition: key.condition, regions: key.regions, actions: values }, resource);
  return byActions.all.map(({ key, values }, index) => {
    const equals = {
      ...(key.regions.length === 0 ? {} : { 'aws:RequestedRegion': key.regions }),
      ...key.condition,
    };
    return {
      Sid: `${purpose[0]?.toUpperCase()}${purpose.slice(1)}${index + 1}`,
      Effect: 'Allow',
      Action: key.actions,
      Resource: values,
      ...(Object.keys(equals).length === 0 ? {} : { Condition: { StringEquals: equals } }),
    };
  });
}

function documentOf(statements: readonly Statement[]): JsonMap {
  return { Version: '2012-10-17', Statement: statements };
}

/** Statements in as few documents as their length allows, in their order. */
function packed(statements: readonly Statement[]): readonly JsonMap[] {
  const documents: Statement[][] = [];
  for (const statement of statements.flatMap(shortened)) {
    const last = documents.at(-1);
    if (last !== undefined && lengthOf([...last, statement]) <= LONGEST) last.push(statement);
    else documents.push([statement]);
  }
  return documents.map(documentOf);
}

function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify(documentOf(statements)).length;
}

/** A statement that no document can hold, as several: by its resources, else by its actions. */
function shortened(statement: Statement): readonly Statement[] {
  if (lengthOf([statement]) <= LONGEST) return [statement];
  const part = (['Resource', 'Action'] as const).find(
    (one) => JSON.stringify(statement[one]).length * 2 > LONGEST && statement[one].length > 1,
  );
  if (part === undefined) return [statement];
  const middle = Math.ceil(statement[part].length / 2);
  const half = (name: string, values: readonly string[]): Statement => ({
    ...statement,
    Sid: `${statement.Sid}${name}`,
    [part]: values,
  });
  return [
    ...shortened(half('a', statement[part].slice(0, middle))),
    ...shortened(half('b', statement[part].slice(middle))),
  ];
}
