import { type Attributes, filled, text, texts } from '../provider/attributes';
import { uuidOf } from '../provider/derived';
import { AzureError, notFound, ProviderError } from './azure-error';
import { type Cloud, isSame } from './cloud';
import { GROUP_FORM, ID_FORMS, parseId } from './resource-id';
import { type Role, roleOfId, rolesOf } from './role-definitions';
import type { Rules } from './rules';

const ASSIGNMENT = 'azurerm_role_assignment';

/** Whether what a scope names is there. Of types that are not simulated it is taken to be. */
function isThere(cloud: Cloud, scope: string): boolean {
  if (parseId(GROUP_FORM, scope) !== undefined)
    return cloud.find('azurerm_resource_group', scope) !== undefined;
  const types = Object.entries(ID_FORMS).filter(([, form]) => parseId(form, scope) !== undefined);
  return types.length === 0 || types.some(([type]) => cloud.find(type, scope) !== undefined);
}

/** The role that a request names, by its id or its name. @throws if there is none */
function roleIn(cloud: Cloud, request: Attributes): Role {
  const id = text(request, 'role_definition_id');
  const name = text(request, 'role_definition_name');
  const found = id === '' ? rolesOf(cloud).find((role) => isSame(role.name, name)) : roleOfId(cloud, id);
  if (found !== undefined) return found;
  if (id === '') throw new ProviderError(`listing role definitions: could not find role \`${name}\``);
  throw new AzureError(
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${id.split('/').at(-1)?.replaceAll('-', '')}' does not exist.`,
  );
}

function kindOf(request: Attributes): string {
  return text(request, 'principal_type') || 'ServicePrincipal';
}

/** A role of a principal in a scope. The simulated directory knows no users: a principal need not exist. */
export const roleAssignment: Rules = {
  subject: (operation) =>
    `${{ create: 'creating', update: 'updating', delete: 'deleting' }[operation]} Role Assignment`,
  id(cloud, request) {
    const scope = text(request, 'scope');
    const parts = [
      scope,
      text(request, 'principal_id'),
      text(request, 'role_definition_name'),
      text(request, 'role_definition_id'),
    ];
    const idOf = (name: string) => `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    const given = text(request, 'name');
    if (given !== '') return idOf(given);
    for (let attempt = 0; ; attempt++) {
      const id = idOf(uuidOf('role assignment', ...parts, String(attempt)));
      if (cloud.find(ASSIGNMENT, id) === undefined) return id;
    }
  },
  create(cloud, request, id) {
    const scope = text(request, 'scope');
    const role = roleIn(cloud, request);
    if (text(request, 'condition_version') !== '' && text(request, 'condition') === '')
      throw new ProviderError('`condition_version` should not be set without `condition`');
    if (!isThere(cloud, scope)) throw notFound(scope);
    const same = cloud
      .all(ASSIGNMENT)
      .some(
        ({ attributes }) =>
          isSame(text(attributes, 'scope'), scope) &&
          isSame(text(attributes, 'principal_id'), text(request, 'principal_id')) &&
          isSame(text(attributes, 'role_definition_id'), role.id),
      );
    if (same) throw new AzureError('RoleAssignmentExists', 'The role assignment already exists.', 409);
    return {
      ...filled(request, {
        name: id.split('/').at(-1) ?? '',
        principal_type: kindOf(request),
        condition_version: text(request, 'condition') === '' ? '' : '2.0',
      }),
      role_definition_id: role.id,
      role_definition_name: role.name,
    };
  },
  exists: (cloud, { attributes }) => isThere(cloud, text(attributes, 'scope')),
  imported(id) {
    const [scope = '', name] = id.split('/providers/Microsoft.Authorization/roleAssignments/');
    if (name === undefined)
      throw new ProviderError(`could not parse Role Assignment ID ${JSON.stringify(id)}`);
    return { id, scope, name };
  },
};

/** Whether a pattern of actions, such as `Microsoft.Compute/disks/*`, has an action. */
function matches(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`, 'i').test(action);
}

/** Whether one of some principals may do something with a resource. @param action such as `Microsoft.Compute/disks/delete` */
export function mayDo(
  cloud: Cloud,
  principals: readonly string[],
  action: string,
  resource: string,
): boolean {
  return cloud.all(ASSIGNMENT).some(({ attributes }) => {
    const scope = text(attributes, 'scope').toLowerCase().replace(/\/$/, '');
    const isInScope = `${resource.toLowerCase()}/`.startsWith(`${scope}/`);
    if (!isInScope || !principals.includes(text(attributes, 'principal_id'))) return false;
    const role = roleOfId(cloud, text(attributes, 'role_definition_id'));
    return (role?.permissions ?? []).some(
      (block) =>
        texts(block, 'actions').some((pattern) => matches(pattern, action)) &&
        !texts(block, 'not_actions').some((pattern) => matches(pattern, action)),
    );
  });
}
