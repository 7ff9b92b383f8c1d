import path from 'node:path';
import { Failure } from '../../base/errors';
import { onStop } from '../../base/signals';
import type { CodeHostName } from '../../review/post/code-host-name';
import { type OpenCodeHost, openCodeHost } from '../../review/post/open-code-host';
import type { PostAround } from '../../review/post/post-reviews';
import type { Posted } from '../../review/post/posting';
import type { Report } from '../report/report';

export interface PostOptions {
  readonly to: CodeHostName;
  /** The number of the pull request. @default - the one that the job runs for */
  readonly request?: number;
  /** Whether a stranger's job made what is posted. @default false */
  readonly untrusted?: boolean;
  /** Whether these are all that the pull request affects. @default false */
  readonly closeOthers?: boolean;
  /** Where there is more. @default - at the job that posts */
  readonly link?: string;
}

/**
 * Opens the server that a job belongs to and posts to it, until it is done or stopped by Ctrl-C, and prints what became of it.
 *
 * @param post - {@link postReviews} or {@link postIssues}
 * @throws {@link UsageError} where a variable of the job lacks or is wrong
 * @throws {@link Failure} without a text where something could not be posted, which is printed before
 */
export async function postResults(
  report: Report,
  options: PostOptions,
  post: (opened: OpenCodeHost, around: PostAround) => Promise<Posted>,
): Promise<void> {
  const stopping = new AbortController();
  const done = onStop(() => stopping.abort());
  try {
    const opened = await openCodeHost(options.to, {
      variables: process.env,
      ...(options.request === undefined ? {} : { request: options.request }),
      stop: stopping.signal,
      note: (text) => report.note('info', text),
    });
    const posted = await post(opened, { project: projectInRepository(process.env), stop: stopping.signal });
    show(report, posted);
    if (posted.failures.length > 0) throw new Failure('');
  } finally {
    done();
  }
}

function show(report: Report, { done, notes, failures }: Posted): void {
  report.event({ type: 'posted', done, notes, failures });
  for (const text of done) report.say(`posted    ${text}`);
  for (const text of notes) report.note('warn', text);
  for (const text of failures) report.note('error', text);
}

/** The folder of the project in the repository that a CI system has checked out; empty for the repository's own, or elsewhere. */
export function projectInRepository(variables: NodeJS.ProcessEnv, folder = process.cwd()): string {
  const root = variables.GITHUB_WORKSPACE ?? variables.CI_PROJECT_DIR ?? '';
  if (root === '') return '';
  const project = path.relative(root, folder).split(path.sep).join('/');
  return project.startsWith('..') || path.isAbsolute(project) ? '' : project;
}
