/** One statement of an IAM policy; its effect is `Allow` unless it says another. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

/**
 * The text of an IAM policy, with sorted keys, as the provider writes policies: a plan with an unknown ARN in it must begin as the
 * final text does.
 */
export function policyText(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: VERSION, Statement: statements.map(sorted) });
}

/** Lets a service of AWS take on a role. @param condition - that must hold besides. @default - none */
export function assumedBy(service: string, condition?: Readonly<Record<string, unknown>>): string {
  const statement = { Principal: { Service: service }, Action: 'sts:AssumeRole' };
  if (condition === undefined) return policyText(statement);
  // Of a role's own policy the provider sorts the outer keys, too.
  return JSON.stringify({ Statement: [sorted({ ...statement, Condition: condition })], Version: VERSION });
}

const VERSION = '2012-10-17';

function sorted(statement: PolicyStatement): PolicyStatement {
  const entries = Object.entries({ Effect: 'Allow', ...statement });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
