import { wrap } from '../../base/screen';
import type { Report } from '../report/report';
import type { Finding, Verdict } from './finding';

const SIGNS: Readonly<Record<Verdict, string>> = { passed: '✓', failed: '✗', noted: '·' };
const COLORS = { passed: 'green', failed: 'red', noted: 'yellow' } as const;

/** How wide the words at the left are. */
const LEFT = 10;

/** Shows what a check found: a line each, below it the line that mends it, which is never broken. */
export function showFindings(report: Report, check: string, findings: readonly Finding[]): void {
  const { screen } = report;
  findings.forEach(({ verdict, subject, found, mend }, index) => {
    const left = (index === 0 ? check : '').padEnd(LEFT);
    const [first = '', ...others] = wrap(`${subject}: ${found}`, Math.max(screen.width - LEFT - 2, 30));
    const below = ' '.repeat(LEFT + 2);
    const lines = [
      `${left}${screen.paint(COLORS[verdict], SIGNS[verdict])} ${first}`,
      ...others.map((line) => below + line),
      ...(mend === undefined ? [] : [`${below}mend: ${mend}`]),
    ];
    report.say(lines.join('\n'));
    report.event({
      type: 'check',
      check,
      subject,
      verdict,
      found,
      ...(mend === undefined ? {} : { mend }),
    });
  });
}
