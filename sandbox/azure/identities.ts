import { type Attributes, objects, text, texts } from '../provider/attributes';
import { uuidOf } from '../provider/derived';
import { AzureError } from './azure-error';
import type { Cloud } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const IDENTITY = 'azurerm_user_assigned_identity';

export const userAssignedIdentity: Rules = {
  form: ID_FORMS[IDENTITY],
  id: (cloud, request) => cloud.id(IDENTITY, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[IDENTITY], request);
    return {
      ...request,
      client_id: uuidOf('client', id),
      principal_id: uuidOf('principal', id),
      tenant_id: cloud.tenant,
    };
  },
};

/**
 * The `identity` blocks of a request, with the principal that Azure makes for a system-assigned one.
 *
 * @param id the id of the resource that has the identities. @throws {@link AzureError} if a user-assigned one does not exist
 */
export function withIdentities(cloud: Cloud, request: Attributes, id: string): readonly Attributes[] {
  return objects(request, 'identity').map((identity) => {
    const missing = texts(identity, 'identity_ids').find((one) => cloud.find(IDENTITY, one) === undefined);
    if (missing !== undefined)
      throw new AzureError(
        'FailedIdentityOperation',
        `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{"error":{"code":"BadRequest","message":"Resource '${missing}' was not found."}}'.`,
      );
    const isSystem = text(identity, 'type').includes('SystemAssigned');
    return {
      ...identity,
      principal_id: isSystem ? uuidOf('principal', id) : '',
      tenant_id: isSystem ? cloud.tenant : '',
    };
  });
}

/** The principals of the identities that a resource has. */
export function principalsOf(cloud: Cloud, attributes: Attributes): readonly string[] {
  return objects(attributes, 'identity').flatMap((identity) => {
    const assigned = texts(identity, 'identity_ids').map((id) =>
      text(cloud.find(IDENTITY, id)?.attributes ?? {}, 'principal_id'),
    );
    return [text(identity, 'principal_id'), ...assigned].filter(Boolean);
  });
}
