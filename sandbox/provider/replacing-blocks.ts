import type { PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, type Value } from '../protocol/values';
import type { Block, FurtherBehaviour } from '../schemas/schema';
import { meaning } from './set-blocks';

function elementsOf(value: Value | undefined): readonly ObjectValue[] {
  return isList(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
}

/** Whether the legacy SDK, in whose sets there is no null, has a value for an attribute of an element. */
function hasValue(value: Value | undefined): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== 0 &&
    value !== false &&
    !(isList(value) && value.length === 0)
  );
}

/** The elements of each of two sets that the other has not. */
function changedElements(prior: readonly ObjectValue[], planned: readonly ObjectValue[]): ObjectValue[] {
  const [had, has] = [new Set(prior.map(meaning)), new Set(planned.map(meaning))];
  return [
    ...prior.filter((element) => !has.has(meaning(element))),
    ...planned.filter((element) => !had.has(meaning(element))),
  ];
}

/** Whether an element of a set has a value for an attribute that replaces the object, or a block whose presence does. */
function isReplacingElement(
  further: FurtherBehaviour,
  block: Block,
  element: ObjectValue,
  recorded: string,
): boolean {
  const { setReplaces = [], blockPresence = [] } = further;
  const own = Object.keys(block.attributes ?? {}).some(
    (name) => setReplaces.includes(`${recorded}.${name}`) && hasValue(element[name]),
  );
  const inside = Object.entries(block.block_types ?? {}).some(([name, nested]) =>
    elementsOf(element[name]).some(
      (inner) =>
        blockPresence.includes(`${recorded}.${name}`) ||
        isReplacingElement(further, nested.block, inner, `${recorded}.${name}`),
    ),
  );
  return own || inside;
}

/**
 * The paths of the blocks that replace an object: sets in which a changed element has a value that does, and blocks that were added
 * or removed where that does. Attributes of blocks in lists have paths of their own, and are not looked at.
 */
export function replacingBlocks(
  further: FurtherBehaviour,
  block: Block,
  prior: ObjectValue,
  planned: ObjectValue,
  recorded: readonly string[] = [],
  path: readonly PathStep[] = [],
): readonly (readonly PathStep[])[] {
  const { blockPresence = [] } = further;
  return Object.entries(block.block_types ?? {}).flatMap(([name, nested]) => {
    const [had, has] = [elementsOf(prior[name]), elementsOf(planned[name])];
    const at = [...recorded, name];
    const isAdded = blockPresence.includes(at.join('.')) && had.length !== has.length;
    if (nested.nesting_mode === 'set') {
      const isReplaced = changedElements(had, has).some((element) =>
        isReplacingElement(further, nested.block, element, at.join('.')),
      );
      return isAdded || isReplaced ? [[...path, name]] : [];
    }
    const inner = had.flatMap((element, index) => {
      const after = has[index];
      const step = nested.nesting_mode === 'list' ? [...path, name, index] : [...path, name];
      return after === undefined ? [] : replacingBlocks(further, nested.block, element, after, at, step);
    });
    return isAdded ? [[...path, name], ...inner] : inner;
  });
}
