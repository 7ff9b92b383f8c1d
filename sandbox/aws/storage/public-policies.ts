import { isList, isObject, type Value } from '../../protocol/values';

function isEveryone(principal: Value | undefined): boolean {
  if (isList(principal)) return principal.some(isEveryone);
  if (isObject(principal)) return Object.values(principal).some(isEveryone);
  return principal === '*';
}

/**
 * Whether a policy lets everyone in: a statement that allows something to all principals without a condition. S3 also knows
 * conditions that leave a policy public; they are not looked at.
 */
export function hasPublicAccess(policy: string): boolean {
  const { Statement: statements = [] } = JSON.parse(policy) as { readonly Statement?: Value };
  const all = isList(statements) ? statements : [statements];
  return all
    .filter(isObject)
    .some(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && isEveryone(Principal) && Condition === undefined,
    );
}
