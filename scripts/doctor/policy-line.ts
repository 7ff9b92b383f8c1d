import type { Capability } from '../../model/vault/policy';
import { formatPolicy } from '../../model/vault/policy-text';

/** The rule that a token's policies lack, in Vault's syntax, in one line. */
export function policyLine(path: string, capabilities: readonly Capability[]): string {
  const rule = formatPolicy([{ path, capabilities }]).replace(/\n\s*/g, ' ').trim();
  return `in a policy of the token: ${rule}`;
}
