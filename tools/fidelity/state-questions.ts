import { isObject, type ObjectValue, type Value } from '../../sandbox/protocol/values';
import type { Comparison } from './questions';
import { isSame, type RecordedState } from './states';

const NOTHING = '-';

function shown(value: Value | undefined): string {
  return value === undefined ? NOTHING : JSON.stringify(value);
}

/** One comparison for each attribute of two states. An attribute that agrees is shown as recorded, since a part of it may vary. */
function byAttribute(
  question: Comparison['question'],
  type: string,
  path: string,
  recorded: ObjectValue,
  answered: ObjectValue,
): readonly Comparison[] {
  return [...new Set([...Object.keys(recorded), ...Object.keys(answered)])].map((name) => {
    const [one, other] = [recorded[name] ?? null, answered[name] ?? null];
    return {
      question,
      type,
      path: `${path}: ${name}`,
      recorded: shown(one),
      answered: isSame(one, other) ? shown(one) : shown(other),
    };
  });
}

function afterImport(state: RecordedState): ObjectValue {
  const { applied = {}, read = {}, imported } = state;
  return isObject(imported) ? { ...applied, ...read, ...imported } : { refused: imported ?? null };
}

/** The comparisons about one object of a scenario. */
export function compareStates(
  label: string,
  recorded: RecordedState,
  answered: RecordedState | undefined,
): readonly Comparison[] {
  const { type } = recorded;
  const whole = ({ applied = {}, read = {} }: RecordedState = { type }) => ({ ...applied, ...read });
  const one = (
    question: Comparison['question'],
    path: string,
    first: Value | undefined,
    second: Value | undefined,
  ): Comparison => ({
    question,
    type,
    path: `${label}: ${path}`,
    recorded: JSON.stringify(first ?? null),
    answered: JSON.stringify(isSame(first ?? null, second ?? null) ? (first ?? null) : (second ?? null)),
  });
  const other = answered ?? { type };
  if (recorded.refused !== undefined || other.refused !== undefined)
    return [
      one('states', 'refused', recorded.refused, other.refused),
      ...byAttribute('states', type, `${label}, left`, recorded.left ?? {}, other.left ?? {}),
    ];
  const names = new Set([...(recorded.kept ?? []), ...(other.kept ?? [])]);
  return [
    ...byAttribute('states', type, label, recorded.applied ?? {}, other.applied ?? {}),
    ...(recorded.changed === undefined
      ? []
      : byAttribute(
          'states',
          type,
          `${label}, changed`,
          { ...whole(recorded), ...recorded.changed },
          { ...whole(other), ...other.changed },
        )),
    ...byAttribute('reads', type, label, whole(recorded), whole(other)),
    ...(recorded.settled === undefined
      ? []
      : byAttribute('reads', type, `${label}, changed`, recorded.settled, other.settled ?? {})),
    ...[...names].map((name) =>
      one('reads', `keeps ${name}`, recorded.kept?.includes(name), other.kept?.includes(name)),
    ),
    one('reads', 'second plan', recorded.planned, other.planned),
    ...byAttribute('imports', type, label, afterImport(recorded), afterImport(other)),
  ];
}
