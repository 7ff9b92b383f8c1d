import { type EntriesShape, type Format, text } from '../../shape/shape';

/** The letters of AWS's tags (EC2 user guide, tag restrictions). */
const LETTERS = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

const TAG_KEY: Format = {
  expected:
    'a tag key of up to 128 letters, digits, spaces and _ . : / = + - @ that is not Name and does not begin with aws: or kakehashi:',
  pattern: `^(?!Name$|[aA][wW][sS]:|kakehashi:)${LETTERS}{1,128}$`,
};

const TAG_VALUE: Format = {
  expected: 'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
  pattern: `^${LETTERS}{0,256}$`,
};

/** At most 50 on a resource, of which our own take ten. */
export const TAGS: EntriesShape = { kind: 'entries', key: TAG_KEY, of: text(TAG_VALUE), max: 40 };
