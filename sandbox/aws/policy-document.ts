import { type Attributes, objects, text, texts } from '../provider/attributes';

type Json = string | readonly Json[] | { readonly [key: string]: Json };

/** Turns `&{…}` into IAM's variables `${…}`, since `${…}` would be an expression in Terraform. */
function withVariables(value: string): string {
  return value.replaceAll('&{', '${');
}

/** The provider prints one value alone, and several as a list in descending order. */
function oneOrMany(values: readonly string[]): Json | undefined {
  const sorted = [...new Set(values.map(withVariables))].sort().reverse();
  return sorted.length === 0 ? undefined : sorted.length === 1 ? sorted[0] : sorted;
}

function principals(blocks: readonly Attributes[]): Json | undefined {
  if (blocks.length === 0) return undefined;
  const anybody = blocks.some(
    (block) => text(block, 'type') === '*' && texts(block, 'identifiers').includes('*'),
  );
  if (anybody) return '*';
  const byType: Record<string, Json> = {};
  for (const block of blocks) {
    const type = text(block, 'type');
    const same = blocks
      .filter((other) => text(other, 'type') === type)
      .flatMap((other) => texts(other, 'identifiers'));
    byType[type] = oneOrMany(same) ?? [];
  }
  return byType;
}

function conditions(blocks: readonly Attributes[]): Json | undefined {
  if (blocks.length === 0) return undefined;
  const byTest: Record<string, Record<string, Json>> = {};
  for (const block of blocks) {
    const values = texts(block, 'values').map(withVariables);
    const test = byTest[text(block, 'test')] ?? {};
    byTest[text(block, 'test')] = {
      ...test,
      [text(block, 'variable')]: values.length === 1 ? (values[0] ?? '') : values,
    };
  }
  return byTest;
}

function statementOf(block: Attributes): { readonly [key: string]: Json } {
  const members: Record<string, Json | undefined> = {
    Sid: text(block, 'sid') || undefined,
    Effect: text(block, 'effect') || 'Allow',
    Action: oneOrMany(texts(block, 'actions')),
    NotAction: oneOrMany(texts(block, 'not_actions')),
    Resource: oneOrMany(texts(block, 'resources')),
    NotResource: oneOrMany(texts(block, 'not_resources')),
    Principal: principals(objects(block, 'principals')),
    NotPrincipal: principals(objects(block, 'not_principals')),
    Condition: conditions(objects(block, 'condition')),
  };
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}

type Statement = { readonly [key: string]: Json };

function statementsIn(document: string): readonly Statement[] {
  const { Statement: found = [] } = JSON.parse(document) as { Statement?: Statement | readonly Statement[] };
  return Array.isArray(found) ? found : [found as Statement];
}

/** Replaces each statement by a later one with the same `Sid`. */
function merged(statements: readonly Statement[]): readonly Statement[] {
  const result: Statement[] = [];
  for (const statement of statements) {
    const at = result.findIndex((other) => other.Sid !== undefined && other.Sid === statement.Sid);
    if (at < 0) result.push(statement);
    else result[at] = statement;
  }
  return result;
}

/** The JSON of `aws_iam_policy_document`. */
export function policyDocument(config: Attributes): Readonly<Record<string, Json>> {
  const statements = merged([
    ...texts(config, 'source_policy_documents').flatMap(statementsIn),
    ...objects(config, 'statement').map(statementOf),
    ...texts(config, 'override_policy_documents').flatMap(statementsIn),
  ]);
  const id = text(config, 'policy_id');
  return {
    Version: text(config, 'version') || '2012-10-17',
    ...(id === '' ? {} : { Id: id }),
    Statement: statements,
  };
}
