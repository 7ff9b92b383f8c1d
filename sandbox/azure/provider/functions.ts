import { type DynamicValue, decodeValue, encodeValue, type Value } from '../../protocol/values';
import type { Message } from '../../protocol/wire';

/** The segments that every id spells alike, whatever case it was given in. */
const SPELLED = ['subscriptions', 'resourceGroups', 'providers'];

/** The parts of an id: pairs of a segment and a name, with the provider among them. @throws RangeError for another text */
function pairs(id: string): readonly (readonly [string, string])[] {
  const segments = id.split('/').slice(1);
  if (!id.startsWith('/') || segments.length % 2 === 1 || segments.some((segment) => segment === ''))
    throw new RangeError(`parsing ${JSON.stringify(id)}: the number of segments didn't match`);
  return Array.from({ length: segments.length / 2 }, (_, index) => {
    const [type = '', name = ''] = segments.slice(2 * index, 2 * index + 2);
    return [SPELLED.find((known) => known.toLowerCase() === type.toLowerCase()) ?? type, name] as const;
  });
}

function normalized(id: string): Value {
  return pairs(id)
    .map(([type, name]) => `/${type}/${name}`)
    .join('');
}

function parsed(id: string): Value {
  const all = pairs(id);
  const of = (wanted: string) => all.find(([type]) => type === wanted)?.[1] ?? '';
  const at = all.findIndex(([type]) => type === 'providers');
  const own = at < 0 ? [] : all.slice(at + 1);
  const [type, name] = own.at(-1) ?? all.at(-1) ?? ['', ''];
  const provider = of('providers');
  return {
    full_resource_type: own.length === 0 ? type : [provider, ...own.map(([part]) => part)].join('/'),
    parent_resources: Object.fromEntries(own.slice(0, -1)),
    resource_group_name: of('resourceGroups'),
    resource_name: name,
    resource_provider: provider,
    resource_scope: '',
    resource_type: type,
    subscription_id: of('subscriptions'),
  };
}

const PARSED = {
  full_resource_type: 'string',
  parent_resources: ['map', 'string'],
  resource_group_name: 'string',
  resource_name: 'string',
  resource_provider: 'string',
  resource_scope: 'string',
  resource_type: 'string',
  subscription_id: 'string',
};

/** The provider's own functions: `provider::azurerm::parse_resource_id` and so on. */
const IMPLEMENTATIONS: Readonly<Record<string, { returns: unknown; call: (id: string) => Value }>> = {
  normalise_resource_id: { returns: 'string', call: normalized },
  parse_resource_id: { returns: ['object', PARSED], call: parsed },
};

const bytes = (type: unknown): Buffer => Buffer.from(JSON.stringify(type));

/** The definitions of the functions, as messages of the plugin protocol. */
export const FUNCTIONS: Message = Object.fromEntries(
  Object.entries(IMPLEMENTATIONS).map(([name, { returns }]) => [
    name,
    { parameters: [{ name: 'id', type: bytes('string') }], return: { type: bytes(returns) } },
  ]),
);

export function callFunction(name: string, args: readonly DynamicValue[]): Message {
  const implementation = IMPLEMENTATIONS[name];
  if (implementation === undefined) return { error: { text: `unknown function ${name}` } };
  try {
    return { result: encodeValue(implementation.call(String(decodeValue(args[0])))) };
  } catch (failure) {
    if (failure instanceof RangeError) return { error: { text: failure.message, function_argument: 0 } };
    throw failure;
  }
}
