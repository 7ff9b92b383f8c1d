import type { Behaviour } from '../../sandbox/schemas/schema';

type Json = Readonly<Record<string, unknown>>;

/**
 * Types of hashicorp/azurerm 4.55.0 of which the full recording has nothing, as far as their schemas tell: what is computed is unknown
 * until apply. That `enabled` is true by default is documented; the rest of what is documented stands in
 * `sandbox/azure/documented-behaviour.ts`.
 */
const BY_SCHEMA: Readonly<Record<string, Behaviour>> = {
  azurerm_monitor_autoscale_setting: {
    replaces: [],
    defaults: { enabled: true },
    unknown: ['id'],
    values: {},
    legacy: true,
  },
  azurerm_role_definition: {
    replaces: [],
    defaults: {},
    unknown: ['assignable_scopes', 'id', 'role_definition_id', 'role_definition_resource_id'],
    values: {},
    legacy: true,
  },
};

/** The recorded behaviour with that of the types that were not asked about, where it is a recording of Azure's node groups. */
export function withUnrecordedTypes(behaviour: Json): Json {
  return 'azurerm_linux_virtual_machine' in behaviour ? { ...BY_SCHEMA, ...behaviour } : behaviour;
}
