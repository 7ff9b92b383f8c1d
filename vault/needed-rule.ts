import type { Capability } from '../model/vault/policy';
import { formatPolicy } from '../model/vault/policy-text';

/** A rule of a policy in Vault's syntax, in one line: `path "secret/aws/a" { capabilities = ["read"] }`. */
export function ruleLine(path: string, capabilities: readonly Capability[]): string {
  return formatPolicy([{ path, capabilities }]).replace(/\n\s*/g, ' ').trim();
}

/** Paths at which a server wants `sudo` beside the capability itself, as far as this client and the provider use them. */
const ROOT_PATHS = /^(sys\/(auth|audit)(\/|$)|auth\/token\/accessors$)/;

/**
 * The capabilities that a request needs. A write below `sys/`, and one that runs something, such as making a token, is an
 * update: those paths have no check for existence. Who writes also reads back.
 */
export function capabilitiesFor(method: string, path: string): readonly Capability[] {
  return [...plainCapabilities(method, path), ...(ROOT_PATHS.test(path) ? (['sudo'] as const) : [])];
}

function plainCapabilities(method: string, path: string): readonly Capability[] {
  if (method === 'GET') return ['read'];
  if (method === 'LIST') return ['list'];
  if (method === 'DELETE') return ['delete'];
  if (/^auth\/(token\/(create|lookup|renew|revoke)|[^/]+\/role\/[^/]+\/secret-id$)/.test(path))
    return ['update'];
  return path.startsWith('sys/') ? ['update', 'read'] : ['create', 'update', 'read'];
}

/** A fix that names the rule which a request needs. */
export function neededRule(method: string, path: string): string {
  return `add to a policy of the token: ${ruleLine(path, capabilitiesFor(method, path))}`;
}

/** The same for several paths: one rule as it is, and the others' paths. */
export function neededRules(requests: readonly { readonly method: string; readonly path: string }[]): string {
  const [first, ...others] = requests;
  return first === undefined ? '' : `${neededRule(first.method, first.path)}${suchRules(others.length)}`;
}

/** That other paths need a rule like the one before. */
export function suchRules(others: number): string {
  if (others === 0) return '';
  return `, and such a rule for ${others === 1 ? 'the other one' : `each of the other ${others}`}`;
}
