import { MOST_TAGS } from '../../../model/clouds/azure/limits';
import type { ProblemList } from '../../ground/problem-list';
import { named, pattern, text } from '../../shape/shapes';
import type { Place } from '../../source/place';

/** A pattern that takes small and capital letters alike. */
const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const KEPT_TAGS = anyCase('azure|microsoft|windows|kakehashi:|environment$|managed-by$');

/**
 * Tags of Azure: names without `< > % & \ ? /`, in which small and capital letters are the same (learn.microsoft.com, "Use tags to
 * organize your Azure resources"). Azure takes up to 512 characters, a catalog's key has up to 128.
 *
 * @param more - further names that are kakehashi's, as a pattern
 */
const tagKey = (more: string, shown: string) =>
  pattern(
    `a tag name of up to 128 characters other than < > % & \\ ? / that does not begin with azure, microsoft, windows or kakehashi: and is not ${shown}, which are kakehashi's`,
    `^(?!${KEPT_TAGS}${more})[^<>%&\\\\?/]{1,128}$`,
    'owner',
  );

const TAG_VALUE = pattern('a tag value of up to 256 characters', '^[^\\n]{0,256}$');

export const TAGS = named(tagKey('', 'environment or managed-by'), text(TAG_VALUE), { max: MOST_TAGS });

/** Tags of nodes, which have four more of our own. */
export const NODE_TAGS = named(
  tagKey(`|${anyCase('name$')}`, 'environment, managed-by or Name'),
  text(TAG_VALUE),
  { max: MOST_TAGS - 4 },
);

/** Azure takes two names for one that differ in small and capital letters alone. */
export function checkTags(tags: Place, problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const name of tags.names) {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (other === undefined) continue;
    const message = `${name} is the same tag as ${other}: Azure does not tell small letters from capital letters`;
    problems.error('name-clash', tags.keyAt(name), message, 'remove one of the two');
  }
}
