import { ValueError } from '../../model/value-error';
import type { Format } from './shape';

const EXPECTED = 'a day like 2027-03-31';

/** A day of the calendar, as ISO 8601 writes it. */
export const DAY: Format<string> = {
  expected: EXPECTED,
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  example: '2027-03-31',
  parse: (text) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
    throw new ValueError(EXPECTED, text);
  },
};
