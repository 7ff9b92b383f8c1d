import { CAPABILITIES } from './policy';

/**
 * Why Vault does not take a rule, in the server's words, undefined where it does: `path "a": invalid capability "fly"`.
 * The server puts `failed to parse policy: ` before it.
 *
 * As the server does, it looks at the path first, and at no capability behind `deny`. A template (`{{identity.…}}`) the
 * server would take; it is refused here, because nobody can say offline what it allows.
 */
export function ruleProblem(rule: {
  readonly path: string;
  readonly capabilities: readonly string[];
}): string | undefined {
  const where = (path: string): string => `path ${JSON.stringify(path)}:`;
  const path = rule.path.replace(/^\//, '');
  if (path.includes('+*')) return `${where(path)} invalid use of wildcards ('+*' is forbidden)`;
  if (path.includes('{{')) return `${where(path)} templates are not supported here`;
  const deny = rule.capabilities.indexOf('deny');
  const effective = deny < 0 ? rule.capabilities : rule.capabilities.slice(0, deny);
  const unknown = effective.find((word) => !(CAPABILITIES as readonly string[]).includes(word));
  return unknown === undefined
    ? undefined
    : `${where(rule.path)} invalid capability ${JSON.stringify(unknown)}`;
}
