import { CAPABILITIES, type RequestLimits } from './policy';
import { isBalanced, isTemplated } from './policy-templates';

/** A rule whose capabilities are words. */
interface WrittenRule extends RequestLimits {
  readonly path: string;
  readonly capabilities: readonly string[];
}

/**
 * Why Vault does not take a rule, in the server's words, undefined where it does: `path "a": invalid capability "fly"`.
 * The server puts `failed to parse policy: ` before it.
 *
 * As the server does, it looks at the path first, and at no capability behind `deny`.
 */
export function ruleProblem(rule: WrittenRule): string | undefined {
  return ruleProblemOn(CAPABILITIES, rule);
}

/** The same for a server that knows some capabilities: `scan` is OpenBao's alone. */
export function ruleProblemOn(known: readonly string[], rule: WrittenRule): string | undefined {
  const where = (path: string): string => `path ${JSON.stringify(path)}:`;
  const path = rule.path.replace(/^\//, '');
  if (path.includes('+*')) return `${where(path)} invalid use of wildcards ('+*' is forbidden)`;
  if (isTemplated({ path }) && !isBalanced(path))
    return 'failed to validate policy templating: unbalanced templating characters';
  const deny = rule.capabilities.indexOf('deny');
  const effective = deny < 0 ? rule.capabilities : rule.capabilities.slice(0, deny);
  const unknown = effective.find((word) => !known.includes(word));
  if (unknown !== undefined) return `${where(rule.path)} invalid capability ${JSON.stringify(unknown)}`;
  const { minWrappingTtlSeconds: min = 0, maxWrappingTtlSeconds: max = 0 } = rule;
  return min !== 0 && max !== 0 && max < min
    ? 'max_wrapping_ttl cannot be less than min_wrapping_ttl'
    : undefined;
}
