import { type Attributes, filled, flag, number, text } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AzureError, alreadyExists, ProviderError } from './azure-error';
import { type Cloud, isSame } from './cloud';
import { checkLocation } from './location-check';
import { describeId, ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const VAULT = 'azurerm_key_vault';
const SECRET = 'azurerm_key_vault_secret';

function settled(request: Attributes): Attributes {
  const byRoles = flag(request, 'rbac_authorization_enabled') || flag(request, 'enable_rbac_authorization');
  return filled(request, {
    access_policy: [],
    rbac_authorization_enabled: byRoles,
    enable_rbac_authorization: byRoles,
    vault_uri: `https://${text(request, 'name')}.vault.azure.net/`,
  });
}

/** A key vault. What was deleted is gone: the sandbox has no soft deletion. */
export const keyVault: Rules = {
  form: ID_FORMS[VAULT],
  id: (cloud, request) => cloud.id(VAULT, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[VAULT], request);
    const name = text(request, 'name');
    if (cloud.all(VAULT).some(({ attributes }) => isSame(text(attributes, 'name'), name)))
      throw new AzureError(
        'VaultAlreadyExists',
        `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
        409,
      );
    return settled(request);
  },
  update: (_cloud, _before, request) => settled(request),
  remove(cloud, { id }) {
    for (const secret of cloud.all(SECRET))
      if (isSame(text(secret.attributes, 'key_vault_id'), id)) cloud.remove(secret);
  },
};

/** The id of a secret without its version. @throws {@link ProviderError} if there is no such vault */
function versionless(cloud: Cloud, request: Attributes): string {
  const vaultId = text(request, 'key_vault_id');
  const vault = cloud.find(VAULT, vaultId);
  if (vault === undefined)
    throw new ProviderError(
      `looking up Base URI for Secret ${JSON.stringify(text(request, 'name'))} in ${describeId(ID_FORMS[VAULT], vaultId)}: ${describeId(ID_FORMS[VAULT], vaultId)} was not found`,
    );
  return `${text(vault.attributes, 'vault_uri')}secrets/${text(request, 'name')}`;
}

/** A secret with its version, which follows from the value or from the number beside a write-only one. */
function withVersion(request: Attributes, id: string, versionlessId: string): Attributes {
  const seed = [text(request, 'value'), String(number(request, 'value_wo_version') ?? '')];
  const version = hex(32, 'secret', versionlessId, ...seed);
  const resource = `${text(request, 'key_vault_id')}/secrets/${text(request, 'name')}`;
  return {
    ...request,
    id,
    version,
    versionless_id: versionlessId,
    resource_id: `${resource}/versions/${version}`,
    resource_versionless_id: resource,
  };
}

/** A secret of a key vault. A write-only value is not kept: nothing in the sandbox reads it. */
export const keyVaultSecret: Rules = {
  subject(operation, id) {
    const verb = { create: 'creating', update: 'updating', delete: 'deleting' }[operation];
    return `${verb} Key Vault Secret (${id})`;
  },
  id(cloud, request) {
    const without = versionless(cloud, request);
    return `${without}/${withVersion(request, '', without).version}`;
  },
  create(cloud, request, id) {
    const without = versionless(cloud, request);
    const other = cloud
      .all(SECRET)
      .find((secret) => isSame(text(secret.attributes, 'versionless_id'), without));
    if (other !== undefined) throw alreadyExists(SECRET, other.id);
    return withVersion(request, id, without);
  },
  update: (cloud, before, request) => withVersion(request, before.id, versionless(cloud, request)),
  exists: (cloud, { attributes }) => cloud.find(VAULT, text(attributes, 'key_vault_id')) !== undefined,
  imported(id) {
    const name = /^https:\/\/[^/]+\/secrets\/([^/]+)\/[^/]+$/.exec(id)?.[1];
    if (name === undefined)
      throw new ProviderError(
        `parsing ${JSON.stringify(id)}: KeyVault Nested Item should contain 3 segments`,
      );
    return { id, name };
  },
};
