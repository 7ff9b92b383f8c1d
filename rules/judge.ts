import { Failure } from '../base/errors';
import { compareTexts } from '../base/text/compare-texts';
import { SEVERITIES, type Severity } from './finding';
import type { Resource } from './resource';
import type { Rule, RuleContext } from './rule';

/** What a rule found out about a resource, before anybody knows where a catalog says it. */
export interface Judged {
  readonly rule: string;
  readonly severity: Severity;
  readonly verdict: 'violated' | 'unknown';
  readonly text: string;
  readonly stack: string;
  readonly address: string;
  readonly attribute?: string;
}

/** A rule that could not judge: nothing of what it should have judged counts as passed. */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    readonly rule: string,
    readonly address: string,
    cause: unknown,
  ) {
    super(`${rule}: failed on ${address}: ${thrownText(cause)}`);
  }
}

/** The longest text of what a rule throws, in UTF-16 code units. Who shows it masks it, and then cuts it further: half a secret is not found. */
const LONGEST_THROWN = 16_384;

/** The first line of what was thrown, which is all that a person needs of it. Rules of users throw anything. */
export function thrownText(thrown: unknown): string {
  try {
    const [line = ''] = String(thrown instanceof Error ? thrown.message : thrown).split('\n');
    return line.length > LONGEST_THROWN ? `${line.slice(0, LONGEST_THROWN)}…` : line;
  } catch {
    return 'what it threw has no text';
  }
}

/**
 * Judges resources by rules.
 *
 * @returns what does not hold or can't be seen, the worst first, then by rule, stack and address
 * @throws {@link RuleError} for a rule that throws
 */
export function judge(
  rules: readonly Rule[],
  resources: readonly Resource[],
  around: Omit<RuleContext, 'resources'> = {},
): readonly Judged[] {
  const context: RuleContext = { ...around, resources };
  return rules
    .flatMap((rule) => resources.flatMap((resource) => judged(rule, resource, context)))
    .sort(bySeverity);
}

function judged(rule: Rule, resource: Resource, context: RuleContext): readonly Judged[] {
  const { id, types, severity: own } = rule;
  if (!types.includes(resource.type) && !types.includes('*')) return [];
  const { stack, address } = resource;
  try {
    return rule.judge(resource, context).map(({ severity = own, verdict = 'violated', text, attribute }) => ({
      rule: id,
      severity,
      verdict,
      text,
      stack,
      address,
      ...(attribute === undefined ? {} : { attribute }),
    }));
  } catch (error) {
    throw new RuleError(id, address, error);
  }
}

/** A rule that fails is an error of the run. @throws {@link Failure} in place of a {@link RuleError} */
export async function orFailure<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RuleError ? new Failure(`rule ${error.message}`) : error;
  }
}

/** What an order of findings goes by. */
type Ordered = Pick<Judged, 'severity' | 'rule' | 'text'> & {
  readonly stack?: string;
  readonly address?: string;
};

export function bySeverity(a: Ordered, b: Ordered): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.stack ?? '', b.stack ?? '') ||
    compareTexts(a.address ?? '', b.address ?? '') ||
    compareTexts(a.text, b.text)
  );
}

/** Whether a severity is at a floor or above it. */
export function reaches(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor);
}
