import { mismatch } from './mismatch';
import type { Schema, Shape } from './shapes';

/** What replaces secrets. */
interface Masking {
  readonly mask: (text: string) => string;
  readonly maskValue: <T>(value: T) => T;
}

/**
 * A part of a record with every known secret replaced in what is told. The words of the format stay, as a secret may be the same
 * word: keys that the shape names, and texts of which it names the choices or the form, such as actions, digests and ids of stacks.
 */
export function masked<T>({ schema }: Shape<T>, value: T, masks: Masking): T {
  return maskedPart(schema, value, masks) as T;
}

function maskedPart(schema: Schema, value: unknown, masks: Masking): unknown {
  const { items, properties } = schema;
  if (schema.anyOf !== undefined) {
    const option = schema.anyOf.find((one) => mismatch(one, value) === undefined);
    return option === undefined ? masks.maskValue(value) : maskedPart(option, value, masks);
  }
  if (typeof value === 'string') return isOfFormat(schema, value) ? value : masks.mask(value);
  if (Array.isArray(value) && items !== undefined) return value.map((item) => maskedPart(items, item, masks));
  if (isObject(value) && isMap(schema)) {
    const parts = Object.entries(value).map(([name, part]) => {
      const own = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own !== undefined) return [name, maskedPart(own, part, masks)] as const;
      const { additionalProperties: other } = schema;
      return [masks.mask(name), other ? maskedPart(other, part, masks) : masks.maskValue(part)] as const;
    });
    return Object.fromEntries(parts);
  }
  return masks.maskValue(value);
}

/** Whether a text is a word of the format, and not one of the project. */
function isOfFormat(schema: Schema, text: string): boolean {
  const names = schema.const !== undefined || schema.enum !== undefined || schema.pattern !== undefined;
  return names && mismatch(schema, text) === undefined;
}

function isMap({ properties, additionalProperties }: Schema): boolean {
  return properties !== undefined || additionalProperties !== undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
