import type { Configuration } from '../configuration/configuration';
import { encodeValue } from '../protocol/values';
import type { Message } from '../protocol/wire';
import type { SchemaTable } from '../schemas/provider-files';
import { completed } from './normalize';
import { diagnostics, nameOf, objectIn } from './request';
import { type ServedType, typeIn } from './resource-type';
import { notSimulated, versionWarnings } from './sandbox-words';
import { ServedSchemas } from './served-schemas';
import type { SimulatedProvider } from './simulated-provider';
import { validateConfig } from './validate';

/**
 * Answers the calls that the schemas suffice for: Terraform makes them also where the provider is not configured, and about
 * types that are not simulated. Each takes the configuration that Terraform works on, if it is known.
 */
export class SchemaCalls {
  private readonly schemas: ServedSchemas;

  constructor(private readonly provider: SimulatedProvider) {
    this.schemas = new ServedSchemas(provider.files, provider.functions);
  }

  /** The encoded schemas of the types that a configuration names. */
  schemasFor(configuration: Configuration | undefined): Buffer {
    return this.schemas.answerFor(configuration);
  }

  /** The type that a request is about; undefined if this version of the provider has none of the name. */
  type(
    configuration: Configuration | undefined,
    table: SchemaTable,
    request: Message,
  ): ServedType | undefined {
    return typeIn(this.provider.files, table, nameOf(request), configuration);
  }

  validateProvider(configuration: Configuration | undefined): Message {
    return diagnostics(...versionWarnings(this.provider.files, configuration));
  }

  validate(configuration: Configuration | undefined, table: SchemaTable, request: Message): Message {
    const type = this.type(configuration, table, request);
    const config = objectIn(request.config) ?? {};
    const { write_only_attributes_allowed: writeOnly } = (request.client_capabilities ?? {}) as Message;
    return type === undefined
      ? diagnostics(notSimulated(this.provider.files, table, nameOf(request)))
      : diagnostics(...validateConfig(type, config, writeOnly === true, this.provider.values));
  }

  /** A saved state, which is JSON, in the form of the current schema, without attributes that the schema does not have. */
  upgrade(configuration: Configuration | undefined, request: Message): Message {
    const type = this.type(configuration, 'resource_schemas', request);
    if (type === undefined)
      return diagnostics(notSimulated(this.provider.files, 'resource_schemas', nameOf(request)));
    const saved = objectIn(request.raw_state);
    return { upgraded_state: encodeValue(saved === null ? null : completed(type.schema.block, saved)) };
  }
}
