import { type Diagnostic, error } from '../protocol/diagnostics';
import { isKnown, isList, isObject, type ObjectValue, type Value } from '../protocol/values';
import type { FurtherBehaviour } from '../schemas/schema';
import type { ResourceType } from './resource-type';

function isSet(value: Value | undefined): boolean {
  return (value ?? null) !== null;
}

/** An attribute that may not stand beside another; one that is not known yet may turn out to be null. */
function conflictProblems({ conflicts = {} }: FurtherBehaviour, config: ObjectValue): Diagnostic[] {
  return Object.entries(conflicts).flatMap(([name, others]) => {
    const other = others.find((candidate) => isSet(config[candidate]) && isKnown(config[candidate] ?? null));
    if (!isSet(config[name]) || !isKnown(config[name] ?? null) || other === undefined) return [];
    const words = `"${name}": conflicts with ${other}`;
    return [error('Conflicting configuration arguments', words, [name])];
  });
}

function groupProblems(
  { allOf = {}, exactlyOne = {}, atLeastOne = {} }: FurtherBehaviour,
  config: ObjectValue,
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [name, group] of Object.entries(allOf)) {
    if (!isSet(config[name]) || group.every((member) => isSet(config[member]))) continue;
    const words = `"${name}": all of \`${group.join(',')}\` must be specified`;
    problems.push(error('Missing required argument', words, [name]));
  }
  for (const [name, group] of Object.entries(atLeastOne)) {
    if (group.some((member) => isSet(config[member]))) continue;
    const words = `"${name}": one of \`${group.join(',')}\` must be specified`;
    problems.push(error('Missing required argument', words, [name]));
  }
  for (const [name, group] of Object.entries(exactlyOne)) {
    const set = group.filter((member) => isSet(config[member]));
    const known = set.filter((member) => isKnown(config[member] ?? null));
    if (set.length > 0 && known.length < 2) continue;
    const demand =
      set.length === 0
        ? `one of \`${group.join(',')}\` must be specified`
        : `only one of \`${group.join(',')}\` can be specified, but \`${known.join(',')}\` were specified.`;
    problems.push(error('Invalid combination of arguments', `"${name}": ${demand}`, [name]));
  }
  return problems;
}

/** Members of attributes written like blocks that must be there. */
function memberProblems({ requiredMembers = {} }: FurtherBehaviour, config: ObjectValue): Diagnostic[] {
  return Object.entries(requiredMembers).flatMap(([name, members]) => {
    const elements = config[name] ?? null;
    if (!isList(elements)) return [];
    return elements.flatMap((element, index) =>
      members
        .filter((member) => isObject(element) && !isSet(element[member]))
        .map((member) => {
          const detail = `The argument "${name}.${index}.${member}" is required, but no definition was found.`;
          return error('Missing required argument', detail, [name]);
        }),
    );
  });
}

function deprecations({ further, schema }: ResourceType, config: ObjectValue): Diagnostic[] {
  const { deprecated = {} } = further;
  return Object.entries(deprecated).flatMap(([name, words]): Diagnostic[] => {
    const value = config[name] ?? null;
    const isAbsent = isList(value) && value.length === 0 && name in (schema.block.block_types ?? {});
    if (value === null || isAbsent || !isKnown(value)) return [];
    return [{ severity: 'WARNING', summary: 'Argument is deprecated', detail: words, path: [name] }];
  });
}

const FRAMEWORK = /Exactly one of these attributes must be configured: \[([^\]]+)\]/;

/** The newer framework's demand for exactly one attribute, which it makes once; one that is not known holds it back. */
function frameworkProblems(recorded: Readonly<Record<string, string>>, config: ObjectValue): Diagnostic[] {
  return [...new Set(Object.values(recorded))].flatMap((words) => {
    const group = words.match(FRAMEWORK)?.[1]?.split(',');
    const set = group?.filter((name) => isSet(config[name])) ?? [];
    if (group === undefined || set.length === 1 || set.some((name) => !isKnown(config[name] ?? null)))
      return [];
    const [summary, detail] = split(words);
    return set.length === 0
      ? [error(summary, detail)]
      : [error('Invalid Attribute Combination', detail, set.slice(0, 1))];
  });
}

/** Summary and detail of recorded words, which join them with a colon. */
export function split(words: string): readonly [summary: string, detail: string | undefined] {
  const at = words.match(
    /^(Missing required argument|Missing Attribute Configuration|Invalid Attribute Value): /,
  );
  return at === null ? [words, undefined] : [at[1] ?? words, words.slice(at[0].length)];
}

/**
 * Complaints about attributes that the real provider wants together, or apart, or not at all any more; the
 * legacy SDK stops at the first about each.
 */
export function togetherProblems(type: ResourceType, config: ObjectValue): Diagnostic[] {
  const ordered = [
    ...groupProblems(type.further, config),
    ...conflictProblems(type.further, config),
    ...deprecations(type, config),
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
