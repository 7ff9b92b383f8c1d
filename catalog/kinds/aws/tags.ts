import { named, pattern, text } from '../../shape/shapes';

/** The letters of AWS's tags (EC2 user guide, tag restrictions). */
const LETTERS = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

const TAG_KEY = pattern(
  'a tag key of up to 128 letters, digits, spaces and _ . : / = + - @ that is not Name and does not begin with aws: or kakehashi:',
  `^(?!Name$|[aA][wW][sS]:|kakehashi:)${LETTERS}{1,128}$`,
);

const TAG_VALUE = pattern(
  'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
  `^${LETTERS}{0,256}$`,
);

/** Tags of a resource: at most 50, of which our own take ten. */
export const TAGS = named(TAG_KEY, text(TAG_VALUE), { max: 40 });
