import type { ProviderFiles } from '../schemas/provider-files';
import { type Behaviour, EMPTY_BEHAVIOUR, type FurtherBehaviour, type Schema } from '../schemas/schema';

/** A resource type or data source: its schema and what the real provider answered about it. */
export interface ResourceType {
  readonly name: string;
  readonly schema: Schema;
  readonly behaviour: Behaviour;
  readonly further: FurtherBehaviour;
}

/** The resource type of a name, or undefined if the sandbox does not simulate it. */
export function managedType(files: ProviderFiles, name: string): ResourceType | undefined {
  const schema = files.schema.resource_schemas[name];
  return schema && { name, schema, ...files.recorded(name) };
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
