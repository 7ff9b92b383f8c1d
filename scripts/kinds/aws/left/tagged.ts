import type { Attributes } from '../../../../terraform/state/state-file';
import type { ImportedLeft, LeftKnown, LeftQuestion, LeftTarget } from '../../left';

/** A type whose objects AWS names, so that they are found by the tags that the plan gives them. */
interface Tagged {
  /** What an ARN has before the object's id: `vpc/`. */
  readonly part: string;
  /** Whether the provider imports it by its ARN. @default false */
  readonly byArn?: true;
  /** The data source that lists its ids, and the attribute in which they are. @default - none does */
  readonly lister?: { readonly type: string; readonly ids: string; readonly failsWithout?: true };
  /** What removes one. */
  readonly remove: (id: string) => string;
}

/**
 * Finds an object by its tags: those of the tagging service, and those that the service itself lists, where the provider has a data
 * source for it. The tagging service goes on listing what was deleted for a while, which no import takes; it may learn of what is
 * new some seconds later.
 */
export function byTags({ part, byArn, lister, remove }: Tagged): ImportedLeft {
  const listing = (target: LeftTarget): LeftQuestion | undefined => {
    const filters = tagFilters(target.planned);
    if (lister === undefined || filters.length === 0) return undefined;
    return {
      data: {
        [lister.type]: {
          filter: filters.map(({ key, values }) => ({ name: `tag:${key}`, values })),
        },
      },
      value: `\${data.${lister.type}.NAME.${lister.ids}}`,
      ...(lister.failsWithout ? { failsWithout: true } : {}),
    };
  };
  return {
    how: 'import',
    identity: 'its tags, kakehashi:entry and Name among them',
    lists: true,
    questions: (target) => [...tagging(target), listing(target)].flatMap((one) => one ?? []),
    ids: (target, known) => {
      const own = listing(target);
      return [
        ...new Set([
          ...taggedArns(target, known)
            .filter((arn) => resourceOf(arn).startsWith(part))
            .map((arn) => (byArn ? arn : resourceOf(arn).slice(part.length))),
          ...(own === undefined ? [] : textsIn(known.answer(own))),
        ]),
      ];
    },
    remove,
  };
}

/** What the tagging service lists of an entry, and of a group: one question for all types. */
function tagging({ planned }: LeftTarget): readonly LeftQuestion[] {
  const filters = tagFilters(planned).filter(({ key }) => SHARED_TAGS.has(key));
  if (filters.length === 0) return [];
  const type = 'aws_resourcegroupstaggingapi_resources';
  return [
    {
      data: { [type]: { tag_filter: filters } },
      value: `\${data.${type}.NAME.resource_tag_mapping_list}`,
    },
  ];
}

const SHARED_TAGS = new Set(['kakehashi:entry', 'kakehashi:group']);

/** The ARNs of what bears all tags of a planned resource that tell it from others. */
function taggedArns(target: LeftTarget, known: LeftKnown): readonly string[] {
  const wanted = tagFilters(target.planned);
  const lists = tagging(target).map((question) => known.answer(question));
  return lists.flatMap((list) =>
    mapsIn(list).flatMap(({ resource_arn: arn, tags }) => {
      const has = mapsIn([tags])[0] ?? {};
      const fits = wanted.every(({ key, values }) => has[key] === values[0]);
      return typeof arn === 'string' && fits ? [arn] : [];
    }),
  );
}

interface TagFilter {
  readonly key: string;
  readonly values: readonly [string];
}

/** The tags that tell an object from others; none where the plan gives it no name. */
function tagFilters({ tags_all: all, tags }: Attributes): readonly TagFilter[] {
  const [map = {}] = mapsIn([all, tags]);
  const found = Object.entries(map).flatMap(([key, value]): readonly TagFilter[] =>
    typeof value === 'string' && (key === 'Name' || key.startsWith('kakehashi:'))
      ? [{ key, values: [value] }]
      : [],
  );
  const has = (key: string) => found.some((one) => one.key === key);
  return has('Name') && has('kakehashi:entry')
    ? found.sort((one, other) => (one.key < other.key ? -1 : 1))
    : [];
}

/** `arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1` → `vpc/vpc-1` */
function resourceOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

function mapsIn(list: unknown): readonly Attributes[] {
  return Array.isArray(list)
    ? list.flatMap((one: unknown) =>
        typeof one === 'object' && one !== null && !Array.isArray(one)
          ? [Object.fromEntries(Object.entries(one))]
          : [],
      )
    : [];
}

/** Ids, also where there is one. */
function textsIn(answer: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  return list.filter((one) => typeof one === 'string');
}
