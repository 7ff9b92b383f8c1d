import type { CommitStatus } from './code-host';
import type { Posting } from './posting';

/** GitHub's longest description of a commit status, in characters. */
const LONGEST = 140;

/**
 * The commit status of a review. A simulated plan with changes stays `pending`: a rule of the branch that demands the status is
 * met by a real plan only.
 *
 * @param untrusted - whether a stranger's job made the review, which is no success whatever it says
 */
export function statusOf(posting: Posting, link: string | undefined, untrusted = false): CommitStatus {
  const { environment, simulated, headline, outcome } = posting;
  return {
    context: `kakehashi/${environment}`,
    state:
      outcome === 'failed' || outcome === 'refused'
        ? 'failure'
        : untrusted || (simulated && outcome === 'changes')
          ? 'pending'
          : 'success',
    description: shortLine(`${simulated ? 'SIMULATED: ' : ''}${headline}`, LONGEST),
    ...(link === undefined ? {} : { link }),
  };
}

/** A text in one line, cut at a number of UTF-16 units, but never within a character. */
export function shortLine(text: string, longest: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/gu, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
