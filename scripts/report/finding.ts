import { CommandError, Failure, UsageError } from '../../base/errors';
import type { Fault, Fix } from '../../base/fault';
import { Interrupted } from '../../base/interrupted';

/** What a check found out about one thing. */
export interface Finding {
  readonly verdict: Verdict;
  /** The thing: a file, an address, a reference. */
  readonly subject: string;
  /** Its state, as it reads after the subject. Never a secret. */
  readonly found: string;
  /** What the user can do about it: one of these. */
  readonly fixes: readonly Fix[];
}

/** `noted` is worth knowing, or could not be found out; it fails nothing. */
export type Verdict = 'passed' | 'failed' | 'noted';

export function passed(subject: string, found: string, ...fixes: readonly Fix[]): Finding {
  return { verdict: 'passed', subject, found, fixes };
}

export function failed(subject: string, found: string, ...fixes: readonly Fix[]): Finding {
  return { verdict: 'failed', subject, found, fixes };
}

export function noted(subject: string, found: string, ...fixes: readonly Fix[]): Finding {
  return { verdict: 'noted', subject, found, fixes };
}

/**
 * An error as a finding. Where the error is about the subject, or one of the places, its place is left out.
 *
 * @throws {@link Interrupted}, which ends all checks
 */
export function failedBy(error: unknown, subject: string, ...places: readonly string[]): Finding {
  const { where, summary, fixes = [] } = faultOf(error);
  const isKnown = where === undefined || [subject, ...places].includes(where);
  const found = isKnown ? summary : `${where}: ${summary}`;
  return failed(subject, found.replace(/\s*\n\s*/g, ' '), ...fixes);
}

function faultOf(error: unknown): Fault {
  if (error instanceof Interrupted) throw error;
  if (error instanceof Failure || error instanceof UsageError) return error.fault;
  const message = error instanceof Error ? error.message : String(error);
  return { summary: error instanceof CommandError ? message : `this check itself failed: ${message}` };
}
