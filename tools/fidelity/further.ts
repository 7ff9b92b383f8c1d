import { isList, isObject, type ObjectValue, Unknown, type Value } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import { blocksIn, isBelowSet } from '../../sandbox/schemas/nested-paths';
import {
  type Behaviour,
  type Block,
  EMPTY_BEHAVIOUR,
  type FurtherBehaviour,
  type Type,
} from '../../sandbox/schemas/schema';
import { filesOf } from '../../sandbox/simulated';
import type { ProviderClient, ReceivedDiagnostic } from '../provider-client';
import { askNestedBlocks, withBlocks } from './nested-blocks';
import {
  appliedState,
  proposal,
  requiredOnly,
  type Settable,
  sampleOf,
  settableIn,
  withValue,
} from './samples';

interface Demands {
  readonly conflicts: Record<string, string[]>;
  readonly allOf: Record<string, string[]>;
  readonly exactlyOne: Record<string, string[]>;
  readonly atLeastOne: Record<string, string[]>;
  readonly deprecated: Record<string, string>;
  readonly requiredMembers: Record<string, string[]>;
}

/** Reads from one diagnostic which attributes conflict or need each other. */
function readDemand(demands: Demands, { severity, summary, detail, attribute }: ReceivedDiagnostic): void {
  if (severity === 'warning' && summary === 'Argument is deprecated' && !attribute.includes('.'))
    demands.deprecated[attribute] = detail;
  const member = detail.match(/^The argument "(\w+)\.0\.(\w+)" is required/);
  if (member?.[1] !== undefined && member[2] !== undefined)
    demands.requiredMembers[member[1]] = [...(demands.requiredMembers[member[1]] ?? []), member[2]].sort();
  const conflict = detail.match(/^"([^"]+)": conflicts with (\S+)$/);
  if (conflict?.[1] !== undefined && conflict[2] !== undefined) {
    const others = demands.conflicts[conflict[1]] ?? [];
    demands.conflicts[conflict[1]] = [...new Set([...others, conflict[2]])].sort();
  }
  const group = detail.match(/^"([^"]+)": (only one|one|all) of `([^`]+)` (?:must|can) be specified/);
  if (group?.[1] === undefined || group[3] === undefined) return;
  const table =
    group[2] === 'all'
      ? demands.allOf
      : summary === 'Invalid combination of arguments'
        ? demands.exactlyOne
        : demands.atLeastOne;
  table[group[1]] = group[3].split(',');
}

/** Asks with attributes alone and in pairs which of them conflict or need each other, and which are deprecated. */
async function askDemands(client: ProviderClient, type: ResourceType): Promise<Demands> {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const demands: Demands = {
    conflicts: {},
    allOf: {},
    exactlyOne: {},
    atLeastOne: {},
    deprecated: {},
    requiredMembers: {},
  };
  const own = settableIn(block).filter(
    ({ path, attribute }) => path.length === 1 && !attribute.required && path[0] !== 'id',
  );
  const sample = ({ path: [name = ''], attribute }: Settable): ObjectValue => ({
    [name]: sampleOf(attribute.type, 1, type.behaviour.values[name]?.oneOf),
  });
  const ask = async (...given: readonly Settable[]) => {
    const config = completed(block, Object.assign({}, base, ...given.map(sample)));
    for (const diagnostic of await client.validate(type.name, config)) readDemand(demands, diagnostic);
  };
  await ask();
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (nested.nesting_mode === 'single') continue;
    const config = { ...base, [name]: [completed(nested.block, {})] };
    for (const diagnostic of await client.validate(type.name, config)) readDemand(demands, diagnostic);
  }
  for (const name of attributesAsBlocks(block)) {
    const config = { ...base, [name]: [emptyMember(block, name)] };
    for (const diagnostic of await client.validate(type.name, config)) readDemand(demands, diagnostic);
  }
  for (const [index, one] of own.entries()) {
    await ask(one);
    for (const other of own.slice(index + 1)) await ask(one, other);
  }
  return demands;
}

/** The attributes that are written like blocks, such as `ingress` of a security group. */
function attributesAsBlocks(block: Block): readonly string[] {
  return Object.entries(block.attributes ?? {})
    .filter(([, { type, optional }]) => optional && memberTypes(type) !== undefined)
    .map(([name]) => name);
}

