import { BACKEND_TYPES, type Json } from '../ground/catalog';
import { CREATE_NETWORK, CREATE_WITHIN, createdShape } from '../kinds/aws-network/keys';
import { backendShape } from '../environment/backends';
import { AWS_PROVIDER, RESERVED_SECTIONS, ROOT_KEYS } from '../environment/keys';
import { ADOPTED_NAME } from '../shape/formats';
import { adoptedShape, CUSTOM_ENTRY, DEPRECATED_KEYS, KNOWN_PROVIDERS } from '../adopted/keys';
import type { Key, KindsShape, MapShape, Shape } from '../shape/shape';

type JsonMap = { readonly [key: string]: Json };

/**
 * The JSON schema (draft-07) of a catalog, made of the same tables as the validation, for completion and hover.
 *
 * A file that extends another, and one without `cci_version` (a base), is a fragment: nothing is required in it, and
 * null, which deletes, may stand everywhere.
 */
export function catalogSchema(): JsonMap {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Kakehashi catalog',
    description: "The portable VC controller's vpn_catalog.yml, with what is to be created",
    type: 'object',
    if: { anyOf: [{ required: ['extends'] }, { not: { required: ['cci_version'] } }] },
    // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
    then: { $ref: '#/definitions/fragment' },
    else: { $ref: '#/definitions/whole' },
    definitions: { whole: new SchemaWriter(false).root(), fragment: new SchemaWriter(true).root() },
  };
}

class SchemaWriter {
  constructor(private readonly isFragment: boolean) {}

  root(): JsonMap {
    const known = KNOWN_PROVIDERS.filter((provider) => provider !== 'aws');
    return {
      type: 'object',
      properties: {
        ...this.properties({
          cci_version: ROOT_KEYS.cci_version,
          environment: ROOT_KEYS.environment,
          extends: ROOT_KEYS.extends as Key,
          site: ROOT_KEYS.site,
          vault: ROOT_KEYS.vault,
        }),
        backend: this.backend(),
        providers: this.orNull({
          type: 'object',
          description: ROOT_KEYS.providers.description,
          properties: { aws: this.orNull(this.of(AWS_PROVIDER)) },
          additionalProperties: false,
        }),
        ...Object.fromEntries(
          RESERVED_SECTIONS.map((name) => [
            name,
            { description: 'Not built yet', maxProperties: 0, type: ['object', 'null'] },
          ]),
        ),
        aws: this.entries(this.awsEntry()),
        ...Object.fromEntries(known.map((name) => [name, this.entries(this.adopted(adoptedShape(name)))])),
      },
      ...(this.isFragment ? {} : { required: ['cci_version'] }),
      additionalProperties: this.entries(this.adopted(CUSTOM_ENTRY)),
    };
  }

  private entries(entry: JsonMap): JsonMap {
    return {
      type: ['object', 'null'],
      propertyNames: { pattern: ADOPTED_NAME.pattern },
      additionalProperties: entry,
    };
  }

  /** An entry that exists already: whatever is not known passes through, and deprecated spellings count. */
  private adopted(shape: MapShape = CUSTOM_ENTRY): JsonMap {
    const old = Object.entries(DEPRECATED_KEYS).filter(([, right]) => Object.hasOwn(shape.keys, right));
    const required = Object.keys(shape.keys).filter((key) => shape.keys[key]?.required && !this.isFragment);
    return {
      type: ['object', 'null'],
      properties: {
        ...this.properties(shape.keys),
        ...Object.fromEntries(
          old.map(([key, right]) => {
            const described = shape.keys[right] as Key;
            return [key, { ...this.of(described.shape), description: `Old spelling of ${right}` }];
          }),
        ),
        create: { not: {}, description: 'Not built yet for this provider' },
      },
      ...(required.length === 0
        ? {}
        : {
            type: 'object',
            allOf: required.map((key) => {
              const spellings = [key, ...old.filter(([, right]) => right === key).map(([other]) => other)];
              return { anyOf: spellings.map((spelling) => ({ required: [spelling] })) };
            }),
          }),
    };
  }

  /** By what stands in it: adopted, a VPC of its own, or a subnet within another. */
  private awsEntry(): JsonMap {
    const { create: _, ...properties } = this.adopted(adoptedShape('aws')).properties as Record<string, Json>;
    const adopted = { ...this.adopted(adoptedShape('aws')), properties };
    if (this.isFragment) {
      const create = { anyOf: [this.of(CREATE_NETWORK), this.of(CREATE_WITHIN), { type: 'null' }] };
      return { ...adopted, properties: { ...properties, create } };
    }
    return {
      if: { type: 'object', required: ['create'] },
      // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
      then: {
        if: { properties: { create: { type: 'object', required: ['within'] } } },
        // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
        then: this.of(createdShape(CREATE_WITHIN)),
        else: this.of(createdShape(CREATE_NETWORK)),
      },
      else: adopted,
    };
  }

  private backend(): JsonMap {
    const cases = BACKEND_TYPES.map((type) => ({
      if: { properties: { type: { const: type } } },
      // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
      then: this.of(backendShape(type)),
    }));
    return this.orNull({
      type: 'object',
      description: ROOT_KEYS.backend.description,
      properties: { type: { enum: [...BACKEND_TYPES] } },
      ...(this.isFragment ? {} : { required: ['type'], allOf: cases }),
    });
  }

  private properties(keys: Readonly<Record<string, Key>>): JsonMap {
    return Object.fromEntries(
      Object.entries(keys).map(([name, { shape, description, default: initial }]) => [
        name,
        {
          ...this.orNull(this.of(shape)),
          description,
          ...(initial === undefined ? {} : { default: initial }),
        },
      ]),
    );
  }

  private orNull(schema: JsonMap): JsonMap {
    return this.isFragment ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  private of(shape: Shape): JsonMap {
    switch (shape.kind) {
      case 'any':
        return {};
      case 'text':
        return { type: 'string', pattern: shape.format?.pattern ?? '^[^\\n]*\\S[^\\n]*$' };
      case 'whole':
        return { type: 'integer', minimum: shape.min, maximum: shape.max };
      case 'flag':
        return { type: 'boolean' };
      case 'choice':
        return { enum: shape.values };
      case 'list':
        return {
          type: 'array',
          items: this.of(shape.of),
          ...(shape.min === undefined ? {} : { minItems: shape.min }),
          ...(shape.max === undefined ? {} : { maxItems: shape.max }),
          ...(shape.distinct ? { uniqueItems: true } : {}),
        };
      case 'map':
        return this.map(shape);
      case 'entries':
        return {
          type: shape.mayBeEmpty ? ['object', 'null'] : 'object',
          propertyNames: { pattern: shape.key.pattern },
          additionalProperties: this.orNull(this.of(shape.of)),
          ...(shape.max === undefined ? {} : { maxProperties: shape.max }),
        };
      case 'kinds':
        return this.kinds(shape);
    }
  }

  private map(shape: MapShape): JsonMap {
    const required = Object.keys(shape.keys).filter((key) => shape.keys[key]?.required);
    return {
      type: shape.mayBeEmpty ? ['object', 'null'] : 'object',
      properties: this.properties(shape.keys),
      ...(required.length === 0 || this.isFragment ? {} : { required }),
      additionalProperties: shape.unknown === 'warning',
    };
  }

  private kinds({ text, whole, flag, list, map }: KindsShape): JsonMap {
    return { anyOf: [text, whole, flag, list, map].flatMap((shape) => (shape ? [this.of(shape)] : [])) };
  }
}

if (require.main === module) process.stdout.write(`${JSON.stringify(catalogSchema(), null, 2)}\n`);
