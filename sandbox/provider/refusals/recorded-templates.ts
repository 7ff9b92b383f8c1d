import type { Behaviour, RefusedValue } from '../../schemas/schema';
import type { ResourceType } from '../resource-type';
import { templateOf } from './template';

/** The invalid value in the questions of the older recordings. */
const ASKED = '!bad value!';

function numberTemplate({ range, min, max }: RefusedValue, legacy: boolean): string | undefined {
  const [low, high] = range ?? [min, max];
  if (low === undefined && high === undefined) return undefined;
  const [bounds, framework] =
    low === undefined
      ? [`at most (${high})`, `at most ${high}`]
      : high === undefined
        ? [`at least (${low})`, `at least ${low}`]
        : [`in the range (${low} - ${high})`, `between ${low} and ${high}`];
  return legacy
    ? `expected {name} to be ${bounds}, got {value}`
    : `Invalid Attribute Value: Attribute {name} value must be ${framework}, got: {value}`;
}

function listTemplate({ oneOf = [] }: RefusedValue): string {
  const isNumeric = oneOf.every((value) => /^-?\d+$/.test(value));
  const list = isNumeric ? oneOf : oneOf.map((value) => JSON.stringify(value));
  return `expected {name} to be one of [${list.join(' ')}], got {value}`;
}

/** The messages of an older recording about one argument, which holds what was said about a single invalid value. */
function templatesOf(path: string, refused: RefusedValue, { legacy = false }: Behaviour): readonly string[] {
  if (refused.oneOf !== undefined) return [listTemplate(refused)];
  if (refused.says !== undefined) return [templateOf(refused.says, { name: path, value: ASKED })];
  const template = numberTemplate(refused, legacy);
  return template === undefined ? [] : [template];
}

/** The recorded messages about the values of an argument. */
export function templatesAbout({ refused, behaviour }: ResourceType, path: string): readonly string[] {
  if (refused !== undefined) return Object.keys(refused[path] ?? {});
  const older = behaviour.values[path];
  return older === undefined ? [] : templatesOf(path, older, behaviour);
}
