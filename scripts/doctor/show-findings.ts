import { fixesText } from '../../base/fault';
import { wrap } from '../../base/screen';
import type { Finding, Verdict } from '../report/finding';
import type { Report } from '../report/report';

const SIGNS: Readonly<Record<Verdict, string>> = { passed: '✓', failed: '✗', noted: '·' };
const COLORS = { passed: 'green', failed: 'red', noted: 'yellow' } as const;

/** The width of the column with the checks' names. */
const LEFT = 10;

/**
 * Shows what a check found, a line each, and below it what to do, which is never wrapped so that it can be copied.
 *
 * @param called - how one of our commands is to be called for the environment in question
 */
export function showFindings(
  report: Report,
  check: string,
  findings: readonly Finding[],
  called: (command: string) => string,
): void {
  const { screen } = report;
  findings.forEach(({ verdict, subject, found, fixes }, index) => {
    const left = (index === 0 ? check : '').padEnd(LEFT);
    const [first = '', ...others] = wrap(`${subject}: ${found}`, Math.max(screen.width - LEFT - 2, 30));
    const below = ' '.repeat(LEFT + 2);
    const help = fixes.length === 0 ? undefined : fixesText(fixes, called);
    const lines = [
      `${left}${screen.paint(COLORS[verdict], SIGNS[verdict])} ${first}`,
      ...others.map((line) => below + line),
      ...(help === undefined ? [] : [`${below}help: ${help.replaceAll('\n', `\n${below}  `)}`]),
    ];
    report.say(lines.join('\n'));
    report.event({
      type: 'check',
      check,
      subject,
      verdict,
      found,
      ...(help === undefined ? {} : { help }),
    });
  });
}
