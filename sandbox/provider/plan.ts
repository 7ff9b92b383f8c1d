import type { PathStep } from '../protocol/diagnostics';
import {
  isList,
  isObject,
  type ObjectValue,
  UNKNOWN,
  Unknown,
  unordered,
  type Value,
} from '../protocol/values';
import type { Attribute, Block, NestedBlock } from '../schemas/schema';
import { isJson, normalizedJson } from './json-text';
import { completed, legacyValue } from './normalize';
import { attributesOf, valueAt } from './paths';
import { replacingBlocks } from './replacing-blocks';
import type { ResourceType } from './resource-type';
import { withPriorElements } from './set-blocks';
import { isTagged, plannedTags, type TagSettings } from './tags';
import type { ValueRules } from './value-rules';

interface PlanRequest {
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue | null;
  readonly config: ObjectValue | null;
}

interface Plan {
  readonly planned: ObjectValue | null;
  /** Paths of the attributes whose change replaces the object. */
  readonly replaces: readonly (readonly PathStep[])[];
}

/** The place of a value in a plan: the resource type, its provider's rules, and the recorded path of the block around it. */
interface Place {
  readonly type: ResourceType;
  readonly rules: ValueRules;
  readonly recorded: readonly string[];
}

/** Whether the legacy SDK, which has no null, treats a configured value as not set. */
function isNothing(value: Value): boolean {
  return (
    value === '' ||
    (isList(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

/** Whether the legacy SDK treats an empty list as not set, which it does unless the attribute is written like blocks. */
function isUnset({ type }: Attribute): boolean {
  return Array.isArray(type) && !Array.isArray(type[1]);
}

/** The legacy SDK's plan for a removed attribute that is not computed: an empty list or map if it had one, else null. */
function removed(before: Value): Value {
  if (isList(before)) return [];
  return isObject(before) ? {} : null;
}

/** The legacy SDK's plan for a configured value: the state's value if both mean the same. */
function legacyConfigured(
  place: Place,
  attribute: Attribute,
  path: string,
  configured: Value,
  before: Value | undefined,
): Value {
  if (isNothing(configured) && isUnset(attribute)) {
    if (attribute.computed) return before === undefined ? UNKNOWN : before;
    return removed(before ?? null);
  }
  if (before === null && isNothing(configured)) return before;
  if (typeof configured === 'string') {
    const planned = place.rules.plannedText?.(place.type, path, configured, before);
    if (planned !== undefined) return planned;
    if (isJson(place.type, path)) return normalizedJson(configured, before);
  }
  const planned = legacyValue(attribute, configured, place.rules);
  return isList(planned)
    ? (place.rules.plannedList?.(place.type, path, planned, before) ?? planned)
    : planned;
}

/**
 * The legacy SDK's plan for an argument that is not computed and not configured. In a block it does not distinguish the zero value,
 * which a read stores, from one that is not set.
 */
function withoutArgument({ recorded }: Place, before: Value): Value {
  if (recorded.length === 0) return removed(before);
  return before === '' || before === 0 || before === false ? before : null;
}

function plannedAttribute(
  place: Place,
  attribute: Attribute,
  name: string,
  values: { prior: ObjectValue | null; proposed: ObjectValue; config: ObjectValue },
): Value {
  const { behaviour, further } = place.type;
  const path = [...place.recorded, name].join('.');
  if (attribute.write_only) return null;
  const configured = values.config[name] ?? null;
  const isLeftOut = configured === null || configured === '';
  if (isLeftOut && further.keptAlways?.includes(path) && values.prior !== null)
    return values.prior[name] ?? null;
  if (configured !== null) {
    if (!behaviour.legacy) return configured;
    const had = values.prior === null ? undefined : (values.prior[name] ?? null);
    return legacyConfigured(place, attribute, path, configured, had);
  }
  const before = values.prior?.[name] ?? null;
  if ((further.kept?.[path] ?? []).some((value) => value === before)) return before;
  const filledIn = behaviour.defaults[path] ?? further.blockDefaults?.[path];
  if (filledIn !== undefined) return filledIn;
  if (!attribute.computed) return behaviour.legacy ? withoutArgument(place, before) : null;
  const proposed = values.proposed[name] ?? null;
  if (values.prior !== null || proposed !== null) return proposed;
  return place.recorded.length > 0 || behaviour.unknown.includes(path) ? UNKNOWN : null;
}

function plannedElement(
  place: Place,
  nested: NestedBlock,
  prior: Value,
  proposed: Value,
  config: Value,
): Value {
  if (!isObject(proposed)) return proposed;
  return plannedBlock(place, nested.block, {
    prior: isObject(prior) ? prior : null,
    proposed,
    config: isObject(config) ? config : proposed,
  });
}

function plannedNested(
  place: Place,
  nested: NestedBlock,
  prior: Value,
  proposed: Value,
  config: Value,
): Value {
  if (!isList(proposed)) return plannedElement(place, nested, prior, proposed, config);
  const { unknownBlocks = [], keptBlocks = [] } = place.type.further;
  const path = place.recorded.join('.');
  if (proposed.length === 0 && isList(prior) && keptBlocks.includes(path)) return prior;
  if (proposed.length === 0 && !isList(prior) && unknownBlocks.includes(path)) return UNKNOWN;
  // The elements of a set have no positions, so their prior state and configuration cannot be found.
  const ordered = nested.nesting_mode === 'list';
  const planned = proposed.map((element, index) =>
    plannedElement(
      place,
      nested,
      ordered && isList(prior) ? (prior[index] ?? null) : null,
      element,
      ordered && isList(config) ? (config[index] ?? null) : null,
    ),
  );
  if (!place.type.behaviour.legacy) return planned;
  const elements = ordered ? planned : withPriorElements(planned, prior);
  return place.rules.plannedBlocks?.(place.type, path, elements, prior) ?? elements;
}

function plannedBlock(
  place: Place,
  block: Block,
  values: { prior: ObjectValue | null; proposed: ObjectValue; config: ObjectValue },
): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    planned[name] = plannedAttribute(place, attribute, name, values);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const inside = { ...place, recorded: [...place.recorded, name] };
    const [prior, proposed, config] = [values.prior?.[name], values.proposed[name], values.config[name]];
    planned[name] = plannedNested(inside, nested, prior ?? null, proposed ?? null, config ?? null);
  }
  return completed(block, planned);
}

/** Whether a change of an attribute from one value to another replaces the object. */
function isReplacing(
  { behaviour, further }: ResourceType,
  recorded: string,
  from: Value,
  to: Value,
): boolean {
  if (further.presence?.includes(recorded)) return from === null || to === null;
  if (!behaviour.replaces.includes(recorded) && !further.replaces?.includes(recorded)) return false;
  return !further.inPlace?.[recorded]?.some(([before, after]) => before === from && after === to);
}

function replacedPaths(
  type: ResourceType,
  prior: ObjectValue,
  planned: ObjectValue,
  config: ObjectValue,
): (readonly PathStep[])[] {
  const { block } = type.schema;
  const paths = new Map<string, readonly PathStep[]>();
  for (const { recorded, path } of [...attributesOf(block, prior), ...attributesOf(block, planned)]) {
    const [from, to] = [valueAt(prior, path), valueAt(planned, path)];
    // What the provider fills in for a block that is added is no change of its argument.
    if (to instanceof Unknown && path.length > 1 && valueAt(config, path) === null) continue;
    if (isReplacing(type, recorded, from, to) && unordered(from) !== unordered(to))
      paths.set(path.join('.'), path);
  }
  for (const path of replacingBlocks(type.further, block, prior, planned)) paths.set(path.join('.'), path);
  return [...paths.values()];
}

/** The plan, with the prior timeouts if nothing else differs: to the legacy SDK that is no change. */
function withoutIdleChange(prior: ObjectValue, planned: ObjectValue): ObjectValue {
  if (!('timeouts' in planned)) return planned;
  const same = { ...planned, timeouts: prior.timeouts ?? null };
  return unordered(same) === unordered(prior) ? same : planned;
}

/** The provider's plan for one resource, driven by its schema and the recorded behaviour of the real provider. */
export function planChange(
  type: ResourceType,
  request: PlanRequest,
  tags: TagSettings,
  rules: ValueRules,
): Plan {
  const { prior, proposed } = request;
  if (proposed === null) return { planned: null, replaces: [] };
  const config = request.config ?? proposed;
  const place = { type, rules, recorded: [] };
  const planned = plannedBlock(place, type.schema.block, { prior, proposed, config });
  const tagged = isTagged(type) ? { ...planned, ...plannedTags(type, planned, prior, tags) } : planned;
  if (prior === null) return { planned: tagged, replaces: [] };
  const open = (rules.recomputed?.(type, prior, tagged) ?? []).map((name) => [name, UNKNOWN] as const);
  const computed = open.length === 0 ? tagged : { ...tagged, ...Object.fromEntries(open) };
  const settled = type.behaviour.legacy ? withoutIdleChange(prior, computed) : computed;
  const further = (rules.replacing?.(type, prior, settled) ?? []).map((name) => [name]);
  return { planned: settled, replaces: [...replacedPaths(type, prior, settled, config), ...further] };
}
