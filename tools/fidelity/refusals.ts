import type { ObjectValue, Value } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { rendered, templateOf } from '../../sandbox/provider/refusals/template';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import { validateConfig } from '../../sandbox/provider/validate';
import type { ValueRules } from '../../sandbox/provider/value-rules';
import type { Block, NestedBlock, RefusedValues, Type } from '../../sandbox/schemas/schema';
import type { ProviderClient, ReceivedDiagnostic } from '../provider-client';
import { requiredOnly, sampleOf, settableIn, withValue } from './samples';
import { isPacked, packed, WRONG_NUMBERS, WRONG_TEXTS } from './wrong-values';

/** One argument to ask about: how messages name it, and a configuration with a value for it. */
interface Question {
  readonly path: string;
  readonly name: string;
  readonly values: readonly (string | number)[];
  /** @param value null for a configuration without the argument */
  configured(value: string | number | null): ObjectValue;
}

/** Messages about arguments that must or must not be set together, which other questions are about. */
const ABOUT_OTHERS = /must be specified$|must be configured|can be specified, but|: conflicts with /;

export function messageOf({ summary, detail }: Pick<ReceivedDiagnostic, 'summary' | 'detail'>): string {
  return detail === '' ? summary : `${summary}: ${detail}`;
}

function elementOf(type: Type): Type | undefined {
  return Array.isArray(type) && type[0] !== 'object' && type[0] !== 'tuple' ? (type[1] as Type) : undefined;
}

/** The values to ask about an argument of a type, longest first: a short one may stand anywhere in a message. */
function valuesOf(type: Type, legal: readonly string[]): readonly (string | number)[] {
  const element = elementOf(type) ?? type;
  const texts = [...new Set([...Object.values(WRONG_TEXTS).flat(), ...legal])];
  if (element === 'string') return texts.sort((one, other) => other.length - one.length);
  return element === 'number' ? [...new Set([...WRONG_NUMBERS, ...legal.map(Number)])] : [];
}

function inType(type: Type, value: string | number | null): Value {
  if (elementOf(type) === undefined || value === null) return value;
  return Array.isArray(type) && type[0] === 'map' ? { key: value } : [value];
}

function isMultiple({ nesting_mode }: NestedBlock): boolean {
  return nesting_mode === 'list' || nesting_mode === 'set';
}

/** The path as messages write it: the position of each element follows the name of its list or set. */
function nameIn(block: Block, [name = '', ...rest]: readonly string[], type: Type): string {
  const nested = block.block_types?.[name];
  if (nested !== undefined)
    return `${name}.${isMultiple(nested) ? '0.' : ''}${nameIn(nested.block, rest, type)}`;
  return elementOf(type) === undefined || (Array.isArray(type) && type[0] === 'map') ? name : `${name}.0`;
}

function ofSettables(type: ResourceType): readonly Question[] {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  return settableIn(block).map(({ path, attribute }) => ({
    path: path.join('.'),
    name: nameIn(block, path, attribute.type),
    values: valuesOf(attribute.type, type.behaviour.values[path.join('.')]?.oneOf ?? []),
    configured: (value) => withValue(block, type.behaviour, base, path, inType(attribute.type, value)),
  }));
}

/** Questions about the members of attributes that are written like blocks, such as `ingress` of a security group. */
function ofMembers(type: ResourceType): readonly Question[] {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  return Object.entries(block.attributes ?? {}).flatMap(([attribute, { type: whole, optional }]) => {
    const element = elementOf(whole);
    if (!optional || !Array.isArray(element) || element[0] !== 'object') return [];
    const members = element[1] as Readonly<Record<string, Type>>;
    const required = type.further.requiredMembers?.[attribute] ?? [];
    const empty = Object.fromEntries(
      Object.entries(members).map(([member, of]) => [
        member,
        required.includes(member) ? sampleOf(of, 0) : null,
      ]),
    );
    return Object.entries(members).map(([member, of]) => ({
      path: `${attribute}.${member}`,
      name: `${attribute}.0.${nameIn({}, [member], of)}`,
      values: valuesOf(of, []),
      configured: (value: string | number | null) =>
        completed(block, { ...base, [attribute]: [{ ...empty, [member]: inType(of, value) }] }),
    }));
  });
}

