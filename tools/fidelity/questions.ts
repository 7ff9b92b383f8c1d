import { isList, isObject, type ObjectValue, Unknown, type Value } from '../../sandbox/protocol/values';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import type { ValueRules } from '../../sandbox/provider/value-rules';
import { isBelowSet } from '../../sandbox/schemas/nested-paths';
import type { FurtherBehaviour, RefusedValue } from '../../sandbox/schemas/schema';
import type { ProviderClient, ReceivedDiagnostic } from '../provider-client';
import { askFurther } from './further';
import { answersById, askImports, CLOUD } from './imports';
import { askPlans } from './plan-refusals';
import { compareRefusals, simulation } from './refusals';
import {
  appliedState,
  proposal,
  requiredOnly,
  type Settable,
  sampleOf,
  settableIn,
  withValue,
} from './samples';

/** One question with the recorded answer and the sandbox's, in comparable form. */
export interface Comparison {
  readonly question:
    | 'replaces'
    | 'in place'
    | 'defaults'
    | 'unknown'
    | 'refused'
    | 'accepted'
    | 'together'
    | 'legacy'
    | 'further'
    | 'refused values'
    | 'refused plans'
    | 'imports'
    | 'states'
    | 'reads';
  readonly type: string;
  readonly path: string;
  readonly recorded: string;
  readonly answered: string;
}

const NOTHING = '-';

/** The invalid text in the questions of the older recording. */
const ASKED = '!bad value!';

function nameOf(settable: Settable): string {
  return settable.path.join('.');
}

/** Asks about every attribute with two legal values whether a change from one to the other replaces the object. */
export async function askReplaces(
  client: ProviderClient,
  type: ResourceType,
): Promise<readonly Comparison[]> {
  const { block } = type.schema;
  const { behaviour } = type;
  const base = requiredOnly(block, behaviour);
  const comparisons: Comparison[] = [];
  for (const settable of settableIn(block)) {
    const path = nameOf(settable);
    const legal = behaviour.values[path]?.oneOf;
    if (behaviour.unasked?.[path] !== undefined || legal?.length === 1) continue;
    const configured = (choice: 0 | 1) =>
      withValue(block, behaviour, base, settable.path, sampleOf(settable.attribute.type, choice, legal));
    const created = await client.plan(type.name, null, configured(0), configured(0));
    const prior = appliedState(block, created.planned ?? {});
    const changed = await client.plan(type.name, prior, proposal(block, prior, configured(1)), configured(1));
    const isExempt = (type.further.inPlace?.[path] ?? []).some(
      ([from, to]) => from === legal?.[0] && to === legal?.[1],
    );
    const named = [behaviour.replaces, type.further.replaces, type.further.setReplaces].some((table) =>
      table?.includes(path),
    );
    const recorded = named && !isExempt;
    const answered = isBelowSet(block, settable.path)
      ? changed.replaces.some((replacing) => path.startsWith(`${replacing}.`))
      : changed.replaces.includes(path);
    comparisons.push({
      question: recorded ? 'replaces' : 'in place',
      type: type.name,
      path,
      recorded: recorded ? 'replaced' : 'in place',
      answered: answered ? 'replaced' : 'in place',
    });
  }
  return comparisons;
}

/** The values in a plan that are not configured, by path. */
function filledIn(
  planned: Value,
  config: Value,
  path: readonly string[] = [],
): readonly (readonly [string, Value])[] {
  if (isObject(planned) && (isObject(config) || path.length === 0)) {
    const given = isObject(config) ? config : {};
    return Object.entries(planned).flatMap(([name, value]) =>
      filledIn(value, given[name] ?? null, [...path, name]),
    );
  }
  const isEmpty =
    planned === null ||
    (isList(planned) && planned.length === 0) ||
    (isObject(planned) && Object.keys(planned).length === 0);
  return config === null && !isEmpty ? [[path.join('.'), planned]] : [];
}

/** The value at a path without list positions, in the first block of each name. */
function inFirstBlocks(value: Value, path: readonly string[]): Value {
  const [name, ...rest] = path;
  const inside = isList(value) ? (value[0] ?? null) : value;
  if (name === undefined) return value;
  return isObject(inside) ? inFirstBlocks(inside[name] ?? null, rest) : null;
}

