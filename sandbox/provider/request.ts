import { type Diagnostic, diagnosticMessage } from '../protocol/diagnostics';
import { type DynamicValue, decodeValue, isObject, type ObjectValue } from '../protocol/values';
import type { Message } from '../protocol/wire';

/** The object that a field of a request holds, or null where it holds none. */
export function objectIn(field: unknown): ObjectValue | null {
  const value = decodeValue(field as DynamicValue | undefined);
  return isObject(value) ? value : null;
}

/** A text of a request; empty where the field is not set. @param field @default - the name of the type */
export function nameOf(request: Message, field = 'type_name'): string {
  const name = request[field];
  return typeof name === 'string' ? name : '';
}

/** Bytes of a request; none where the field is not set. */
export function bytesOf(request: Message, field: string): Uint8Array {
  const bytes = request[field];
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
}

/** The part of an answer that holds diagnostics. */
export function diagnostics(...list: readonly Diagnostic[]): { diagnostics: readonly Message[] } {
  return { diagnostics: list.map(diagnosticMessage) };
}
