import { awsBehaviour, awsFurther, awsSchema } from '../schemas/files';
import { type Behaviour, EMPTY_BEHAVIOUR, type FurtherBehaviour, type Schema } from '../schemas/schema';

/** A resource type or data source: its schema and what the real provider answered about it. */
export interface ResourceType {
  readonly name: string;
  readonly schema: Schema;
  readonly behaviour: Behaviour;
  readonly further: FurtherBehaviour;
}

/** The resource type of that name, or undefined where the sandbox does not simulate it. */
export function managedType(name: string): ResourceType | undefined {
  const schema = awsSchema().resource_schemas[name];
  return (
    schema && {
      name,
      schema,
      behaviour: awsBehaviour()[name] ?? EMPTY_BEHAVIOUR,
      further: awsFurther()[name] ?? {},
    }
  );
}

/** The data source of that name. Their behaviour was not recorded. */
export function dataType(name: string): ResourceType | undefined {
  const schema = awsSchema().data_source_schemas[name];
  return schema && { name, schema, behaviour: EMPTY_BEHAVIOUR, further: {} };
}
