import { type Diagnostic, error, type PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, type Value } from '../protocol/values';
import { type AttributeAt, attributesOf } from './paths';
import { templatesAbout } from './refusals/recorded-templates';
import { refusalsOf } from './refusals/value-refusals';
import type { ResourceType } from './resource-type';
import { split, togetherProblems } from './together';
import type { ValueRules } from './value-rules';

/** An argument: its path in the recording, its name in messages, and where diagnostics point. */
interface ArgumentAt {
  readonly recorded: string;
  readonly name: string;
  readonly path: readonly PathStep[];
}

function dotted(path: readonly PathStep[]): string {
  return path.join('.');
}

/** Errors about one value. @param name the argument, as messages write it. @param path where the diagnostics point */
function problemsOfValue(
  type: ResourceType,
  rules: ValueRules,
  argument: ArgumentAt,
  value: Value,
): Diagnostic[] {
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const documented = rules.documented?.[type.name]?.[argument.recorded] ?? [];
  const templates = [...templatesAbout(type, argument.recorded), ...documented];
  const groups = rules.alternatives?.[type.name]?.[argument.recorded];
  return refusalsOf(templates, argument.name, value, rules.demands, groups).map((message) => {
    const [summary, detail] = split(message);
    return error(summary, detail, argument.path);
  });
}

const MAP_SIZE = /^Bad map size: .* at most (\d+) elements: length=1$/;

/** Errors about a map with more elements than it may have. */
function problemsOfSize(type: ResourceType, argument: ArgumentAt, map: ObjectValue): Diagnostic[] {
  const size = Object.keys(map).length;
  return templatesAbout(type, argument.recorded)
    .filter((template) => size > Number(MAP_SIZE.exec(template)?.[1] ?? size))
    .map((template) => error(template.replace(/1$/, String(size)), undefined, argument.path));
}

/**
 * Errors about the value of one argument. Each element of a list or set is checked like a single value, and so is each member of an
 * object in one.
 */
function valueProblems(type: ResourceType, rules: ValueRules, at: ArgumentAt, value: Value): Diagnostic[] {
  if (isList(value))
    return value.flatMap((element, index) =>
      valueProblems(type, rules, { ...at, name: `${at.name}.${index}` }, element),
    );
  if (!isObject(value)) return problemsOfValue(type, rules, at, value);
  const size = problemsOfSize(type, at, value);
  if (size.length > 0) return size;
  return Object.entries(value).flatMap(([member, inside]) =>
    valueProblems(
      type,
      rules,
      { ...at, recorded: `${at.recorded}.${member}`, name: `${at.name}.${member}` },
      inside,
    ),
  );
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
  const problems = attributesOf(type.schema.block, config).flatMap((at) => {
    if (at.attribute.write_only) return writeOnlyAllowed ? [] : writeOnlyProblems(at);
    const argument = { recorded: at.recorded, name: at.name, path: at.path };
    return [...schemaProblems(at), ...valueProblems(type, rules, argument, at.value)];
  });
  return [...problems, ...togetherProblems(type, config)];
}
