import { counted } from '../../base/text/counted';
import type { ShownProblem } from '../../catalog/out/print-problems';
import { formatProblems } from '../../catalog/out/print-problems';
import { refusing } from '../../rules/environment';
import type { RuleFinding, Severity } from '../../rules/finding';
import { describedRules } from '../../rules/rules-page';
import type { Report } from './report';

/** How many sentences of one place are shown together. */
const MOST_TEXTS = 2;

export interface FindingsShown {
  readonly color: boolean;
  readonly floor?: Severity | undefined;
  /** The environment that events name. @default - that of the report */
  readonly environment?: string;
  /** Whether lines about all findings name the environment, because there are several. @default false */
  readonly named?: boolean;
}

/**
 * Shows what rules found: violations with the lines of the catalog around them, and a line each for what is accepted and for what
 * could not be seen. Events have all of them.
 */
export function showRuleFindings(
  findings: readonly RuleFinding[],
  report: Report,
  { color, floor, environment, named = false }: FindingsShown,
): void {
  const refusals = new Set(refusing(findings, floor));
  for (const one of findings) report.event(eventOf(one, refusals.has(one), environment));
  const problems = grouped(findings.filter(({ verdict }) => verdict === 'violated')).map((group) =>
    problemOf(group, refusals),
  );
  const { screen } = report;
  if (problems.length > 0) {
    const options = { color: color && screen.interactive, ...(screen.wraps ? { width: screen.width } : {}) };
    report.show(`${formatProblems(problems, options).trimEnd()}\n`);
  }
  const before = named && environment !== undefined ? `${environment}: ` : '';
  const accepted = findings.filter(({ verdict }) => verdict === 'accepted');
  if (accepted.length > 0)
    report.say(`${before}accepted  ${rulesOf(accepted)}: by policy.accept of the catalog`);
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length > 0)
    report.say(`${before}unknown   ${rulesOf(unknown)}: the values are not known yet, or only in the cloud`);
}

/** `KKH-NET-04 (2)  KKH-VPN-07 (5)` */
function rulesOf(findings: readonly RuleFinding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => (count === 1 ? rule : `${rule} (${count})`)).join('  ');
}

/** Those of one rule about one resource at one place. */
function grouped(findings: readonly RuleFinding[]): readonly (readonly [RuleFinding, ...RuleFinding[]])[] {
  const groups = new Map<string, [RuleFinding, ...RuleFinding[]]>();
  for (const one of findings) {
    const { rule, severity, stack, address, position } = one;
    const key = JSON.stringify([rule, severity, stack, address, position]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function problemOf(
  group: readonly [RuleFinding, ...RuleFinding[]],
  refusals: ReadonlySet<RuleFinding>,
): ShownProblem {
  const [first] = group;
  const { rule, severity, stack, address, position, tool } = first;
  const of = [stack, address].filter((part) => part !== undefined).join(' ');
  const texts = group.slice(0, MOST_TEXTS).map(({ text }) => text);
  const more = group.length > MOST_TEXTS ? `; and ${group.length - MOST_TEXTS} more` : '';
  const by = tool === undefined ? '' : `${tool}, `;
  const fix = describedRules().find(({ id }) => id === rule)?.fix;
  return {
    severity: refusals.has(first) ? 'error' : 'warning',
    where: { path: [], ...(position === undefined ? {} : { position }) },
    must: `rule ${rule} (${by}${severity}): ${of === '' ? '' : `${of}: `}${texts.join('; ')}${more}`,
    fix: fix === undefined ? [] : [`${fix.replace(/\.$/, '')}; kakehashi explain ${rule} says more`],
  };
}

function eventOf(
  { rule, severity, verdict, text, stack, address, position, accepted }: RuleFinding,
  refuses: boolean,
  environment: string | undefined,
) {
  return {
    type: 'finding' as const,
    ...(environment === undefined ? {} : { environment }),
    rule,
    severity,
    verdict,
    refuses,
    text,
    ...(stack === undefined ? {} : { stack }),
    ...(address === undefined ? {} : { address }),
    ...(position === undefined ? {} : { file: position.file, line: position.line, column: position.column }),
    ...(accepted ?? {}),
  };
}

/** What refuses an apply, in one sentence. */
export function refusedText(environment: string, refusals: readonly RuleFinding[], floor: Severity): string {
  const rules = [...new Set(refusals.map(({ rule }) => rule))].join(', ');
  return `${environment}: refused by policy (floor: ${floor}): ${counted(refusals.length, 'finding')} of ${rules}; correct them, or accept them in policy.accept with a reason`;
}
