import { counted } from '../../../base/text/counted';
import { type RuleFinding, SEVERITIES } from '../../../rules/finding';
import { findingsOf, refusingFindings } from '../outcome';
import type { Part } from './budget';
import { first, nameText, type PageOf, section } from './page';
import { clipped, code, codeCell, inline } from './text';

/** What rules found, the worst first, with the line of the catalog. */
export function findingsPart({ review }: PageOf): Part {
  const findings = findingsOf(review);
  const refusing = new Set(refusingFindings(review).map((one) => JSON.stringify(one)));
  const table = (most: number, longest: number) =>
    findings.length === 0
      ? []
      : [
          '| | severity | rule | where | what |',
          '|---|---|---|---|---|',
          ...first(
            findings,
            most,
            (left) => `| | | | | and ${left} more |`,
            (finding) => row(finding, refusing.has(JSON.stringify(finding)), longest),
          ),
        ];
  return section('findings', 'Findings', [
    () => table(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    () => table(60, 240),
    () => table(10, 120),
    () => byRule(findings),
    () => bySeverity(findings),
  ]);
}

function row(finding: RuleFinding, refuses: boolean, longest: number): string {
  const { rule, severity, verdict, text, tool, accepted } = finding;
  const reason =
    accepted === undefined
      ? ''
      : ` (accepted${accepted.until === undefined ? '' : ` until ${accepted.until}`}: ${accepted.reason})`;
  const name = `${codeCell(nameText(rule))}${tool === undefined ? '' : ` of ${inline(nameText(tool))}`}`;
  const state = refuses ? '**refuses**' : verdict;
  return `| ${state} | ${severity} | ${name} | ${whereOf(finding)} | ${inline(clipped(text + reason, longest))} |`;
}

/** The line of the catalog, and the resource. */
function whereOf({ position, stack, address }: RuleFinding): string {
  const line = position === undefined ? [] : [codeCell(nameText(`${position.file}:${position.line}`))];
  const resource = address === undefined ? stack : `${stack === undefined ? '' : `${stack} `}${address}`;
  return [...line, ...(resource === undefined ? [] : [codeCell(nameText(resource))])].join(' ');
}

function byRule(findings: readonly RuleFinding[]): readonly string[] {
  const rules = new Map<string, number>();
  for (const { rule, verdict } of findings)
    if (verdict === 'violated') rules.set(rule, (rules.get(rule) ?? 0) + 1);
  return first(
    [...rules],
    20,
    (left) => `- and ${left} more rules`,
    ([rule, count]) => `- ${code(nameText(rule))}: ${counted(count, 'finding')}`,
  );
}

function bySeverity(findings: readonly RuleFinding[]): readonly string[] {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity && one.verdict === 'violated').length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return counts.length === 0 ? [] : [`${counts.join(', ')}.`];
}
