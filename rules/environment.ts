import type { Loaded } from '../catalog/environment/catalog';
import { originOf } from '../catalog/positions';
import { acceptanceFindings, accepted, type Placed } from './acceptance';
import { type PlannedResource, readConfiguration, withPlanned } from './configuration';
import type { RuleFinding, Severity } from './finding';
import { bySeverity, judge, reaches } from './judge';
import { RULES } from './registry';
import { NO_USER_RULES, type UserRules } from './user-rules';

/** A stack as it is judged. */
export interface StackToJudge {
  readonly stack: string;
  /** What `cdk.tf.json` holds. */
  readonly configuration: unknown;
  /** The resources of its plan, those that stay as they are too. @default - it is not planned */
  readonly planned?: readonly PlannedResource[];
}

export interface JudgeOptions {
  /** Rules of the user beside ours. @default - none */
  readonly userRules?: UserRules;
  /** Whether these are all stacks, so that an acceptance that fits none of them is unused. */
  readonly complete: boolean;
  /** @default - now */
  readonly today?: Date;
}

export interface EnvironmentFindings {
  /** The worst first, by stack. A stack without findings is not in it. */
  readonly ofStacks: ReadonlyMap<string, readonly RuleFinding[]>;
  /** About acceptances. */
  readonly ofCatalog: readonly RuleFinding[];
}

/**
 * Judges the stacks of an environment by all rules: where the catalog, or a file that it extends, says what they find, and what of
 * it the catalog accepts.
 *
 * @throws RuleError for a rule of ours that throws; Failure for one of the user's
 */
export async function judgeEnvironment(
  loaded: Pick<Loaded, 'catalog' | 'root' | 'stacks'>,
  stacks: readonly StackToJudge[],
  { userRules = NO_USER_RULES, complete, today = new Date() }: JudgeOptions,
): Promise<EnvironmentFindings> {
  const { policy, site } = loaded.catalog;
  const gone = new Set(loaded.stacks.filter((stack) => stack.gone).map(({ id }) => id));
  const resources = stacks
    .filter(({ stack }) => !gone.has(stack))
    .flatMap(({ stack, configuration, planned = [] }) =>
      withPlanned(readConfiguration(stack, configuration), planned),
    );
  const networks = site?.subnets.map(String);
  const around = networks === undefined ? {} : { networks };
  const judged = [...judge(RULES, resources, around), ...(await userRules.judge(resources, around))];
  const placed = judged.map(({ attribute, ...finding }): Placed => {
    const where = originOf(loaded, finding.stack, finding.address, attribute);
    const position = where?.position;
    return {
      finding: { ...finding, ...(position === undefined ? {} : { position }) },
      ...(where === undefined ? {} : { where }),
    };
  });
  const day = today.toISOString().slice(0, 10);
  const { findings, used } = accepted(placed, policy.accept, day);
  const counting = complete ? policy.accept : policy.accept.filter((one) => used.has(one));
  const ofStacks = new Map<string, readonly RuleFinding[]>();
  for (const one of [...findings].sort(bySeverity)) {
    const { stack = '' } = one;
    ofStacks.set(stack, [...(ofStacks.get(stack) ?? []), one]);
  }
  return { ofStacks, ofCatalog: [...acceptanceFindings(counting, used, day)].sort(bySeverity) };
}

/** All findings, the worst first. */
export function allFindings({ ofStacks, ofCatalog }: EnvironmentFindings): readonly RuleFinding[] {
  return [...[...ofStacks.values()].flat(), ...ofCatalog].sort(bySeverity);
}

/** The findings that refuse an apply: violations at the floor or above, which nobody accepts. */
export function refusing(
  findings: readonly RuleFinding[],
  floor: Severity | undefined,
): readonly RuleFinding[] {
  if (floor === undefined) return [];
  return findings.filter(({ verdict, severity }) => verdict === 'violated' && reaches(severity, floor));
}
