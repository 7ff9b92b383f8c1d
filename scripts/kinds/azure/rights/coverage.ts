import { isJsonMap, type Json, type JsonMap } from '../../../../catalog/ground/json';

/** What a role grants: operations with wildcards, less some. */
export interface RolePermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** Whether one of the permissions grants an operation. What one leaves out, another may grant. */
export function grants(
  permissions: readonly RolePermission[],
  operation: string,
  isOnData: boolean,
): boolean {
  return permissions.some(({ actions, notActions, dataActions, notDataActions }) => {
    const [given, left] = isOnData ? [dataActions, notDataActions] : [actions, notActions];
    return given.some((one) => matches(one, operation)) && !left.some((one) => matches(one, operation));
  });
}

/** Operations are compared without regard to case; a `*` stands for any text, also with slashes. */
function matches(pattern: string, operation: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(operation);
}

/** The permissions in the answer of the data source of a role definition. */
export function permissionsOf(answer: unknown): readonly RolePermission[] {
  return mapsIn(answer).map((one) => ({
    actions: textsIn(one.actions),
    notActions: textsIn(one.not_actions),
    dataActions: textsIn(one.data_actions),
    notDataActions: textsIn(one.not_data_actions),
  }));
}

/** A role that somebody has. */
export interface Assignment {
  readonly principal: string;
  /** `User`, `Group`, `ServicePrincipal` */
  readonly kind: string;
  /** The id of the role's definition. */
  readonly role: string;
  readonly scope: string;
  /** Whether it grants only under a condition. */
  readonly isConditional: boolean;
}

/** The assignments in the answer of the data source that lists them. */
export function assignmentsOf(answer: unknown): readonly Assignment[] {
  return mapsIn(answer).map((one) => ({
    principal: String(one.principal_id),
    kind: String(one.principal_type),
    role: String(one.role_definition_id),
    scope: String(one.role_assignment_scope),
    isConditional: (one.condition ?? '') !== '',
  }));
}

/** Whether what is assigned at a scope holds in all of a subscription: at it, or at a management group above. */
export function holdsIn({ scope }: Assignment, subscription: string): boolean {
  const normal = scope.toLowerCase().replace(/\/$/, '');
  return (
    normal === '' ||
    normal === subscription.toLowerCase() ||
    normal.startsWith('/providers/microsoft.management/')
  );
}

function mapsIn(answer: unknown): readonly JsonMap[] {
  return Array.isArray(answer) ? answer.filter((one: Json): one is JsonMap => isJsonMap(one)) : [];
}

export function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
