import type { DriftIgnore } from '../ground/drift';
import type { ProblemList } from '../ground/problem-list';
import { DAY } from '../shape/day-format';
import { read } from '../shape/read';
import { map, optional, pattern, required, rows, text } from '../shape/shapes';
import type { Place } from '../source/place';

const ADDRESS = pattern(
  'the address of a resource like terraform_data.Lab or terraform_data.*, in which * stands for anything',
  '^[^\\s]{1,300}$',
  'terraform_data.Lab',
);

const ATTRIBUTE = pattern('the name of an attribute like tags', '^[a-z][a-z0-9_]{0,99}$', 'tags');

const REASON = pattern('a reason', '\\S[\\s\\S]*\\S', 'the backup service tags what it saves');

const IGNORE = map({
  address: required(text(ADDRESS), 'Which resources; * stands for anything'),
  attribute: optional(text(ATTRIBUTE), 'Which attribute; absent: all, and the deletion of the object'),
  reason: required(text(REASON), 'Why nobody needs to know; reports show it'),
  until: optional(text(DAY), 'Last day on which it counts; absent: it has no end'),
});

/** The section `drift`. */
export const DRIFT = map({
  ignore: optional(
    rows(IGNORE, { max: 500 }),
    'Drift that is expected, and that kakehashi drift does not count',
  ),
});

/** Reads what an environment expects to drift; of two equal ones the second is refused. */
export function readDrift(place: Place, problems: ProblemList): readonly DriftIgnore[] {
  const { draft } = read(place, DRIFT, problems);
  const seen = new Map<string, number>();
  return (draft?.ignore ?? []).flatMap((one, index): readonly DriftIgnore[] => {
    const { address, attribute, reason, until } = one ?? {};
    if (address === undefined || reason === undefined) return [];
    const item = place.below('ignore', index);
    const key = JSON.stringify([address, attribute]);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const must = `ignores the same as ignore[${earlier}]`;
      return problems.error('duplicate-value', item.at('address'), must, 'remove one') ?? [];
    }
    seen.set(key, index);
    const where = item.at('address');
    return [
      {
        address,
        ...(attribute === undefined ? {} : { attribute }),
        reason,
        ...(until === undefined ? {} : { until }),
        where,
      },
    ];
  });
}
