import { type Diagnostic, error, type PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, Unknown, type Value } from '../protocol/values';
import type { RefusedValue } from '../schemas/schema';
import { type AttributeAt, attributesOf } from './paths';
import type { ResourceType } from './resource-type';
import { split, togetherProblems } from './together';
import type { Demand, ValueRules } from './value-rules';
import { refusedBecause } from './wording';

function listed(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(' ')}]`;
}

/** The message of the legacy SDK, or of the newer framework, about a number out of range. */
function outOfRange(name: string, value: number, refused: RefusedValue, legacy: boolean): string | undefined {
  const [low, high] = refused.range ?? [refused.min, refused.max];
  if ((low === undefined || value >= low) && (high === undefined || value <= high)) return undefined;
  const [bounds, framework] =
    low === undefined
      ? [`at most (${high})`, `at most ${high}`]
      : high === undefined
        ? [`at least (${low})`, `at least ${low}`]
        : [`in the range (${low} - ${high})`, `between ${low} and ${high}`];
  return legacy
    ? `expected ${name} to be ${bounds}, got ${value}`
    : `Invalid Attribute Value: Attribute ${name} value must be ${framework}, got: ${value}`;
}

function refusal(
  name: string,
  value: Value,
  refused: RefusedValue,
  legacy: boolean,
  own: readonly Demand[],
): string | undefined {
  if (refused.oneOf !== undefined && !refused.oneOf.includes(String(value))) {
    return typeof value === 'number'
      ? `expected ${name} to be one of [${refused.oneOf.join(' ')}], got ${value}`
      : `expected ${name} to be one of ${listed(refused.oneOf)}, got ${String(value)}`;
  }
  if (typeof value === 'number') return outOfRange(name, value, refused, legacy);
  return refused.says === undefined ? undefined : refusedBecause(refused.says, String(value), own);
}

function dotted(path: readonly PathStep[]): string {
  return path.join('.');
}

/** Errors about the value of one attribute. Each element of a list or set is checked like a single value. */
function valueProblems(
  at: AttributeAt,
  refused: RefusedValue,
  legacy: boolean,
  own: readonly Demand[],
): Diagnostic[] {
  const elements: readonly Value[] = isList(at.value) ? at.value : [at.value];
  return elements.flatMap((element) => {
    if (element === null || element instanceof Unknown || isObject(element)) return [];
    const message = refusal(dotted(at.path), element, refused, legacy, own);
    if (message === undefined) return [];
    const [summary, detail] = split(message);
    return [error(summary, detail, at.path)];
  });
}

function schemaProblems(at: AttributeAt): Diagnostic[] {
  const name = at.path.at(-1) ?? '';
  if (at.attribute.required && at.value === null) {
    const detail = `The argument "${name}" is required, but no definition was found.`;
    return [error('Missing required argument', detail, at.path)];
  }
  if (at.attribute.computed && !at.attribute.optional && at.value !== null) {
    const detail = `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`;
    return [error('Value for unconfigurable attribute', detail, at.path)];
  }
  return [];
}

/** The error for a caller that does not know write-only attributes, and would store them in its state. */
function writeOnlyProblems(at: AttributeAt): Diagnostic[] {
  if (at.value === null) return [];
  const name = dotted(at.path);
  const detail = `The resource contains a non-null value for write-only attribute "${name}" Write-only attributes are only supported in Terraform 1.11 and later.`;
  return [error('Write-only Attribute Not Allowed', detail, at.path)];
}

/**
 * The provider's diagnostics about a configuration.
 *
 * @param writeOnlyAllowed whether the caller knows write-only attributes, as Terraform does from 1.11 on
 */
export function validateConfig(
  type: ResourceType,
  config: ObjectValue,
  writeOnlyAllowed: boolean,
  rules: ValueRules,
): readonly Diagnostic[] {
  const { values, legacy = false } = type.behaviour;
  const problems = attributesOf(type.schema.block, config).flatMap((at) => {
    if (at.attribute.write_only) return writeOnlyAllowed ? [] : writeOnlyProblems(at);
    const refused = values[at.recorded];
    return [
      ...schemaProblems(at),
      ...(refused === undefined ? [] : valueProblems(at, refused, legacy, rules.demands)),
    ];
  });
  return [...problems, ...togetherProblems(type, config)];
}
