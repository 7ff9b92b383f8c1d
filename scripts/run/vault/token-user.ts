import { UsageError } from '../../../base/errors';
import type { VaultUser } from '../../../catalog/kinds/vault/vault';
import { userKind } from '../../../model/vault/roles';
import type { TokenRequest } from '../../../vault/tokens';
import type { VaultRun } from './vault-run';

export const USER_ROLES = ['super', 'regular'] as const;
export const API_ROLES = ['fullaccess', 'readonly'] as const;

/** What was asked for on the command line. */
export interface TokenWish {
  readonly user: string;
  readonly role?: string;
  readonly api?: string;
  readonly ttl?: string;
  readonly policies: readonly string[];
}

/** Longest life of a token that can be asked for, in seconds: Vault's own bound where nobody has configured more. */
const LONGEST_TTL = 2_764_800;

/**
 * The token that is to be made for a user.
 *
 * Where the catalog's Vault has users, the user must be one of them and decides the role; where `create` makes the token
 * role `<env>-<role>-<api>`, that role gives the policies. Elsewhere policies are named, and must exist on the server.
 *
 * @throws {@link UsageError}
 */
export function tokenRequest(run: Pick<VaultRun, 'vault' | 'environment'>, wish: TokenWish): TokenRequest {
  const { environment, vault } = run;
  const { user, policies } = wish;
  if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/.test(user))
    throw new UsageError('token create: a user is named by letters, digits and _ . @ -, up to 64');
  const role = oneOf('--role', wish.role, USER_ROLES);
  const api = oneOf('--api', wish.api, API_ROLES);
  const known = vault.users.find(({ name }) => name === user);
  if (known === undefined && vault.users.length > 0) throw unknownUser(user, vault.users, environment);
  if (known !== undefined) {
    agrees(known, 'role', role);
    agrees(known, 'api', api);
  }
  const ttl = wish.ttl === undefined ? {} : { ttlSeconds: seconds('--ttl', wish.ttl, LONGEST_TTL) };
  if (known?.create === true && environment !== undefined) {
    if (policies.length > 0)
      throw new UsageError(`token create: the policies of ${user} come from the catalog; leave --policy out`);
    return { user, environment, role: userKind(environment, known.role, known.api), ...ttl };
  }
  if (policies.length === 0) {
    throw new UsageError(
      `token create: no token role is made for ${user}${environment === undefined ? ' without an environment' : ` by ${environment}`}; name the policies that the server has: --policy NAME`,
    );
  }
  return { user, ...(environment === undefined ? {} : { environment }), policies, ...ttl };
}

/** Seconds from the command line. @throws {@link UsageError} */
export function seconds(flag: string, text: string, longest: number): number {
  const value = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > longest)
    throw new UsageError(`${flag}: must be a number of seconds from 1 to ${longest}, got "${text}"`);
  return value;
}

function oneOf<T extends string>(flag: string, text: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((one) => one === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`${flag}: must be ${known.join(' or ')}, got "${text}"`);
  return found;
}

function agrees(user: VaultUser, key: 'role' | 'api', asked: string | undefined): void {
  if (asked === undefined || asked === user[key]) return;
  throw new UsageError(
    `--${key}: ${user.name} is ${user[key]} in the catalog (vault.users.${user.name}.${key}), got "${asked}"; change it there, or leave --${key} out`,
  );
}

function unknownUser(user: string, users: readonly VaultUser[], environment = ''): UsageError {
  const names = users.map(({ name }) => name).join(', ');
  return new UsageError(
    `token create: ${user} is none of the users of ${environment} (${names}); add it to vault.users in the catalog`,
  );
}
