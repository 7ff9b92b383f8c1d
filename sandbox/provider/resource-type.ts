import type { ProviderFiles } from '../schemas/provider-files';
import {
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

/** The resource type of a name, or undefined if the sandbox does not simulate it. */
export function managedType(files: ProviderFiles, name: string): ResourceType | undefined {
  const schema = files.schema.resource_schemas[name];
  return schema && { name, schema, ...files.recorded(name) };
}

/** The resource types of a provider by their names. */
export function typesOf(files: ProviderFiles): (name: string) => ResourceType {
  return (name) => {
    const type = managedType(files, name);
    if (type === undefined) throw new Error(`${name}: is no type that the sandbox simulates`);
    return type;
  };
}

/** The data source of a name. The behaviour of data sources is not recorded. */
export function dataType(files: ProviderFiles, name: string): ResourceType | undefined {
  const schema = files.schema.data_source_schemas[name];
  return schema && { name, schema, behaviour: EMPTY_BEHAVIOUR, further: {} };
}

/** The ephemeral resource of a name. */
export function ephemeralType(files: ProviderFiles, name: string): ResourceType | undefined {
  const schema = files.schema.ephemeral_resource_schemas?.[name];
  return schema && { name, schema, behaviour: EMPTY_BEHAVIOUR, further: {} };
}
