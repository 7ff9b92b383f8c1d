import { CommandError, Failure, UsageError } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import { VaultError } from '../../vault/vault-error';

/** What a check says of one thing that it looked at. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was looked at: a file, an address, a reference. */
  readonly subject: string;
  /** What it is, in words that follow the subject. Never a secret. */
  readonly found: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** `noted`: worth knowing, or could not be told; it fails nothing. */
export type Verdict = 'passed' | 'failed' | 'noted';

export function passed(subject: string, found: string, mend?: string): Finding {
  return finding('passed', subject, found, mend);
}

export function failed(subject: string, found: string, mend?: string): Finding {
  return finding('failed', subject, found, mend);
}

export function noted(subject: string, found: string, mend?: string): Finding {
  return finding('noted', subject, found, mend);
}

/**
 * A failure as a finding. Our messages are `where: what; how to mend it`: where it is the subject already, it is left out.
 *
 * @throws {@link Interrupted}, which ends all checks
 */
export function failedBy(error: unknown, subject: string, ...places: readonly string[]): Finding {
  const words = wordsOf(error);
  // A server's own words may have a semicolon of theirs.
  const [fact, ...mend] = isServersWord(error) ? [words] : words.split('; ');
  const place = [subject, ...places].find((one) => fact?.startsWith(`${one}: `));
  const found = place === undefined ? fact : fact?.slice(place.length + 2);
  return failed(subject, found ?? '', mend.length === 0 ? undefined : mend.join('; '));
}

/** What went wrong, in one line. @throws {@link Interrupted} */
export function wordsOf(error: unknown): string {
  if (error instanceof Interrupted) throw error;
  const known = error instanceof Failure || error instanceof UsageError || error instanceof CommandError;
  const words = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
  return known ? words : `this check failed itself: ${words}`;
}

function isServersWord(error: unknown): boolean {
  return error instanceof VaultError && error.trouble === 'refused';
}

function finding(verdict: Verdict, subject: string, found: string, mend: string | undefined): Finding {
  return { verdict, subject, found, ...(mend === undefined ? {} : { mend }) };
}