/** Asks for the plan of a create with required attributes only: which values are filled in, and which are unknown? */
export async function askCreate(client: ProviderClient, type: ResourceType): Promise<readonly Comparison[]> {
  const config = requiredOnly(type.schema.block, type.behaviour);
  const answer = await client.plan(type.name, null, config, config);
  const leaves = new Map(filledIn(answer.planned, config));
  const { defaults, unknown, legacy = false } = type.behaviour;
  const known = [...leaves].filter(([, value]) => !(value instanceof Unknown));
  const open = [...leaves].filter(([, value]) => value instanceof Unknown).map(([path]) => path);
  const compare = (
    question: Comparison['question'],
    path: string,
    recorded: unknown,
    answered: unknown,
  ): Comparison => ({
    question,
    type: type.name,
    path,
    recorded: recorded === undefined ? NOTHING : JSON.stringify(recorded),
    answered: answered === undefined ? NOTHING : JSON.stringify(answered),
  });
  const given = new Map<string, Value>(known);
  for (const path of Object.keys(defaults).filter((name) => name.includes('.'))) {
    const value = inFirstBlocks(answer.planned, path.split('.'));
    if (value !== null) given.set(path, value);
  }
  // The blocks that are configured are no leaves: what is unknown in them is looked for where the recording has it.
  const inBlocks = unknown.filter(
    (path) => path.includes('.') && inFirstBlocks(answer.planned, path.split('.')) instanceof Unknown,
  );
  open.push(...inBlocks.filter((path) => !open.includes(path)));
  return [
    ...[...new Set([...Object.keys(defaults), ...given.keys()])].map((path) =>
      compare('defaults', path, defaults[path], given.get(path)),
    ),
    ...[...new Set([...unknown, ...open])].map((path) =>
      compare('unknown', path, unknown.includes(path), open.includes(path)),
    ),
    compare('legacy', '', legacy, answer.legacy),
  ];
}

function messageOf(diagnostic: ReceivedDiagnostic): string {
  return diagnostic.detail === '' ? diagnostic.summary : `${diagnostic.summary}: ${diagnostic.detail}`;
}

const ABOUT_OTHERS = /must be specified$|must be configured|can be specified, but|: conflicts with /;

