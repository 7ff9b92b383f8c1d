import type { Posting } from '../posting';
import { annotationCommands } from './annotations';
import { addToSummary } from './step-summary';

/** What a job of GitHub Actions shows by itself, without a request to the server. */
export interface InJob {
  /** Lines that the runner reads from the job's output. */
  readonly commands: readonly string[];
  /** What could not be done, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Writes reviews into the summary of the job's step, and says which lines show its annotations. It is done before anything is
 * posted, so that a review can be read also where posting fails.
 *
 * @param project - the folder of the project in its repository
 */
export function showInJob(
  postings: readonly Posting[],
  variables: NodeJS.ProcessEnv,
  project: string,
): InJob {
  const file = variables.GITHUB_STEP_SUMMARY ?? '';
  const notes = postings.flatMap(({ environment, render }) => {
    const why = file === '' ? undefined : addToSummary(file, render);
    return why === undefined ? [] : [`${environment}: ${why}`];
  });
  const isJob = variables.GITHUB_ACTIONS === 'true';
  const annotations = postings.flatMap((posting) => posting.annotations);
  return { commands: isJob ? annotationCommands(annotations, project) : [], notes };
}
