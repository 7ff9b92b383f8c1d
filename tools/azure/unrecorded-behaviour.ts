import type { Behaviour, RefusedValue } from '../../sandbox/schemas/schema';

type Json = Readonly<Record<string, unknown>>;

const INSTANCES: RefusedValue = { range: [0, 1000] };

function dateRefusal(name: string): RefusedValue {
  return { says: `expected ${JSON.stringify(name)} to be a valid RFC3339 date, got "!bad value!"` };
}

/**
 * Types of hashicorp/azurerm 4.55.0 of which the full recording has nothing, as far as their schemas tell: what is computed is unknown
 * until apply. Defaults and refused values are those of the published source; which arguments replace the object stands in
 * `sandbox/azure/documented-behaviour.ts`.
 */
const BY_SCHEMA: Readonly<Record<string, Behaviour>> = {
  azurerm_monitor_autoscale_setting: {
    replaces: [],
    defaults: { enabled: true },
    unknown: ['id'],
    values: {
      'profile.capacity.default': INSTANCES,
      'profile.capacity.maximum': INSTANCES,
      'profile.capacity.minimum': INSTANCES,
      'profile.fixed_date.end': dateRefusal('profile.0.fixed_date.0.end'),
      'profile.fixed_date.start': dateRefusal('profile.0.fixed_date.0.start'),
    },
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
