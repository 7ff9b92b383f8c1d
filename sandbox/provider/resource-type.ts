import type { Configuration } from '../configuration/configuration';
import type { ProviderFiles, SchemaTable } from '../schemas/provider-files';
import {
  type Attribute,
  type Behaviour,
  EMPTY_BEHAVIOUR,
  type FurtherBehaviour,
  type RecordedImports,
  type RefusedValues,
  type Schema,
} from '../schemas/schema';

/** A resource type or data source: its schema and what the real provider answered about it. */
export interface ResourceType {
  readonly name: string;
  readonly schema: Schema;
  readonly behaviour: Behaviour;
  readonly further: FurtherBehaviour;
  /** The values that the real provider refused; undefined if it was not asked. */
  readonly refused?: RefusedValues | undefined;
  /** The real provider's messages about plans whose arguments are legal one by one. */
  readonly refusedPlans?: readonly string[];
  /** The real provider's answers to imports. */
  readonly imports?: RecordedImports;
}

/** A type as Terraform gets it. */
export interface ServedType extends ResourceType {
  /** Whether there is something behind it. Any other type may be in a configuration, if nothing is made of it. */
  readonly isSimulated: boolean;
  /** Arguments and attributes of later versions of the provider that the configuration uses. The schema has them. */
  readonly later: readonly string[];
}

/** The resource types of a provider by their names. */
export function typesOf(files: ProviderFiles): (name: string) => ResourceType {
  return (name) => {
    const type = typeIn(files, 'resource_schemas', name);
    if (!type?.isSimulated) throw new Error(`${name}: is no type that the sandbox simulates`);
    return type;
  };
}

/**
 * The schema with those names of later versions that a configuration sets, or refers to in a data source: they are there to be
 * refused by name, where Terraform would only say that it does not know them.
 */
function withLater(
  files: ProviderFiles,
  table: SchemaTable,
  type: string,
  schema: Schema,
  configuration: Configuration | undefined,
): { readonly schema: Schema; readonly later: readonly string[] } {
  const names = configuration === undefined ? [] : Object.entries(files.later(table, type));
  if (configuration === undefined || names.length === 0) return { schema, later: [] };
  const isData = table === 'data_source_schemas';
  const written = configuration.setNames(isData ? 'data' : 'resource', type);
  const added = names.flatMap(([name, valueType]): (readonly [string, Attribute])[] => {
    if (written.has(name)) return [[name, { type: valueType, optional: true }]];
    const isRead = isData && configuration.refersTo(type, name);
    return isRead ? [[name, { type: valueType, computed: true }]] : [];
  });
  if (added.length === 0) return { schema, later: [] };
  const attributes = { ...schema.block.attributes, ...Object.fromEntries(added) };
  return {
    schema: { ...schema, block: { ...schema.block, attributes } },
    later: added.map(([name]) => name),
  };
}

/**
 * The type of a name, or undefined if this version of the provider has none.
 *
 * @param configuration the configuration that Terraform works on, if it is known
 */
export function typeIn(
  files: ProviderFiles,
  table: SchemaTable,
  name: string,
  configuration?: Configuration,
): ServedType | undefined {
  const simulated = files.schema[table]?.[name];
  const schema = simulated ?? files.other(table, name);
  if (schema === undefined) return undefined;
  // The behaviour of data sources is not recorded.
  const recorded =
    table === 'resource_schemas' && simulated !== undefined
      ? files.recorded(name)
      : { behaviour: EMPTY_BEHAVIOUR, further: {} };
  return {
    name,
    ...withLater(files, table, name, schema, configuration),
    ...recorded,
    isSimulated: simulated !== undefined,
  };
}
