import { type Attributes, filled, objects, text, texts } from '../provider/attributes';
import { uuidOf } from '../provider/derived';
import { AzureError, ProviderError } from './azure-error';
import { BUILT_IN_ROLES } from './built-in-roles';
import { type Cloud, isSame } from './cloud';
import { compositeId, compositeParts } from './composite-id';
import type { Rules } from './rules';

const DEFINITION = 'azurerm_role_definition';

/** A role, built in or of the subscription. */
export interface Role {
  /** The id in Azure: `/subscriptions/…/providers/Microsoft.Authorization/roleDefinitions/GUID`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isBuiltIn: boolean;
  /** In the form of the resource's blocks. */
  readonly permissions: readonly Attributes[];
  readonly assignableScopes: readonly string[];
}

function resourceId(cloud: Cloud, roleGuid: string): string {
  return `/subscriptions/${cloud.subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`;
}

/** All roles of the subscription. */
export function rolesOf(cloud: Cloud): readonly Role[] {
  const builtIn = Object.entries(BUILT_IN_ROLES).map(([name, role]) => ({
    id: resourceId(cloud, role.guid),
    name,
    description: '',
    isBuiltIn: true,
    permissions: [
      { actions: role.actions, not_actions: role.not_actions, data_actions: [], not_data_actions: [] },
    ],
    assignableScopes: ['/'],
  }));
  const custom = cloud.all(DEFINITION).map(({ attributes }) => ({
    id: text(attributes, 'role_definition_resource_id'),
    name: text(attributes, 'name'),
    description: text(attributes, 'description'),
    isBuiltIn: false,
    permissions: objects(attributes, 'permissions'),
    assignableScopes: texts(attributes, 'assignable_scopes'),
  }));
  return [...builtIn, ...custom];
}

/** The role of an id in Azure, which may begin with another scope than the subscription. */
export function roleOfId(cloud: Cloud, id: string): Role | undefined {
  const own = id.split('/').at(-1) ?? '';
  return rolesOf(cloud).find((role) => isSame(role.id.split('/').at(-1) ?? '', own));
}

/** @throws {@link AzureError} if another custom role of the directory has the name */
function checkName(cloud: Cloud, request: Attributes, except: string): void {
  const name = text(request, 'name');
  const other = cloud
    .all(DEFINITION)
    .some(({ id, attributes }) => id !== except && isSame(text(attributes, 'name'), name));
  if (other)
    throw new AzureError(
      'RoleDefinitionWithSameNameExists',
      'A custom role with the same name already exists in this directory. Use a different name',
      409,
    );
}

function settled(request: Attributes): Attributes {
  const scopes = texts(request, 'assignable_scopes');
  return { ...request, assignable_scopes: scopes.length > 0 ? scopes : [text(request, 'scope')] };
}

/** A custom role. Its id in Terraform is that of the role and its scope. */
export const roleDefinition: Rules = {
  subject: (operation) =>
    `${{ create: 'creating', update: 'updating', delete: 'deleting' }[operation]} Role Definition`,
  id(cloud, request) {
    const own =
      text(request, 'role_definition_id') || uuidOf('role', text(request, 'scope'), text(request, 'name'));
    return compositeId(resourceId(cloud, own), text(request, 'scope'));
  },
  create(cloud, request, id) {
    checkName(cloud, request, '');
    const [resource] = compositeParts(id);
    return filled(settled(request), {
      role_definition_id: resource.split('/').at(-1) ?? '',
      role_definition_resource_id: resource,
    });
  },
  update(cloud, before, request) {
    checkName(cloud, request, before.id);
    return settled(request);
  },
  remove(cloud, { attributes }) {
    const own = text(attributes, 'role_definition_resource_id');
    const isUsed = cloud
      .all('azurerm_role_assignment')
      .some((assignment) => isSame(text(assignment.attributes, 'role_definition_id'), own));
    if (isUsed)
      throw new AzureError(
        'RoleDefinitionHasAssignments',
        'There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)',
      );
  },
  imported(id) {
    const [resource, scope] = compositeParts(id);
    if (scope === '')
      throw new ProviderError(`could not parse Role Definition ID, invalid format ${JSON.stringify(id)}`);
    return { id, scope, role_definition_resource_id: resource };
  },
};
