import { DURATION_PATTERN, parseDuration } from '../../model/duration';
import { ValueError } from '../../model/value-error';
import type { Format } from './shape';

/** A duration within bounds, both allowed, as whole seconds. The bounds are given as a catalog writes them: `30m`. */
export function duration(least: string, most: string): Format<number> {
  const [min, max] = [parseDuration(least), parseDuration(most)];
  const expected = `a duration from ${least} to ${most}`;
  return {
    expected,
    pattern: DURATION_PATTERN,
    parse: (text) => {
      const seconds = parseDuration(text);
      if (seconds >= min && seconds <= max) return seconds;
      throw new ValueError(expected, text);
    },
    example: least,
  };
}
