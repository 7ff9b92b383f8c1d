import type { ScrubbedChange } from './scrub';

/** One attribute of a resource, before and after an apply. Secrets are replaced by `(sensitive)`. */
export interface ValueChange {
  readonly attribute: string;
  /** Absent where there was none. */
  readonly before?: unknown;
  /** Absent where there will be none; `(known after apply)` where the apply gives it. */
  readonly after?: unknown;
  /** Whether it is the reason of a replacement. */
  readonly replaces?: true;
}

/** What a plan does to one resource, by attribute. */
export interface ResourceValues {
  readonly address: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'import' | 'forget';
  readonly changes: readonly ValueChange[];
  /** The change in a few words for people, without an address: `crypto compatible → modern`, `tcp 22 from 10.0.2.0/24`. */
  readonly words?: readonly string[];
  /** The attributes that the words tell already. */
  readonly told?: readonly string[];
}

/**
 * The old and new values of a plan's changes, in its order.
 *
 * @param wordsOf - says a change in a few words
 */
export function resourceValues(
  changes: readonly ScrubbedChange[],
  wordsOf: (change: ScrubbedChange) => Pick<ResourceValues, 'words' | 'told'> | undefined = () => undefined,
): readonly ResourceValues[] {
  return changes
    .filter(({ actions }) => actions.join() !== 'read')
    .map((change) => ({
      address: change.address,
      type: change.type,
      action: actionOf(change.actions),
      changes: change.changed.flatMap((attribute) => valueChange(change, attribute)),
      ...wordsOf(change),
    }));
}

function valueChange(change: ScrubbedChange, attribute: string): readonly ValueChange[] {
  // The provider repeats `tags` in it, with the default ones.
  if (attribute === 'tags_all' && change.changed.includes('tags')) return [];
  const before = change.before[attribute] ?? undefined;
  const after = (change.planned ?? change.after)[attribute] ?? undefined;
  if (before === undefined && after === undefined) return [];
  const replaces = change.replacedBy.some((path) => path.split('.')[0] === attribute);
  return [
    {
      attribute,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(replaces ? { replaces } : {}),
    },
  ];
}

function actionOf(actions: readonly string[]): ResourceValues['action'] {
  if (actions.length > 1) return 'replace';
  const [action] = actions;
  return action === 'create' || action === 'delete' || action === 'import' || action === 'forget'
    ? action
    : 'update';
}
