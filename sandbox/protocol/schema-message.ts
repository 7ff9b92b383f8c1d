import type { Attribute, Block, NestedBlock, ProviderSchema, Schema } from '../schemas/schema';
import { encodeMessage, type Message } from './wire';

const CAPABILITIES = { get_provider_schema_optional: true };

function attributeMessage(name: string, attribute: Attribute): Message {
  const { required, optional, computed, sensitive, deprecated, write_only } = attribute;
  const type = Buffer.from(JSON.stringify(attribute.type));
  return { name, type, required, optional, computed, sensitive, deprecated, write_only };
}

function nestedMessage(name: string, nested: NestedBlock): Message {
  return {
    type_name: name,
    block: blockMessage(nested.block),
    nesting: nested.nesting_mode.toUpperCase(),
    min_items: nested.min_items ?? 0,
    max_items: nested.max_items ?? 0,
  };
}

function blockMessage(block: Block): Message {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) =>
      attributeMessage(name, attribute),
    ),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => nestedMessage(name, nested)),
  };
}

function schemaMessage(schema: Schema): Message {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function schemaMessages(schemas: Readonly<Record<string, Schema>>): Message {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, schemaMessage(schema)]));
}

/** The encoded answer to GetProviderSchema. It is the same for every call, so it is encoded once. */
export function encodeProviderSchema(schema: ProviderSchema, functions: Message): Buffer {
  return encodeMessage('GetProviderSchema.Response', {
    provider: schemaMessage(schema.provider),
    resource_schemas: schemaMessages(schema.resource_schemas),
    data_source_schemas: schemaMessages(schema.data_source_schemas),
    ephemeral_resource_schemas: schemaMessages(schema.ephemeral_resource_schemas ?? {}),
    server_capabilities: CAPABILITIES,
    functions,
  });
}

/** The encoded answer to GetMetadata. */
export function encodeMetadata(schema: ProviderSchema): Buffer {
  const named = (schemas: Readonly<Record<string, Schema>>) =>
    Object.keys(schemas).map((type_name) => ({ type_name }));
  return encodeMessage('GetMetadata.Response', {
    server_capabilities: CAPABILITIES,
    resources: named(schema.resource_schemas),
    data_sources: named(schema.data_source_schemas),
    ephemeral_resources: named(schema.ephemeral_resource_schemas ?? {}),
  });
}