/** The legal values that a message names, in the form of the recording. */
function refusalIn(text: string): RefusedValue {
  const list = text.match(/to be one of \[(.*)\], got/)?.[1];
  if (list !== undefined) {
    const quoted = list.match(/"[^"]*"/g)?.map((value) => JSON.parse(value) as string);
    return { oneOf: quoted ?? list.split(' ') };
  }
  const range =
    text.match(/in the range \((-?\d+) - (-?\d+)\)/) ??
    text.match(/value must be between (-?\d+) and (-?\d+)/);
  if (range !== null) return { range: [Number(range[1]), Number(range[2])] };
  const least = text.match(/must be at least (-?\d+)|to be at least \((-?\d+)/);
  if (least !== null) return { min: Number(least[1] ?? least[2]) };
  const most = text.match(/at most \(?(-?\d+)/);
  return most === null ? { says: text } : { max: Number(most[1]) };
}

/** The invalid values to ask about: a text, or a very small and a very large number. */
function badValues({ attribute }: Settable): readonly Value[] {
  const element =
    Array.isArray(attribute.type) && attribute.type[0] !== 'map' ? attribute.type[1] : attribute.type;
  const bad: readonly Value[] = element === 'string' ? [ASKED] : element === 'number' ? [-7, 99999999] : [];
  return element === attribute.type ? bad : bad.map((value) => [value]);
}

/** Asks which invalid values are refused, with which messages, and which attributes must be set together. */
export async function askValues(client: ProviderClient, type: ResourceType): Promise<readonly Comparison[]> {
  const { block } = type.schema;
  const { behaviour } = type;
  const base = requiredOnly(block, behaviour);
  const comparisons: Comparison[] = [];
  const together = new Set<string>();
  for (const settable of settableIn(block)) {
    const path = nameOf(settable);
    const values = badValues(settable);
    if (values.length === 0) continue;
    const diagnostics: ReceivedDiagnostic[] = [];
    for (const value of values) {
      const config: ObjectValue = withValue(block, behaviour, base, settable.path, value);
      diagnostics.push(...(await client.validate(type.name, config)));
    }
    for (const text of diagnostics.map(messageOf).filter((text) => ABOUT_OTHERS.test(text)))
      together.add(text);
    const own = diagnostics.filter(
      (diagnostic) =>
        diagnostic.severity === 'error' &&
        diagnostic.attribute.replace(/\.\d+/g, '') === path &&
        !ABOUT_OTHERS.test(messageOf(diagnostic)),
    );
    const recorded = behaviour.values[path];
    const isAskedElsewhere = recorded === undefined && type.refused?.[path] !== undefined;
    if (behaviour.unasked?.[path] !== undefined || isAskedElsewhere) continue;
    const refusals = own.map((diagnostic) => refusalIn(messageOf(diagnostic)));
    const answers = [...refusals, Object.assign({}, ...refusals)].map((refusal) => JSON.stringify(refusal));
    comparisons.push({
      question: recorded === undefined ? 'accepted' : 'refused',
      type: type.name,
      path,
      recorded: recorded === undefined ? NOTHING : JSON.stringify(recorded),
      // The older recording has one message for a value about which there may be several.
      answered:
        answers.find((answer) => answer === JSON.stringify(recorded)) ??
        (refusals.length === 0 ? NOTHING : (answers[0] ?? NOTHING)),
    });
  }
  const recordedTogether = new Set(Object.values(behaviour.together ?? {}));
  // `askTables` asks about the pairs and groups of the legacy SDK, which are in another recording.
  const others = [...together].filter((text) => !/: (all|one|only one) of `|: conflicts with /.test(text));
  for (const text of new Set([...recordedTogether, ...others])) {
    comparisons.push({
      question: 'together',
      type: type.name,
      path: text.match(/"([^"]+)"/)?.[1] ?? '',
      recorded: recordedTogether.has(text) ? text : NOTHING,
      answered: together.has(text) ? text : NOTHING,
    });
  }
  return comparisons;
}

/** Asks the questions of `further.ts`. Each attribute in a table of the recording or of the answer gives one comparison. */
export async function askTables(client: ProviderClient, type: ResourceType): Promise<readonly Comparison[]> {
  const answered = entriesOf(await askFurther(client, type.name));
  const recorded = entriesOf(type.further);
  return [...new Set([...recorded.keys(), ...answered.keys()])].map((path) => ({
    question: 'further',
    type: type.name,
    path,
    recorded: recorded.get(path) ?? NOTHING,
    answered: answered.get(path) ?? NOTHING,
  }));
}

function entriesOf(further: FurtherBehaviour): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(further).flatMap(([table, answers]) =>
      Array.isArray(answers)
        ? answers.map((name) => [`${table} ${name}`, 'true'] as const)
        : Object.entries(answers).map(
            ([name, answer]) => [`${table} ${name}`, JSON.stringify(answer)] as const,
          ),
    ),
  );
}

/** Asks which values are refused and in which words. Each value of each argument gives one comparison. */
export async function askRefusals(type: ResourceType, rules: ValueRules): Promise<readonly Comparison[]> {
  if (type.refused === undefined) return [];
  const answers = await compareRefusals(simulation(type, rules), type, type.refused);
  return answers.map((answer) => ({ question: 'refused values', type: type.name, ...answer }));
}

/** Asks for plans whose arguments are legal one by one. A plan that only the older questions refuse is no answer to this one. */
export async function askRefusedPlans(
  client: ProviderClient,
  type: ResourceType,
): Promise<readonly Comparison[]> {
  if (type.refused === undefined) return [];
  const recorded = type.refusedPlans ?? [];
  const answered = [...new Set([...(await askPlans(client, type)).values()].flat())].sort();
  return [...new Set([...recorded, ...answered])].map((message) => ({
    question: 'refused plans',
    type: type.name,
    path: message,
    recorded: recorded.includes(message) ? message : NOTHING,
    answered: answered.includes(message) ? message : NOTHING,
  }));
}

/** Asks for imports. Each id gives one comparison, except those for which the real provider has asked its cloud. */
export async function askImportIds(
  client: ProviderClient,
  type: ResourceType,
): Promise<readonly Comparison[]> {
  if (type.imports === undefined || Object.keys(type.imports).length === 0) return [];
  const recorded = answersById(type.imports);
  const answered = answersById(await askImports(client, type));
  return [...recorded]
    .filter(([, answer]) => answer !== CLOUD)
    .map(([id, answer]) => ({
      question: 'imports',
      type: type.name,
      path: id,
      recorded: answer,
      answered: answered.get(id) ?? NOTHING,
    }));
}
