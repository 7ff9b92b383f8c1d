import { PostFailure } from './failure';
import type { Render } from './posting';

/** Below so many characters no review says anything. */
const SHORTEST = 600;

/**
 * Writes a text that the server takes: where it refuses the length, the text is rendered again with half of the budget.
 * The last attempt is a sentence which no server refuses.
 *
 * @param first - the lines before the text
 * @param longest - characters that the server takes, as far as is known
 */
export async function writeFitted<Result>(
  first: string,
  render: Render,
  longest: number,
  write: (body: string) => Promise<Result>,
): Promise<Result> {
  for (let budget = longest; budget >= SHORTEST; budget = Math.floor(budget / 2)) {
    const body = bodyWithin(first, render, budget);
    if (body === undefined) continue;
    try {
      return await write(body);
    } catch (error) {
      if (!(error instanceof PostFailure) || error.code !== 'too-long') throw error;
    }
  }
  return write(`${first}\n${TOO_LONG}`);
}

/** A body of at most so many characters; undefined where it can't be made as short as that. */
function bodyWithin(first: string, render: Render, budget: number): string | undefined {
  const text = render(Math.max(budget - first.length - 1, 0));
  const body = `${first}\n${text}`;
  return body.length <= budget ? body : undefined;
}

const TOO_LONG = 'This review is too long for a comment. It is in the summary of the job that made it.';
