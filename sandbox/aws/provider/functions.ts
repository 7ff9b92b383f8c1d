import { type DynamicValue, decodeValue, encodeValue, type Value } from '../../protocol/values';
import type { Message } from '../../protocol/wire';

type Implementation = (args: readonly string[]) => Value;

const PARTS = ['partition', 'service', 'region', 'account_id', 'resource'] as const;

/** The provider's own functions: `provider::aws::arn_parse` and so on. */
const IMPLEMENTATIONS: Readonly<
  Record<string, { parameters: readonly string[]; returns: unknown; call: Implementation }>
> = {
  arn_build: {
    parameters: PARTS,
    returns: 'string',
    call: (args) => `arn:${args.join(':')}`,
  },
  arn_parse: {
    parameters: ['arn'],
    returns: ['object', Object.fromEntries(PARTS.map((part) => [part, 'string']))],
    call: ([arn = '']) => {
      const [prefix, ...rest] = arn.split(':');
      if (prefix !== 'arn' || rest.length < PARTS.length) throw new RangeError('arn: invalid prefix');
      const values = [...rest.slice(0, 4), rest.slice(4).join(':')];
      return Object.fromEntries(PARTS.map((part, index) => [part, values[index] ?? '']));
    },
  },
  trim_iam_role_path: {
    parameters: ['arn'],
    returns: 'string',
    call: ([arn = '']) => arn.replace(/:role\/.*\//, ':role/'),
  },
};

const bytes = (type: unknown): Buffer => Buffer.from(JSON.stringify(type));

/** The definitions of the functions, as messages of the plugin protocol. */
export const FUNCTIONS: Message = Object.fromEntries(
  Object.entries(IMPLEMENTATIONS).map(([name, { parameters, returns }]) => [
    name,
    {
      parameters: parameters.map((parameter) => ({ name: parameter, type: bytes('string') })),
      return: { type: bytes(returns) },
    },
  ]),
);

export function callFunction(name: string, args: readonly DynamicValue[]): Message {
  const implementation = IMPLEMENTATIONS[name];
  if (implementation === undefined) return { error: { text: `unknown function ${name}` } };
  try {
    return {
      result: encodeValue(implementation.call(args.map((argument) => String(decodeValue(argument))))),
    };
  } catch (failure) {
    if (failure instanceof RangeError) return { error: { text: failure.message, function_argument: 0 } };
    throw failure;
  }
}
