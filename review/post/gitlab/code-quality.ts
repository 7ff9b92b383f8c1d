import { createHash } from 'node:crypto';
import type { Severity } from '../../../rules/finding';
import { findingsOf } from '../../page/outcome';
import type { Review } from '../../review';
import { positionOf } from '../position-of';

/** Ours as GitLab's, of which `blocker` is not used. */
const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'major',
  medium: 'minor',
  low: 'info',
};

/**
 * Findings as a code quality report of GitLab, which a merge request shows at its lines. Findings without a line have no place in it.
 * A fingerprint is of what is wrong and not of the line, so that a finding that moves is no new one.
 *
 * @param project - the folder of the project in its repository, from which GitLab counts paths
 */
export function codeQuality(reviews: readonly Review[], project: string): string {
  const issues = reviews.flatMap((review) =>
    findingsOf(review)
      .filter(({ verdict }) => verdict === 'violated')
      .flatMap((finding) => {
        const { rule, severity, text, stack = '', address = '' } = finding;
        const position = finding.position ?? positionOf(review, stack, address);
        if (position === undefined) return [];
        const path = project === '' ? position.file : `${project}/${position.file}`;
        const identity = [review.environment, rule, stack, address, path, text].join('\n');
        return {
          description: address === '' ? text : `${address}: ${text}`,
          check_name: rule,
          fingerprint: createHash('sha256').update(identity).digest('hex'),
          severity: SEVERITY[severity],
          location: { path, lines: { begin: position.line } },
        };
      }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
}
