import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isList, isObject, type ObjectValue, unordered, type Value } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import type { ProviderFiles } from '../../sandbox/schemas/provider-files';
import type { Attribute } from '../../sandbox/schemas/schema';
import type { ProviderClient, ReceivedDiagnostic } from '../provider-client';
import { messageOf } from './refusals';
import { proposal, sampleOf } from './samples';

/** What the real provider, with a real server behind it, answered about one object. */
export interface RecordedState {
  readonly type: string;
  /** The state after the apply that made the object. */
  readonly applied?: ObjectValue;
  /** What a read changes in it. */
  readonly read?: ObjectValue;
  /** The attributes that a second plan of the same configuration changes. */
  readonly planned?: readonly string[];
  /** What an imported object has otherwise than the one that was read, or the provider's refusal. */
  readonly imported?: ObjectValue | string;
  /** Attributes whose value a read takes from the state before it; `(null)` where null stays. */
  readonly kept?: readonly string[];
  /** What a change in place changes in the state. */
  readonly changed?: ObjectValue;
  /** What a read changes in the state after the change in place. */
  readonly settled?: ObjectValue;
  /** The provider's refusal of the object. */
  readonly refused?: string;
  /** The state that a refused creation leaves, which Terraform has as tainted. @default - none */
  readonly left?: ObjectValue;
}

/** The recorded answers of a provider by the labels of the objects; empty for one that was not asked. */
export function recordedStates(files: ProviderFiles): Readonly<Record<string, RecordedState>> {
  if (!files.has('states')) return {};
  const content: unknown = JSON.parse(readFileSync(files.file('states'), 'utf8'));
  return (content as { readonly states?: Readonly<Record<string, RecordedState>> }).states ?? {};
}

/** The states of the objects that were made before, by their labels. */
export type Made = Readonly<Record<string, ObjectValue>>;

/** An object to make, change, read and import. */
export interface ScenarioObject {
  readonly label: string;
  readonly type: string;
  configuration(made: Made): ObjectValue;
  /** Arguments after a change in place; null for one that is removed. */
  readonly changed?: ObjectValue;
  /** The id to import. @default - that of the state */
  readonly importId?: (state: ObjectValue) => string;
  /** Whether to ask which attributes a read keeps, which takes two reads for each. @default true */
  readonly asksKept?: boolean;
}

/** In the place of a value that differs between two runs: a generated id, a time, a token. */
const VARIES = '<varies>';

class Refused extends Error {
  constructor(
    message: string,
    /** What is in the state after the refusal. */
    readonly left: ObjectValue | null = null,
  ) {
    super(message);
  }
}

function failOn(diagnostics: readonly ReceivedDiagnostic[], left?: ObjectValue | null): void {
  const failure = diagnostics.find(({ severity }) => severity === 'error');
  if (failure !== undefined) throw new Refused(messageOf(failure), left);
}

/** Makes one object as Terraform does, and gives its state, or changes it. */
async function applied(
  client: ProviderClient,
  type: ResourceType,
  prior: ObjectValue | null,
  config: ObjectValue,
): Promise<ObjectValue> {
  const { block } = type.schema;
  const proposed = prior === null ? config : proposal(block, prior, config);
  const { planned, diagnostics } = await client.plan(type.name, prior, proposed, config);
  failOn(diagnostics);
  const answer = await client.apply(type.name, prior, planned, config);
  failOn(answer.diagnostics, answer.state && completed(block, answer.state));
  // Terraform stores null blocks as empty ones.
  return completed(block, answer.state ?? {});
}

async function read(
  client: ProviderClient,
  type: ResourceType,
  state: ObjectValue,
): Promise<ObjectValue | null> {
  const answer = await client.read(type.name, state);
  failOn(answer.diagnostics);
  return answer.state && completed(type.schema.block, answer.state);
}

/** What a plan changes in a state that was just read. */
async function planned(
  client: ProviderClient,
  type: ResourceType,
  state: ObjectValue,
  config: ObjectValue,
): Promise<readonly string[]> {
  const { block } = type.schema;
  const answer = await client.plan(type.name, state, proposal(block, state, config), config);
  failOn(answer.diagnostics);
  const after = completed(block, answer.planned ?? {});
  const changed = Object.keys(state).filter(
    (name) => unordered(state[name] ?? null) !== unordered(after[name] ?? null),
  );
  return changed.map((name) => `${name}${answer.replaces.includes(name) ? ' (replaces)' : ''}`);
}

