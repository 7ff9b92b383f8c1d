import { isList, isObject, type ObjectValue, Unknown, type Value } from '../../sandbox/protocol/values';
import type { ResourceType } from '../../sandbox/provider/resource-type';
import { ASKED } from '../../sandbox/provider/wording';
import type { FurtherBehaviour, RefusedValue } from '../../sandbox/schemas/schema';
import type { Complaint, ProviderClient } from '../provider-client';
import { askFurther } from './further';
import {
  appliedState,
  proposal,
  requiredOnly,
  type Settable,
  sampleOf,
  settableIn,
  withValue,
} from './samples';

/** One question: what the real provider answered, and what the sandbox does, in comparable form. */
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
    | 'further';
  readonly type: string;
  readonly path: string;
  readonly recorded: string;
  readonly answered: string;
}

const NOTHING = '-';

function nameOf(settable: Settable): string {
  return settable.path.join('.');
}

/** Does a change from A to B need a new object? Asked about every attribute that has two legal values. */
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
    const recorded = behaviour.replaces.includes(path) || (type.further.replaces ?? []).includes(path);
    comparisons.push({
      question: recorded ? 'replaces' : 'in place',
      type: type.name,
      path,
      recorded: recorded ? 'replaced' : 'in place',
      answered: changed.replaces.includes(path) ? 'replaced' : 'in place',
    });
  }
  return comparisons;
}

/** The leaves of a plan that the configuration does not give: path to value, or unknown. */
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

/** What does a plan of a create with only what is required fill in, and what is unknown in it? */
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

function words(complaint: Complaint): string {
  return complaint.detail === '' ? complaint.summary : `${complaint.summary}: ${complaint.detail}`;
}

const ABOUT_OTHERS = /must be specified$|must be configured|can be specified, but|: conflicts with /;

/** What a complaint says about the legal values, in the form of the recording. */
function refusalIn(text: string): RefusedValue {
  const list = text.match(/to be one of \[(.*)\], got/)?.[1];
  if (list !== undefined) {
    const quoted = list.match(/"[^"]*"/g)?.map((value) => JSON.parse(value) as string);
    return { oneOf: quoted ?? list.split(' ') };
  }
  const range = text.match(/in the range \((-?\d+) - (-?\d+)\)/) ?? text.match(/between (-?\d+) and (-?\d+)/);
  if (range !== null) return { range: [Number(range[1]), Number(range[2])] };
  const least = text.match(/at least \(?(-?\d+)/);
  if (least !== null) return { min: Number(least[1]) };
  const most = text.match(/at most \(?(-?\d+)/);
  return most === null ? { says: text } : { max: Number(most[1]) };
}

/** The values to ask about: one bad word, or a number below and one above what is sensible. */
function badValues({ attribute }: Settable): readonly Value[] {
  const element =
    Array.isArray(attribute.type) && attribute.type[0] !== 'map' ? attribute.type[1] : attribute.type;
  const bad: readonly Value[] = element === 'string' ? [ASKED] : element === 'number' ? [-7, 99999999] : [];
  return element === attribute.type ? bad : bad.map((value) => [value]);
}

/** Which bad values does it refuse, in which words? Also: which attributes does it want set together? */
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
    const complaints: Complaint[] = [];
    for (const value of values) {
      const config: ObjectValue = withValue(block, behaviour, base, settable.path, value);
      complaints.push(...(await client.validate(type.name, config)));
    }
    for (const text of complaints.map(words).filter((text) => ABOUT_OTHERS.test(text))) together.add(text);
    const own = complaints.find(
      (complaint) =>
        complaint.severity === 'error' &&
        complaint.attribute.replace(/\.\d+/g, '') === path &&
        !ABOUT_OTHERS.test(words(complaint)),
    );
    if (behaviour.unasked?.[path] !== undefined) continue;
    const recorded = behaviour.values[path];
    comparisons.push({
      question: recorded === undefined ? 'accepted' : 'refused',
      type: type.name,
      path,
      recorded: recorded === undefined ? NOTHING : JSON.stringify(recorded),
      answered: own === undefined ? NOTHING : JSON.stringify(refusalIn(words(own))),
    });
  }
  const recordedTogether = new Set(Object.values(behaviour.together ?? {}));
  // Pairs and groups of the legacy SDK that were not recorded with the values are asked about in `askTables`.
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

/** The questions of `further.ts`, one comparison for each attribute in a table of the recording or the answer. */
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
