import type { Json, JsonMap } from '../ground/json';
import type { EitherForm, Form, Key, Keys, MapForm } from '../shape/shape';

/** Writes the JSON schema of single shapes, as the reader of catalogs takes them. */
export class ShapeSchema {
  /** @param isFragment - whether it is of a part that is laid over another: nothing is required, and null deletes */
  constructor(private readonly isFragment: boolean) {}

  /** The keys of a map, with what editors show of each. */
  properties(keys: Keys): JsonMap {
    return Object.fromEntries(
      Object.entries(keys).map(([name, key]): [string, Json] => [
        name,
        {
          ...this.orNull(this.of(key.shape)),
          description: hoverText(key),
          ...(key.default === undefined ? {} : { default: key.default }),
        },
      ]),
    );
  }

  /** The same, or null where that deletes. */
  orNull(schema: JsonMap): JsonMap {
    return this.isFragment ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  of(shape: Form): JsonMap {
    switch (shape.kind) {
      case 'any':
        return {};
      case 'text':
        return {
          type: shape.bare ? ['string', 'number'] : 'string',
          pattern: shape.format?.pattern ?? '^[^\\n]*\\S[^\\n]*$',
        };
      case 'whole':
        return { type: 'integer', minimum: shape.min, maximum: shape.max };
      case 'flag':
        return { type: 'boolean' };
      case 'choice':
        return {
          enum: [...shape.values, ...(shape.also ?? [])],
          ...(shape.meanings === undefined
            ? {}
            : { enumDescriptions: shape.values.map((value) => shape.meanings?.[String(value)] ?? '') }),
        };
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
      case 'named':
        return {
          type: shape.mayBeEmpty ? ['object', 'null'] : 'object',
          propertyNames: { pattern: shape.key.pattern },
          additionalProperties: this.orNull(this.of(shape.of)),
          ...(shape.max === undefined ? {} : { maxProperties: shape.max }),
        };
      case 'either':
        return this.either(shape);
    }
  }

  private map(shape: MapForm): JsonMap {
    const needless = Object.entries(shape.needless ?? {});
    const required = requiredKeys(shape.keys).filter((key) => shape.needless?.[key] === undefined);
    const oneOf = needless.map((keys) => ({ anyOf: keys.map((key) => ({ required: [key] })) }));
    return {
      type: shape.mayBeEmpty ? ['object', 'null'] : 'object',
      properties: this.properties(shape.keys),
      ...(required.length === 0 || this.isFragment ? {} : { required }),
      ...(oneOf.length === 0 || this.isFragment ? {} : { allOf: oneOf }),
      additionalProperties: shape.unknown === 'warning',
    };
  }

  private either({ text, whole, flag, list, map }: EitherForm): JsonMap {
    return { anyOf: [text, whole, flag, list, map].flatMap((shape) => (shape ? [this.of(shape)] : [])) };
  }
}

/** The names of the keys that must be there. */
export function requiredKeys(keys: Keys): readonly string[] {
  return Object.entries(keys)
    .filter(([, { presence }]) => presence === 'required')
    .map(([name]) => name);
}

/** What an editor shows of a key: what it means, its bounds, and what its absence means. */
function hoverText({ shape, description, presence, default: initial }: Key): string {
  const range = shape.kind === 'whole' ? [`From ${shape.min} to ${shape.max}`] : [];
  const absent =
    presence === 'required'
      ? ['Required']
      : initial === undefined
        ? []
        : [`Default: ${typeof initial === 'string' ? initial : JSON.stringify(initial)}`];
  const meaning = `${description[0]?.toUpperCase() ?? ''}${description.slice(1)}`;
  return [meaning, ...range, ...absent].map((part) => `${part}.`).join(' ');
}
