import { parse, type Root, type Type } from 'protobufjs';
import { type Call, PROTOCOL } from './messages';

/** A message before encoding or after decoding, with the protocol's field names. */
export type Message = Readonly<Record<string, unknown>>;

let root: Root | undefined;
const types = new Map<string, Type>();

/** The message type of a name such as `PlanResourceChange.Request`. The protocol's text is parsed once. */
function messageType(name: string): Type {
  const known = types.get(name);
  if (known !== undefined) return known;
  root ??= parse(PROTOCOL, { keepCase: true }).root;
  const type = root.lookupType(`tfplugin6.${name}`);
  types.set(name, type);
  return type;
}

export function decodeMessage(name: string, bytes: Uint8Array): Message {
  const type = messageType(name);
  return type.toObject(type.decode(bytes), { longs: Number, defaults: false }) as Message;
}

export function encodeMessage(name: string, message: Message): Buffer {
  const type = messageType(name);
  return Buffer.from(type.encode(type.fromObject(message as Record<string, unknown>)).finish());
}

/** The names in version 5 of the protocol of calls that have another name there. Their messages have the same fields. */
const NAMES_IN_VERSION_5: Partial<Record<Call, string>> = {
  GetProviderSchema: 'GetSchema',
  ValidateProviderConfig: 'PrepareProviderConfig',
  ConfigureProvider: 'Configure',
  ValidateResourceConfig: 'ValidateResourceTypeConfig',
  ValidateDataResourceConfig: 'ValidateDataSourceConfig',
};

export function callPath(call: Call, version: 5 | 6 = 6): string {
  return version === 6
    ? `/tfplugin6.Provider/${call}`
    : `/tfplugin5.Provider/${NAMES_IN_VERSION_5[call] ?? call}`;
}