function memberTypes(type: Type): Readonly<Record<string, Type>> | undefined {
  const element = Array.isArray(type) && type[0] !== 'object' && type[0] !== 'tuple' ? type[1] : undefined;
  return Array.isArray(element) && element[0] === 'object' ? element[1] : undefined;
}

function emptyMember(block: Block, name: string): ObjectValue {
  const members = memberTypes(block.attributes?.[name]?.type ?? 'string') ?? {};
  return Object.fromEntries(Object.keys(members).map((member) => [member, null]));
}

/** Values that a removed attribute may have had: legal ones, and ones that the cloud could have chosen. */
function candidates({ path, attribute }: Settable, behaviour: Behaviour): readonly Value[] {
  const { oneOf, range, min, max } = behaviour.values[path.join('.')] ?? {};
  if (attribute.type === 'bool') return [false, true];
  if (attribute.type === 'number') {
    const [low, high] = range ?? [min, max];
    return [...new Set([...(oneOf ?? []).map(Number), 0, low ?? 0, high ?? 0, 30, 540, 1024])];
  }
  return attribute.type === 'string' ? [...(oneOf ?? []), '', '{}'] : [];
}

/**
 * Plans a change as Terraform does: what is planned, and what replaces the object?
 *
 * @param had what the state has, whatever was planned for it
 */
async function change(
  client: ProviderClient,
  type: ResourceType,
  before: ObjectValue,
  after: ObjectValue,
  had: ObjectValue = {},
) {
  const { block } = type.schema;
  const created = await client.plan(type.name, null, before, before);
  // Where the provider refuses a new object like that, the state is made up; its id tells that it is a change.
  const state = created.planned ?? { ...before, ...('id' in before ? { id: 'sample-a' } : {}) };
  const prior = { ...appliedState(block, state), ...had };
  return { prior, ...(await client.plan(type.name, prior, proposal(block, prior, after), after)) };
}

/** A text that no provider treats in a way of its own. */
const ANY = 'sample-c';

/** Asks which values stay when an attribute is removed, and which additions, removals and changes replace the object. */
async function askChanges(client: ProviderClient, type: ResourceType) {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const kept: Record<string, Value[]> = {};
  const keptAlways: string[] = [];
  const presence = new Set<string>();
  const inPlace: Record<string, [string, string][]> = {};
  const replaces = new Set<string>();
  for (const settable of settableIn(block)) {
    const [name = '', ...rest] = settable.path;
    if (rest.length > 0 || settable.attribute.required || name === 'id' || name.startsWith('tags')) continue;
    const set = (value: Value) => withValue(block, type.behaviour, base, settable.path, value);
    const legal = type.behaviour.values[name]?.oneOf ?? [];
    for (const value of settable.attribute.computed || settable.attribute.write_only
      ? []
      : candidates(settable, type.behaviour)) {
      const { planned } = await change(client, type, set(value), base, { [name]: value });
      if (planned?.[name] === value) kept[name] = [...(kept[name] ?? []), value];
    }
    if (settable.attribute.type === 'string' && !settable.attribute.computed) {
      const { planned } = await change(client, type, set(ANY), base, { [name]: ANY });
      if (planned?.[name] === ANY) keptAlways.push(name);
    }
    const [one, other] = ([0, 1] as const).map((choice) => sampleOf(settable.attribute.type, choice, legal));
    if (one === undefined || other === undefined) continue;
    const changed = [
      await change(client, type, set(one), set(other)),
      await change(client, type, set(other), set(one)),
    ];
    const switched = [
      await change(client, type, set(other), base),
      await change(client, type, base, set(other)),
    ];
    if (changed.some((answer) => answer.replaces.includes(name)) || type.behaviour.replaces.includes(name)) {
      if (!type.behaviour.replaces.includes(name)) replaces.add(name);
      for (const from of legal.length > 6 ? [] : legal) {
        for (const to of legal.filter((value) => value !== from)) {
          const answer = await change(client, type, set(from), set(to));
          if (!answer.replaces.includes(name)) inPlace[name] = [...(inPlace[name] ?? []), [from, to]];
        }
      }
    } else if (switched.some((answer) => answer.replaces.includes(name))) presence.add(name);
  }
  return { kept, keptAlways, presence: [...presence], inPlace, replaces: [...replaces] };
}

