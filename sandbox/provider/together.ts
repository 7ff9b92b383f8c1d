import { type Diagnostic, error, type PathStep } from '../protocol/diagnostics';
import { isKnown, isList, isObject, type ObjectValue, type Value } from '../protocol/values';
import type { FurtherBehaviour } from '../schemas/schema';
import { valueAt } from './paths';
import type { ResourceType } from './resource-type';

function isSet(value: Value | undefined): boolean {
  return (value ?? null) !== null;
}

/** Whether there is no value, or no block. */
function isMissing(value: Value): boolean {
  return !isSet(value) || (isList(value) && value.length === 0);
}

/** The steps of a name as messages write it, such as `block.0.argument`. */
function stepsOf(name: string): readonly PathStep[] {
  return name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** The configuration without blocks of which there is none: an empty list of them is not set. */
function withoutEmptyBlocks({ schema }: ResourceType, config: ObjectValue): ObjectValue {
  const blocks = schema.block.block_types ?? {};
  const isEmpty = ([name, value]: readonly [string, Value]) =>
    name in blocks && isList(value) && value.length === 0;
  return Object.fromEntries(Object.entries(config).filter((entry) => !isEmpty(entry)));
}

/** Errors about conflicting attributes. An unknown value is no conflict, because it may be null in the end. */
function conflictProblems({ conflicts = {} }: FurtherBehaviour, config: ObjectValue): Diagnostic[] {
  return Object.entries(conflicts).flatMap(([name, others]) => {
    const other = others.find((candidate) => isSet(config[candidate]) && isKnown(config[candidate] ?? null));
    if (!isSet(config[name]) || !isKnown(config[name] ?? null) || other === undefined) return [];
    const message = `"${name}": conflicts with ${other}`;
    return [error('Conflicting configuration arguments', message, [name])];
  });
}

function groupProblems(
  { allOf = {}, exactlyOne = {}, atLeastOne = {} }: FurtherBehaviour,
  config: ObjectValue,
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const isGiven = (member: string) => !isMissing(valueAt(config, stepsOf(member)));
  for (const [name, group] of Object.entries(allOf)) {
    const own = group.find((member) => member.replace(/\.\d+/g, '') === name) ?? name;
    if (!isGiven(own) || group.every(isGiven)) continue;
    const message = `"${own}": all of \`${group.join(',')}\` must be specified`;
    problems.push(error('Missing required argument', message, stepsOf(own)));
  }
  for (const [name, group] of Object.entries(atLeastOne)) {
    if (group.some((member) => isSet(config[member]))) continue;
    const message = `"${name}": one of \`${group.join(',')}\` must be specified`;
    problems.push(error('Missing required argument', message, [name]));
  }
  for (const [name, group] of Object.entries(exactlyOne)) {
    const around = stepsOf(name).slice(0, -1);
    if (around.length > 0 && !isSet(valueAt(config, around))) continue;
    const set = group.filter(isGiven);
    const known = set.filter((member) => isKnown(valueAt(config, stepsOf(member))));
    if (set.length > 0 && known.length < 2) continue;
    const demand =
      set.length === 0
        ? `one of \`${group.join(',')}\` must be specified`
        : `only one of \`${group.join(',')}\` can be specified, but \`${known.join(',')}\` were specified.`;
    problems.push(error('Invalid combination of arguments', `"${name}": ${demand}`, stepsOf(name)));
  }
  return problems;
}

/** Errors about missing members of attributes that are written like blocks. */
function memberProblems({ requiredMembers = {} }: FurtherBehaviour, config: ObjectValue): Diagnostic[] {
  return Object.entries(requiredMembers).flatMap(([name, members]) => {
    const elements = config[name] ?? null;
    if (!isList(elements)) return [];
    return elements.flatMap((element, index) =>
      members
        .filter((member) => isObject(element) && isMissing(element[member] ?? null))
        .map((member) => {
          const detail = `The argument "${name}.${index}.${member}" is required, but no definition was found.`;
          return error('Missing required argument', detail, [name]);
        }),
    );
  });
}

function deprecations({ further, schema }: ResourceType, config: ObjectValue): Diagnostic[] {
  const { deprecated = {} } = further;
  return Object.entries(deprecated).flatMap(([name, message]): Diagnostic[] => {
    const value = config[name] ?? null;
    const isAbsent = isList(value) && value.length === 0 && name in (schema.block.block_types ?? {});
    if (value === null || isAbsent || !isKnown(value)) return [];
    return [{ severity: 'WARNING', summary: 'Argument is deprecated', detail: message, path: [name] }];
  });
}

const FRAMEWORK = /Exactly one of these attributes must be configured: \[([^\]]+)\]/;

/**
 * Errors of the newer framework about groups of attributes of which exactly one must be set. There is one for each group, and none
 * while a value is unknown.
 */
function frameworkProblems(recorded: Readonly<Record<string, string>>, config: ObjectValue): Diagnostic[] {
  return [...new Set(Object.values(recorded))].flatMap((message) => {
    const group = message.match(FRAMEWORK)?.[1]?.split(',');
    const set = group?.filter((name) => isSet(config[name])) ?? [];
    if (group === undefined || set.length === 1 || set.some((name) => !isKnown(config[name] ?? null)))
      return [];
    const [summary, detail] = split(message);
    return set.length === 0
      ? [error(summary, detail)]
      : [error('Invalid Attribute Combination', detail, set.slice(0, 1))];
  });
}

/** The summary and the detail of a recorded message, in which a colon joins them. */
export function split(message: string): readonly [summary: string, detail: string | undefined] {
  const at = message.match(
    /^(Missing required argument|Missing Attribute Configuration|Invalid Attribute Value): /,
  );
  return at === null ? [message, undefined] : [at[1] ?? message, message.slice(at[0].length)];
}

/**
 * Diagnostics about attributes that the real provider demands together, or refuses together, or has deprecated. The legacy SDK
 * gives only the first for each attribute.
 */
export function togetherProblems(type: ResourceType, given: ObjectValue): Diagnostic[] {
  const config = withoutEmptyBlocks(type, given);
  const ordered = [
    ...groupProblems(type.further, config),
    ...conflictProblems(type.further, config),
    ...deprecations(type, given),
  ];
  const first = new Map<string, Diagnostic>();
  for (const problem of ordered) {
    const name = problem.path?.join('.') ?? '';
    if (!first.has(name)) first.set(name, problem);
  }
  return [
    ...first.values(),
    ...memberProblems(type.further, config),
    ...frameworkProblems(type.behaviour.together ?? {}, config),
  ];
}
