import type { Call } from '../core/route';
import { MAX_TTL_SECONDS } from '../core/tokens';
import { type Answer, badRequest } from '../request/exchange';
import { isWithin } from '../request/source-address';
import { sanitized } from '../token/policies';
import { authView } from '../token/view';
import { APPROLE_RECORD, type AppRole } from './role';
import { findSecretId, useSecretId } from './secret-ids';

/** One error for both: Vault does not disclose whether the role id or the secret id is invalid. */
function refused(): Error {
  return badRequest('invalid role or secret ID');
}

function roleById({ vault, mount }: Call, roleId: string): AppRole | undefined {
  return vault.store
    .all(APPROLE_RECORD)
    .filter(({ id }) => id.startsWith(mount))
    .map(({ attributes }) => attributes as unknown as AppRole)
    .find(({ role_id }) => role_id === roleId);
}

/** Checks the secret id, counts its use, and gives its metadata, which the token gets. */
function checkSecretId(call: Call, role: AppRole): Readonly<Record<string, string>> {
  if (!role.bind_secret_id) return {};
  const secret = call.fields.text('secret_id');
  if (secret === '') throw badRequest('missing secret_id');
  const secretId = findSecretId(call, role, secret);
  if (secretId === undefined) throw refused();
  const address = call.request.remote ?? '127.0.0.1';
  for (const networks of [secretId.cidr_list, role.secret_id_bound_cidrs ?? []]) {
    if (!isWithin(networks, address))
      throw badRequest(
        `source address ${JSON.stringify(address)} unauthorized through CIDR restrictions on the secret ID`,
      );
  }
  useSecretId(call, secretId);
  return secretId.metadata;
}

/** Logs in with a role id and a secret id: the answer holds a token. */
export function login(call: Call): Answer {
  const { vault, fields } = call;
  const roleId = fields.text('role_id');
  if (roleId === '') throw badRequest('missing role_id');
  const role = roleById(call, roleId);
  if (role === undefined) throw refused();
  const address = call.request.remote ?? '127.0.0.1';
  if (!isWithin(role.token_bound_cidrs, address))
    throw badRequest(
      `source address ${JSON.stringify(address)} unauthorized by CIDR restrictions on the role`,
    );
  const metadata = checkSecretId(call, role);
  const longest = Math.min(
    role.token_max_ttl || MAX_TTL_SECONDS,
    role.token_explicit_max_ttl || MAX_TTL_SECONDS,
  );
  const { secret, token } = vault.tokens.create({
    policies: sanitized(role.token_policies, !role.token_no_default_policy),
    path: call.request.path,
    display_name: role.backend,
    meta: { role_name: role.role_name, ...metadata },
    num_uses: role.token_num_uses,
    creation_ttl: role.token_period || Math.min(role.token_ttl || longest, longest),
    explicit_max_ttl: role.token_explicit_max_ttl,
    period: role.token_period,
    renewable: true,
    orphan: true,
    parent: '',
    role: '',
  });
  return { auth: authView(vault.tokens, token, secret) };
}
