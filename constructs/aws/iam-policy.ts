/** One statement of an IAM policy; its effect is `Allow` unless it says another. */
export type PolicyStatement = Readonly<Record<string, unknown>>;

/**
 * The text of an IAM policy, with sorted keys, as the provider writes policies: a plan with an unknown ARN in it must begin as the
 * final text does.
 */
export function policyText(...statements: readonly PolicyStatement[]): string {
  const sorted = statements.map((statement) =>
    Object.fromEntries(
      Object.entries({ Effect: 'Allow', ...statement }).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
  return JSON.stringify({ Version: '2012-10-17', Statement: sorted });
}

/** Lets a service of AWS take on a role. @param condition - that must hold besides. @default - none */
export function assumedBy(service: string, condition?: Readonly<Record<string, unknown>>): string {
  return policyText({
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}
