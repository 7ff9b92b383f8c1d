import { pathText } from '../catalog/ground/path';
import type { Acceptance } from '../catalog/ground/policy';
import type { Where } from '../catalog/ground/problem';
import type { RuleFinding } from './finding';

/** The rules about acceptances themselves. */
export const EXPIRED = 'KKH-POL-01';
export const UNUSED = 'KKH-POL-02';

/** A finding with the path of the catalog that it is about. */
export interface Placed {
  readonly finding: RuleFinding;
  readonly where?: Where;
}

export interface Accepted {
  readonly findings: readonly RuleFinding[];
  /** The acceptances that fitted a finding. */
  readonly used: ReadonlySet<Acceptance>;
}

/**
 * Applies acceptances to findings. What is unknown is accepted too: whoever accepts a violation accepts that it may be one.
 *
 * @param today - `2026-11-30`; an acceptance counts until the end of its last day
 */
export function accepted(
  placed: readonly Placed[],
  acceptances: readonly Acceptance[],
  today: string,
): Accepted {
  const used = new Set<Acceptance>();
  const findings = placed.map(({ finding, where }) => {
    const fitting = acceptances.filter((one) => one.rule === finding.rule && fits(one.where, finding, where));
    for (const one of fitting) used.add(one);
    const valid = fitting.find((one) => !isExpired(one, today));
    if (valid === undefined) return finding;
    const { reason, until } = valid;
    return {
      ...finding,
      verdict: 'accepted' as const,
      accepted: { reason, ...(until === undefined ? {} : { until }) },
    };
  });
  return { findings, used };
}

export function isExpired({ until }: Pick<Acceptance, 'until'>, today: string): boolean {
  return until !== undefined && until < today;
}

/** Whether an acceptance means a finding: by its stack, its stack and address, or the catalog's path and all below it. */
export function fits(where: string, { stack, address }: RuleFinding, origin: Where | undefined): boolean {
  const glob = globOf(where);
  if (stack !== undefined && glob.test(stack)) return true;
  if (stack !== undefined && address !== undefined && glob.test(`${stack}/${address}`)) return true;
  if (origin === undefined) return false;
  return origin.path.some((_, index) => glob.test(pathText(origin.path.slice(0, index + 1))));
}

function globOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** What is wrong with acceptances: those that are over, and those that fit no finding. */
export function acceptanceFindings(
  acceptances: readonly Acceptance[],
  used: ReadonlySet<Acceptance>,
  today: string,
): readonly RuleFinding[] {
  return acceptances.flatMap((one): readonly RuleFinding[] => {
    const { rule, where, until, at, untilAt } = one;
    if (!used.has(one)) {
      const text = `the acceptance of ${rule} at ${where} fits no finding: remove it`;
      return [finding(UNUSED, 'low', text, at)];
    }
    if (!isExpired(one, today)) return [];
    return [finding(EXPIRED, 'medium', `the acceptance of ${rule} at ${where} ended on ${until}`, untilAt)];
  });
}

function finding(
  rule: string,
  severity: RuleFinding['severity'],
  text: string,
  { position }: Where,
): RuleFinding {
  return { rule, severity, verdict: 'violated', text, ...(position === undefined ? {} : { position }) };
}
