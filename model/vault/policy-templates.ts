import type { Policy, PolicyRule } from './policy';

const OPENING = '{{';
const CLOSING = '}}';

/** Whether a rule's path depends on who has the token (Vault's documentation, "Templated policies"). */
export function isTemplated({ path }: Pick<PolicyRule, 'path'>): boolean {
  return path.includes(OPENING) || path.includes(CLOSING);
}

/** Whether each template of a path ends; what stands in it the server looks up for each token anew. */
export function isBalanced(path: string): boolean {
  const [first = '', ...pieces] = path.split(OPENING);
  return !first.includes(CLOSING) && pieces.every((piece) => piece.split(CLOSING).length === 2);
}

/** The rules that a token without an entity has: a rule whose template has no value for a token is left out. */
export function withoutTemplates(policy: Policy): Policy {
  return policy.filter((rule) => !isTemplated(rule));
}

/** Whether a rule with a template could, for some token, be one of those that match a path. */
export function couldMatch({ path }: Pick<PolicyRule, 'path'>, asked: string): boolean {
  const pattern = path
    .replace(/^\//, '')
    .split(/\{\{.*?\}\}/s)
    .map((text) =>
      text
        .replace(/[.*?^${}()|[\]\\]/g, '\\$&')
        .replace(/(^|\/)\+(?=\/|$)/g, '$1[^/]*')
        .replace(/\+/g, '\\+'),
    )
    .join('.*')
    .replace(/\\\*$/, '.*');
  return new RegExp(`^${pattern}$`, 's').test(asked.replace(/^\/+/, ''));
}