/** Attributes whose value a read takes from the state before it, and not from the server. */
async function kept(
  client: ProviderClient,
  type: ResourceType,
  state: ObjectValue,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, attribute] of Object.entries(type.schema.block.attributes ?? {})) {
    if (name === 'id' || name === 'tags_all' || name === 'namespace') continue;
    for (const [kind, other] of otherValues(attribute)) {
      if (unordered(other) === unordered(state[name] ?? null)) continue;
      const after = await read(client, type, { ...state, [name]: other }).catch(() => undefined);
      if (after !== undefined && unordered(after?.[name] ?? null) === unordered(other))
        names.push(`${name}${kind}`);
    }
  }
  return names;
}

function otherValues({ type }: Attribute): readonly (readonly [string, Value])[] {
  return [
    ['', sampleOf(type, type === 'bool' ? 0 : 1)],
    [' (null)', null],
  ];
}

/** The members of a state that differ from another. */
function differing(state: ObjectValue | null, from: ObjectValue): ObjectValue {
  const names = Object.keys(from).filter(
    (name) => unordered(state?.[name] ?? null) !== unordered(from[name] ?? null),
  );
  return Object.fromEntries(names.map((name) => [name, state?.[name] ?? null]));
}

async function askImported(
  client: ProviderClient,
  type: ResourceType,
  object: ScenarioObject,
  before: ObjectValue,
): Promise<ObjectValue | string> {
  const id = object.importId?.(before) ?? String(before.id);
  try {
    const imported = await client.import(type.name, id);
    failOn(imported.diagnostics);
    return differing(await read(client, type, imported.state ?? {}), before);
  } catch (failure) {
    if (failure instanceof Refused) return failure.message;
    throw failure;
  }
}

/** Makes the objects of a scenario with a running provider, asks about each, and removes them in the reverse order. */
export async function runScenario(
  client: ProviderClient,
  typeOf: (name: string) => ResourceType,
  objects: readonly ScenarioObject[],
): Promise<Readonly<Record<string, RecordedState>>> {
  const made: Record<string, ObjectValue> = {};
  const answers: Record<string, RecordedState> = {};
  for (const object of objects) {
    const type = typeOf(object.type);
    const given = object.configuration(made);
    const config = completed(type.schema.block, given);
    try {
      const state = await applied(client, type, null, config);
      made[object.label] = state;
      const after = (await read(client, type, state)) ?? {};
      const again = await planned(client, type, after, config);
      const imported = await askImported(client, type, object, after);
      const follows = object.asksKept !== false ? await kept(client, type, after) : [];
      made[object.label] = after;
      const answer = {
        type: object.type,
        applied: state,
        read: differing(after, state),
        planned: again,
        imported,
        kept: follows,
      };
      const { changed } = object;
      const other = changed && completed(type.schema.block, { ...given, ...changed });
      const last = other && (await applied(client, type, after, other));
      if (last !== undefined) made[object.label] = last;
      answers[object.label] = {
        ...answer,
        ...(last === undefined
          ? {}
          : {
              changed: differing(last, after),
              settled: differing(await read(client, type, last), last),
            }),
      };
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      const { left } = failure;
      const isNew = made[object.label] === undefined;
      if (isNew && left !== null) made[object.label] = left;
      answers[object.label] = {
        type: object.type,
        refused: failure.message,
        ...(isNew && left !== null ? { left } : {}),
      };
    }
  }
  for (const { label, type } of [...objects].reverse()) {
    const state = made[label];
    if (state !== undefined) await client.apply(type, state, null, null);
  }
  return answers;
}

/** Whether a value depends on the time or the machine, though two runs may have the same one. */
function isIncidental(name: string, value: Value | undefined): boolean {
  return (
    (name === 'lease_duration' && typeof value === 'number' && value > 0) ||
    (name === 'hostname' && value === hostname())
  );
}

/** The answer with a placeholder for each value that another run has otherwise. */
export function withoutVarying(one: Value, other: Value): Value {
  if (isObject(one) && isObject(other))
    return Object.fromEntries(
      Object.keys(one)
        .sort()
        .map((name) => [
          name,
          isIncidental(name, one[name]) ? VARIES : withoutVarying(one[name] ?? null, other[name] ?? null),
        ]),
    );
  if (isList(one) && isList(other) && one.length === other.length)
    return one.map((element, index) => withoutVarying(element, other[index] ?? null));
  return unordered(one) === unordered(other) ? one : VARIES;
}

/** Whether an answer is what was recorded. A varying value must be there, and be a text. */
export function isSame(recorded: Value, answered: Value): boolean {
  if (recorded === VARIES)
    return (
      (typeof answered === 'string' && answered !== '') || (typeof answered === 'number' && answered > 0)
    );
  if (isObject(recorded) && isObject(answered)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(answered)]);
    return [...names].every((name) => isSame(recorded[name] ?? null, answered[name] ?? null));
  }
  if (isList(recorded) && isList(answered) && recorded.length === answered.length) {
    if (recorded.every((element, index) => isSame(element, answered[index] ?? null))) return true;
  }
  return unordered(recorded) === unordered(answered);
}