/** Asks which defaults a create plans inside a configured block, and which blocks are unknown if they are not configured. */
async function askBlocks(client: ProviderClient, type: ResourceType) {
  const { block } = type.schema;
  const base = requiredOnly(block, type.behaviour);
  const blockDefaults: Record<string, Value> = {};
  const unknownBlocks = new Set<string>();
  const look = (planned: Value, within: Block, path: readonly string[]): void => {
    if (!isObject(planned)) return;
    for (const [name, value] of Object.entries(planned)) {
      const at = [...path, name].join('.');
      const nested = within.block_types?.[name];
      if (nested !== undefined && value instanceof Unknown) unknownBlocks.add(at);
      else if (nested !== undefined)
        look(isList(value) ? (value[0] ?? null) : value, nested.block, [...path, name]);
      else if (path.length > 0 && !within.attributes?.[name]?.required && isSimple(value))
        blockDefaults[at] = value;
    }
  };
  look((await client.plan(type.name, null, base, base)).planned, block, []);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (nested.nesting_mode === 'single') continue;
    // A block without its required arguments ends the real provider.
    const element = requiredOnly(nested.block, type.behaviour, [name]);
    const config = { ...base, [name]: [element] };
    look((await client.plan(type.name, null, config, config)).planned, block, []);
    if (nested.nesting_mode !== 'list') continue;
    for (const [inner, { block: innerBlock }] of Object.entries(nested.block.block_types ?? {})) {
      const inside = requiredOnly(innerBlock, type.behaviour, [name, inner]);
      const deep = { ...base, [name]: [{ ...element, [inner]: [inside] }] };
      look((await client.plan(type.name, null, deep, deep)).planned, block, []);
    }
  }
  return {
    blockDefaults,
    unknownBlocks: [...unknownBlocks],
    keptBlocks: await askKeptBlocks(client, type, base),
  };
}

/** Asks which blocks stay in the plan when they are removed from the configuration. */
async function askKeptBlocks(
  client: ProviderClient,
  type: ResourceType,
  base: ObjectValue,
): Promise<readonly string[]> {
  const { block } = type.schema;
  const kept: string[] = [];
  for (const { path, nested } of blocksIn(block)) {
    if (nested.nesting_mode === 'single' || (nested.min_items ?? 0) > 0) continue;
    if (path.length > 1 && isBelowSet(block, path)) continue;
    const given = (blocks: Value) => withBlocks(block, type.behaviour, base, path, () => blocks);
    const { planned } = await change(client, type, given([sampled(nested.block)]), given([]));
    const after = path.reduce<Value>((value, name) => inFirst(value, name), planned ?? {});
    if (isList(after) && after.length > 0) kept.push(path.join('.'));
  }
  return kept;
}

/** What is at a name in a block, or in the first of several. */
function inFirst(value: Value, name: string): Value {
  const block = isList(value) ? value[0] : value;
  return isObject(block) ? (block[name] ?? null) : null;
}

/** A block with every attribute set. */
function sampled(block: Block): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([, { required, optional }]) => required || optional)
    .map(([name, { type }]) => [name, sampleOf(type, 1)]);
  const nested = Object.entries(block.block_types ?? {}).map(([name, child]) => [
    name,
    [sampled(child.block)],
  ]);
  return completed(block, Object.fromEntries([...attributes, ...nested]));
}

function isSimple(value: Value): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Asks a running provider everything that `FurtherBehaviour` holds about one resource type. */
export async function askFurther(client: ProviderClient, name: string): Promise<FurtherBehaviour> {
  const files = filesOf(name);
  const schema = files?.schema.resource_schemas[name] ?? { version: 0, block: {} };
  const type = { name, schema, behaviour: files?.behaviour[name] ?? EMPTY_BEHAVIOUR, further: {} };
  const answers = {
    ...(await askDemands(client, type)),
    ...(await askChanges(client, type)),
    ...(await askBlocks(client, type)),
    ...(await askNestedBlocks(client, type)),
  };
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => Object.keys(answer).length > 0));
}
