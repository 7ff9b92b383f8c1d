import { appendFileSync, statSync } from 'node:fs';
import { errorCode } from '../../../base/error-code';
import type { Render } from '../posting';

/** GitHub's longest summary of a step, in bytes; of a longer one nothing is shown. */
export const LONGEST_SUMMARY = 1024 * 1024;
/** Less than this says nothing. */
const SHORTEST = 600;

/**
 * Appends a text to the summary of a job's step, as long as all of it stays within the limit. What is there already, perhaps by
 * another program, is never touched.
 *
 * @returns why it was not written; undefined where it was
 */
export function addToSummary(file: string, render: Render): string | undefined {
  try {
    const room = LONGEST_SUMMARY - sizeOf(file) - 2;
    for (let budget = room; budget >= SHORTEST; budget = Math.floor(budget / 2)) {
      const text = `${render(budget)}\n\n`;
      if (Buffer.byteLength(text) > room) continue;
      appendFileSync(file, text);
      return undefined;
    }
    return 'the summary of this step has no room left: GitHub shows none that is larger than 1 MiB';
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return `the summary of this step can't be written (${errorCode(error)})`;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
