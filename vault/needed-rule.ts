import type { Capability } from '../model/vault/policy';
import { formatPolicy } from '../model/vault/policy-text';

/** A rule of a policy in Vault's syntax, in one line: `path "secret/aws/a" { capabilities = ["read"] }`. */
export function ruleLine(path: string, capabilities: readonly Capability[]): string {
  return formatPolicy([{ path, capabilities }]).replace(/\n\s*/g, ' ').trim();
}

/** The capabilities that a request needs. A write below `sys/` and of what is run, such as a log-in, is an update. */
export function capabilitiesFor(method: string, path: string): readonly Capability[] {
  if (method === 'GET') return ['read'];
  if (method === 'LIST') return ['list'];
  if (method === 'DELETE') return ['delete'];
  const isRun = /^(sys|auth\/token\/(create|lookup|renew|revoke))(\/|-|$)/.test(path);
  return isRun ? ['update'] : ['create', 'update'];
}
