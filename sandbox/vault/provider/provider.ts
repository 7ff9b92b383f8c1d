import { error } from '../../protocol/diagnostics';
import type { ObjectValue } from '../../protocol/values';
import { stateOf } from '../../provider/legacy-state';
import { completed, knownPart } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { Session, SimulatedProvider } from '../../provider/simulated-provider';
import { NO_TAGS } from '../../provider/tags';
import { PLAIN_VALUES } from '../../provider/value-rules';
import type { VaultHandler } from '../core/core';
import { VaultError } from '../request/exchange';
import { Api, ProviderError } from './api';
import { login, secretId } from './approle-secrets';
import { audit, authBackend } from './backends';
import { readVaultData, versionedSecret } from './data-sources';
import { VAULT_FILES } from './files';
import { mount } from './mount';
import { policy } from './policy';
import type { VaultResource } from './resource';
import { appRole, tokenRole } from './roles';
import { genericSecret, kvSecret, kvSecretV2 } from './secrets';
import { token } from './token';
import type { VaultManagedType } from './types';

/** The behaviour of each simulated resource type. */
const RESOURCES: Readonly<Record<VaultManagedType, VaultResource>> = {
  vault_approle_auth_backend_login: login,
  vault_approle_auth_backend_role: appRole,
  vault_approle_auth_backend_role_secret_id: secretId,
  vault_audit: audit,
  vault_auth_backend: authBackend,
  vault_generic_secret: genericSecret,
  vault_kv_secret: kvSecret,
  vault_kv_secret_v2: kvSecretV2,
  vault_mount: mount,
  vault_policy: policy,
  vault_token: token,
  vault_token_auth_backend_role: tokenRole,
};

function resourceOf({ name }: ResourceType): VaultResource {
  const resource = (RESOURCES as Readonly<Record<string, VaultResource>>)[name];
  if (resource === undefined) throw new Error(`${name}: has a schema but nothing behind it`);
  return resource;
}

function idOf(state: ObjectValue): string {
  return typeof state.id === 'string' ? state.id : '';
}

function session(api: Api): Session {
  const settled = (type: ResourceType, id: string, before: ObjectValue): ObjectValue => {
    const found = resourceOf(type).read(api, id, before);
    return stateOf(type, id, before, found ?? {}, true);
  };
  return {
    tags: NO_TAGS,
    create(type, { planned, config }) {
      const given = knownPart(planned) as ObjectValue;
      const { id, computed = {} } = resourceOf(type).create(api, given, config);
      return settled(type, id, { ...given, ...computed });
    },
    update(type, change) {
      const planned = knownPart(change.planned) as ObjectValue;
      const id = resourceOf(type).update?.(api, idOf(change.prior), { ...change, planned });
      return settled(type, id ?? idOf(change.prior), planned);
    },
    delete: (type, prior) => resourceOf(type).delete(api, idOf(prior), prior),
    read(type, prior) {
      const found = resourceOf(type).read(api, idOf(prior), prior);
      return found === undefined ? null : stateOf(type, idOf(prior), prior, found, false);
    },
    import: (_type, id) => ({ id }),
    readData: (type, config) =>
      completed(type.schema.block, { ...config, ...readVaultData(api, type.name, config) }),
    openEphemeral: (type, config) =>
      completed(type.schema.block, { ...config, ...versionedSecret(api, config) }),
  };
}

/**
 * The simulated hashicorp/vault, on a simulated Vault.
 *
 * @param environmentToken the value of VAULT_TOKEN; empty for none
 */
export function vaultProvider(vault: VaultHandler, environmentToken: string): SimulatedProvider {
  return {
    files: VAULT_FILES,
    values: PLAIN_VALUES,
    functions: {},
    call: (name) => ({ error: { text: `unknown function ${name}` } }),
    configure: (config) => session(new Api(vault, config, environmentToken)),
    diagnosticFor: (_type, _operation, _id, failure) =>
      failure instanceof ProviderError || failure instanceof VaultError ? error(failure.message) : undefined,
    injected: (type, operation, id, { code, message }) =>
      error(
        `Error making API request.\n\nURL: PUT https://127.0.0.1:8200/v1/${id || type}\nCode: 500. Errors:\n\n* ${operation}: ${code}: ${message}`,
      ),
  };
}
