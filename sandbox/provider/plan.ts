import type { PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, UNKNOWN, unordered, type Value } from '../protocol/values';
import type { Attribute, Block, NestedBlock } from '../schemas/schema';
import type { Connection } from './connection';
import { completed, legacyValue } from './normalize';
import { attributesOf, valueAt } from './paths';
import type { ResourceType } from './resource-type';
import { isTagged, plannedTagsAll } from './tags';

interface PlanRequest {
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue | null;
  readonly config: ObjectValue | null;
}

interface Plan {
  readonly planned: ObjectValue | null;
  /** Attributes whose change needs a new object. */
  readonly replaces: readonly (readonly PathStep[])[];
}

/** Where a value is planned: the type, and the recorded path so far. */
interface Place {
  readonly type: ResourceType;
  readonly recorded: readonly string[];
}

function plannedAttribute(
  place: Place,
  attribute: Attribute,
  name: string,
  values: { prior: ObjectValue | null; proposed: ObjectValue; config: ObjectValue },
): Value {
  const { behaviour } = place.type;
  const path = [...place.recorded, name].join('.');
  if (attribute.write_only) return null;
  const configured = values.config[name] ?? null;
  if (configured !== null) return behaviour.legacy ? legacyValue(attribute, configured) : configured;
  const filledIn = behaviour.defaults[path];
  if (filledIn !== undefined) return filledIn;
  if (!attribute.computed) return null;
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
  // The elements of a set have no position by which their prior state or configuration could be found.
  const ordered = nested.nesting_mode === 'list';
  return proposed.map((element, index) =>
    plannedElement(
      place,
      nested,
      ordered && isList(prior) ? (prior[index] ?? null) : null,
      element,
      ordered && isList(config) ? (config[index] ?? null) : null,
    ),
  );
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
    const inside = { type: place.type, recorded: [...place.recorded, name] };
    const [prior, proposed, config] = [values.prior?.[name], values.proposed[name], values.config[name]];
    planned[name] = plannedNested(inside, nested, prior ?? null, proposed ?? null, config ?? null);
  }
  return completed(block, planned);
}

function replacedPaths(
  type: ResourceType,
  prior: ObjectValue,
  planned: ObjectValue,
): (readonly PathStep[])[] {
  const { block } = type.schema;
  const replacing = new Set(type.behaviour.replaces);
  const paths = new Map<string, readonly PathStep[]>();
  for (const { recorded, path } of [...attributesOf(block, prior), ...attributesOf(block, planned)]) {
    if (!replacing.has(recorded)) continue;
    const changed = unordered(valueAt(prior, path)) !== unordered(valueAt(planned, path));
    if (changed) paths.set(path.join('.'), path);
  }
  return [...paths.values()];
}

/** The provider's plan for one resource, driven by its schema and the recorded behaviour of the real provider. */
export function planChange(type: ResourceType, request: PlanRequest, connection: Connection): Plan {
  const { prior, proposed } = request;
  if (proposed === null) return { planned: null, replaces: [] };
  const config = request.config ?? proposed;
  const place = { type, recorded: [] };
  const planned = plannedBlock(place, type.schema.block, { prior, proposed, config });
  const tagged = isTagged(type)
    ? { ...planned, tags_all: plannedTagsAll(type, planned, prior, connection) }
    : planned;
  return { planned: tagged, replaces: prior === null ? [] : replacedPaths(type, prior, tagged) };
}
