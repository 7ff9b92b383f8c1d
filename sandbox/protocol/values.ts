import { decode, Encoder, ExtensionCodec } from '@msgpack/msgpack';

/** A value that is not known yet. A refined one (extension 12) carries what is known about it, and is returned unchanged. */
export class Unknown {
  constructor(
    readonly extension: number,
    readonly data: Uint8Array,
  ) {}
}

export const UNKNOWN = new Unknown(0, new Uint8Array([0]));

/** MessagePack extension type of an unknown value with refinements. */
const REFINED = 12;

/** A Terraform value; sets are arrays, in any order. Bytes occur only as the type of a dynamic value. */
export type Value = null | boolean | number | string | Unknown | Uint8Array | readonly Value[] | ObjectValue;
export interface ObjectValue {
  readonly [name: string]: Value;
}

export interface DynamicValue {
  readonly msgpack?: Uint8Array | null;
  readonly json?: Uint8Array | null;
}

const extensionCodec = new ExtensionCodec();
for (const extension of [0, REFINED]) {
  extensionCodec.register({
    type: extension,
    encode: (value: unknown) =>
      value instanceof Unknown && value.extension === extension ? value.data : null,
    decode: (data: Uint8Array) => new Unknown(extension, Uint8Array.from(data)),
  });
}

const encoder = new Encoder({ extensionCodec });

export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value in a message; null if there is none. */
export function decodeValue(message: DynamicValue | null | undefined): Value {
  if (message?.msgpack !== undefined && message.msgpack !== null && message.msgpack.length > 0) {
    return decode(message.msgpack, { extensionCodec }) as Value;
  }
  if (message?.json !== undefined && message.json !== null && message.json.length > 0) {
    return JSON.parse(Buffer.from(message.json).toString('utf8')) as Value;
  }
  return null;
}

export function encodeValue(value: Value): { msgpack: Uint8Array } {
  return { msgpack: encoder.encode(value) };
}

/** Whether no part of a value is unknown. */
export function isKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (isList(value)) return value.every(isKnown);
  if (isObject(value)) return Object.values(value).every(isKnown);
  return true;
}

/** Text that is equal for values that are equal as sets: the keys of objects and the elements of lists are sorted. */
export function unordered(value: Value): string {
  if (value instanceof Unknown) return '?';
  if (isList(value)) return `[${value.map(unordered).sort().join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${unordered(value[key] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
