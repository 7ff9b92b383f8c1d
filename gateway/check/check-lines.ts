import type { CheckResult } from './result';

const SIGNS = { passed: '✓', failed: '✗', absent: '·' } as const;

/** The results for the screen: a line for each, followed by the lines of its program. */
export function checkLines(results: readonly CheckResult[]): readonly string[] {
  const width = Math.max(0, ...results.map(({ program }) => program.length));
  return results.flatMap(({ program, subject, verdict, says }) => [
    `check     ${SIGNS[verdict]} ${program.padEnd(width)}  ${subject}${verdict === 'absent' ? ': not checked' : ''}`,
    ...says.map((line) => `            ${line}`),
  ]);
}
