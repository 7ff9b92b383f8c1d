import { Interrupted } from '../../base/interrupted';
import { isGeneral, PostFailure } from './failure';
import { driftLabel } from './labels';
import { stackSet } from './marker';
import { type IssueResult, keepOneIssue } from './one-issue';
import type { OpenCodeHost } from './open-code-host';
import type { PostAround } from './post-reviews';
import type { IssueReport, Posted } from './posting';
import { shortLine } from './status-text';

/** GitHub's longest title of an issue; GitLab's has one character less. */
const LONGEST_TITLE = 255;

const RESULTS: Readonly<Record<IssueResult, string>> = {
  opened: 'issue opened',
  updated: 'issue updated',
  closed: 'issue closed, since nothing is wrong any more',
  reopened: 'issue reopened',
  none: 'nothing is wrong, so there is no issue',
};

/**
 * Keeps one issue for each environment. What fails for one does not keep the others from being posted, unless every further
 * request would fail as well.
 *
 * @throws {@link Interrupted} when it is stopped
 */
export async function postIssues(
  { host }: OpenCodeHost,
  reports: readonly IssueReport[],
  { project }: PostAround,
): Promise<Posted> {
  const lines = { done: [] as string[], notes: [] as string[], failures: [] as string[] };
  for (const { environment, kind, title, clean, render } of reports) {
    try {
      const marker = { kind, environment, project, stacks: stackSet([]), closed: clean };
      const labels = [driftLabel(environment)];
      const wanted = { marker, title: shortLine(title, LONGEST_TITLE), labels, render };
      const result = await keepOneIssue(host.issues, await host.self(), host.longest, wanted);
      lines.done.push(`${environment}: ${RESULTS[result]}`);
    } catch (error) {
      if (error instanceof Interrupted || !(error instanceof PostFailure)) throw error;
      lines.failures.push(`${environment}: ${error.message}`);
      if (isGeneral(error)) break;
    }
  }
  return lines;
}
