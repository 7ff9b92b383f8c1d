import type { Configuration } from '../configuration/configuration';
import { encodeProviderSchema } from '../protocol/schema-message';
import type { Message } from '../protocol/wire';
import { type ProviderFiles, SCHEMA_TABLES, type SchemaTable } from '../schemas/provider-files';
import type { ProviderSchema, Schema } from '../schemas/schema';
import { typeIn } from './resource-type';

/**
 * The answers to GetProviderSchema.
 *
 * Terraform decodes all of an answer in each command, a second for the 1500 types of a large provider. So it gets the simulated types,
 * and of the others those that the configuration names; where the configuration is not known, those of the provider's family.
 */
export class ServedSchemas {
  /** The encoded answers, by the types in them that are not simulated and the names of later versions. */
  private readonly answers = new Map<string, Buffer>();

  constructor(
    private readonly files: ProviderFiles,
    private readonly functions: Message,
  ) {}

  answerFor(configuration: Configuration | undefined): Buffer {
    const words = configuration?.words(this.files.name);
    const added = SCHEMA_TABLES.map((table) => this.added(table, words, configuration));
    const key = JSON.stringify(added.map(Object.entries));
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const [resource_schemas, data_source_schemas, ephemeral_resource_schemas] = added;
    const { schema } = this.files;
    const served: ProviderSchema = {
      provider: schema.provider,
      resource_schemas: { ...schema.resource_schemas, ...resource_schemas },
      data_source_schemas: { ...schema.data_source_schemas, ...data_source_schemas },
      ephemeral_resource_schemas: { ...schema.ephemeral_resource_schemas, ...ephemeral_resource_schemas },
    };
    const answer = encodeProviderSchema(served, this.functions);
    this.answers.set(key, answer);
    return answer;
  }

  /** Schemas that differ from those of the simulated types, or are of other types. */
  private added(
    table: SchemaTable,
    words: ReadonlySet<string> | undefined,
    configuration: Configuration | undefined,
  ): Record<string, Schema> {
    const { files } = this;
    const simulated = files.schema[table] ?? {};
    const named =
      words === undefined ? files.otherTypes(table).filter((type) => files.family.test(type)) : [...words];
    return Object.fromEntries(
      named.flatMap((name) => {
        const type = typeIn(files, table, name, configuration);
        const isPlain = type === undefined || (name in simulated && type.later.length === 0);
        return isPlain ? [] : [[name, type.schema] as const];
      }),
    );
  }
}
