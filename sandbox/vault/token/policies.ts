import { badRequest } from '../request/exchange';
import type { TokenRole } from './role';

/** The names in lower case, sorted and without duplicates. `default` is added if demanded; `root` replaces all others. */
export function sanitized(names: readonly string[], withDefault: boolean): readonly string[] {
  const own = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  if (own.includes('root')) return ['root'];
  return [...new Set(withDefault ? [...own, 'default'] : own)].sort();
}

/** Whether a name fits one of some patterns, in which `*` stands for any text. */
export function matchesAny(name: string, globs: readonly string[]): boolean {
  return globs.some((glob) => {
    const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
  });
}

function quoted(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(' ')}]`;
}

function limits(role: TokenRole): boolean {
  const { allowed_policies, allowed_policies_glob, disallowed_policies, disallowed_policies_glob } = role;
  return [allowed_policies, allowed_policies_glob, disallowed_policies, disallowed_policies_glob].some(
    (list) => list.length > 0,
  );
}

/** The properties of a token's creator that its policies depend on. */
interface Creator {
  readonly policies: readonly string[];
  /** Whether it has `sudo` on the path of creation, or is root. */
  readonly sudo: boolean;
}

/**
 * The policies of a new token: the requested ones, or else the role's or the creator's. They must be a subset of those that the
 * role allows or, without a role, of the creator's.
 *
 * @throws {@link VaultError} 400 with Vault's message if they are not
 */
export function grantedPolicies(
  asked: readonly string[],
  noDefault: boolean,
  role: TokenRole | undefined,
  creator: Creator,
): readonly string[] {
  const isRoot = creator.policies.includes('root');
  const granted =
    role !== undefined && limits(role)
      ? allowedByRole(asked, noDefault, role, creator)
      : inherited(asked, noDefault || role?.token_no_default_policy === true, creator);
  if (granted.includes('root') && !isRoot)
    throw badRequest('root tokens may not be created without parent token being root');
  return granted;
}

function inherited(asked: readonly string[], noDefault: boolean, creator: Creator): readonly string[] {
  if (asked.length === 0)
    return creator.policies.includes('root') ? ['root'] : sanitized(creator.policies, !noDefault);
  const wanted = sanitized(asked, false);
  const isSubset = wanted.every((name) => name === 'default' || creator.policies.includes(name));
  if (!creator.sudo && !isSubset) throw badRequest('child policies must be subset of parent');
  return sanitized(asked, !noDefault);
}

function allowedByRole(
  asked: readonly string[],
  noDefault: boolean,
  role: TokenRole,
  creator: Creator,
): readonly string[] {
  const withDefault =
    !noDefault && !role.token_no_default_policy && !role.disallowed_policies.includes('default');
  const { allowed_policies, allowed_policies_glob, disallowed_policies, disallowed_policies_glob } = role;
  const isLimited = allowed_policies.length > 0 || allowed_policies_glob.length > 0;
  const allowed = sanitized(allowed_policies, withDefault);
  const wanted =
    asked.length > 0
      ? sanitized(asked, withDefault)
      : isLimited
        ? allowed
        : sanitized(creator.policies, withDefault);
  const fits = (name: string) => allowed.includes(name) || matchesAny(name, allowed_policies_glob);
  if (isLimited && !wanted.every(fits)) {
    throw badRequest(
      `token policies (${quoted(wanted)}) must be subset of the role's allowed policies (${quoted(allowed)}) or glob policies (${quoted(allowed_policies_glob)})`,
    );
  }
  const refused = wanted.find(
    (name) => disallowed_policies.includes(name) || matchesAny(name, disallowed_policies_glob),
  );
  if (refused !== undefined)
    throw badRequest(`token policy ${JSON.stringify(refused)} is disallowed by this role`);
  return wanted;
}