function questionsAbout(type: ResourceType): readonly Question[] {
  return [...ofSettables(type), ...ofMembers(type)].filter(({ values }) => values.length > 0);
}

/** A provider's errors about a configuration. */
type Validate = (config: ObjectValue) => Promise<readonly string[]> | readonly string[];

/** The errors of a running provider. */
function runningProvider(client: ProviderClient, type: ResourceType): Validate {
  return async (config) => {
    const diagnostics = await client.validate(type.name, config);
    return diagnostics.filter(({ severity }) => severity === 'error').map(messageOf);
  };
}

/** The errors of the simulation, without the plugin protocol between: that would take a minute for all questions. */
export function simulation(type: ResourceType, rules: ValueRules): Validate {
  return (config) =>
    validateConfig(type, config, false, rules)
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ summary, detail = '' }) => messageOf({ summary, detail }));
}

/** The answers about each argument: for each value, the messages that a configuration without the argument does not get. */
async function askEach(
  validate: Validate,
  type: ResourceType,
): Promise<readonly (readonly [Question, ReadonlyMap<string | number, readonly string[]>])[]> {
  const answers: (readonly [Question, Map<string | number, readonly string[]>])[] = [];
  const errorsAbout = async (config: ObjectValue) =>
    (await validate(config)).filter((message) => !ABOUT_OTHERS.test(message));
  for (const question of questionsAbout(type)) {
    const usual = new Set(await errorsAbout(question.configured(null)));
    const byValue = new Map<string | number, readonly string[]>();
    for (const value of question.values) {
      const errors = await errorsAbout(question.configured(value));
      byValue.set(value, [...new Set(errors.filter((message) => !usual.has(message)))]);
    }
    answers.push([question, byValue]);
  }
  return answers;
}

/** Asks a running provider which values it refuses, and in which words. */
export async function recordRefusals(client: ProviderClient, type: ResourceType): Promise<RefusedValues> {
  const recorded: Record<string, Record<string, readonly (string | number)[]>> = {};
  for (const [{ path, name }, byValue] of await askEach(runningProvider(client, type), type)) {
    const tables = new Map<string, Set<string | number>>();
    for (const [value, messages] of byValue) {
      for (const message of messages) {
        const known = [...tables.keys()].find((template) => rendered(template, { name, value }) === message);
        const template = known ?? templateOf(message, { name, value });
        tables.set(template, (tables.get(template) ?? new Set()).add(value));
      }
    }
    if (tables.size > 0)
      recorded[path] = Object.fromEntries(
        [...tables].map(([template, values]) => [template, packed(values)]),
      );
  }
  return recorded;
}

/** A value of an argument, with the recorded messages about it and those of the provider that was asked. */
export interface RefusalAnswer {
  readonly path: string;
  readonly recorded: string;
  readonly answered: string;
}

/** Asks the simulation the same questions and compares the messages, whatever their order. */
export async function compareRefusals(
  validate: Validate,
  type: ResourceType,
  recorded: RefusedValues,
): Promise<readonly RefusalAnswer[]> {
  const answers = await askEach(validate, type);
  return answers.flatMap(([{ path, name }, byValue]) =>
    [...byValue].map(([value, messages]) => {
      const expected = Object.entries(recorded[path] ?? {})
        .filter(([, values]) => isPacked(values, value))
        .map(([template]) => rendered(template, { name, value }));
      return {
        path: `${path} = ${JSON.stringify(value).slice(0, 60)}`,
        recorded: expected.sort().join('\n'),
        answered: [...messages].sort().join('\n'),
      };
    }),
  );
}
