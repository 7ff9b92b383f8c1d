import type { Capability } from '../../model/vault/policy';
import { ruleLine } from '../../vault/needed-rule';

/** The rule that a token's policies lack, as a fix. */
export function policyLine(path: string, capabilities: readonly Capability[]): string {
  return `in a policy of the token: ${ruleLine(path, capabilities)}`;
}

/** Several such rules, a line each, so that they can be copied. */
export function policyLines(
  rules: readonly (readonly [path: string, capabilities: readonly Capability[]])[],
): string {
  return ['in a policy of the token:', ...rules.map(([path, needed]) => ruleLine(path, needed))].join('\n');
}
