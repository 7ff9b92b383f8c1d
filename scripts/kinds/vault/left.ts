import type { ImportedLeft, LeftType, LeftTypes } from '../left';

/** What is enabled at a path. The server has one there at most; what somebody else enabled is refused before the apply. */
function atPath(isSame: ImportedLeft['isOurs']): ImportedLeft {
  return {
    how: 'import',
    identity: 'its path',
    ids: ({ planned }) => {
      const { path, type } = planned;
      // Without a path it is that of the type.
      const at = typeof path === 'string' && path !== '' ? path : type;
      return typeof at === 'string' && at !== '' ? [at] : [];
    },
    ...(isSame === undefined ? {} : { isOurs: isSame }),
  };
}

const sameType: ImportedLeft['isOurs'] = (found, planned) => found.type === planned.type;
const PUT: LeftType = { how: 'again', because: 'writes the same under the same name' };

/** How what a killed apply made in a Vault is found. */
export const VAULT_LEFT: LeftTypes = {
  vault_approle_auth_backend_role: PUT,
  vault_audit: atPath(sameType),
  vault_auth_backend: atPath(sameType),
  // Never imported: a read could take its value into the state.
  vault_kv_secret_v2: PUT,
  vault_mount: atPath(sameType),
  vault_policy: PUT,
  vault_token_auth_backend_role: PUT,
  terraform_data: { how: 'again', because: 'writes it into the state alone' },
};
