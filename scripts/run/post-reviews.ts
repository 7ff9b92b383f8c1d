import { UsageError } from '../../base/errors';
import { showInJob } from '../../review/post/github/in-job';
import type { OpenCodeHost } from '../../review/post/open-code-host';
import { type PostAround, postReviews } from '../../review/post/post-reviews';
import type { Posted } from '../../review/post/posting';
import { postingOf } from '../../review/post/posting-of';
import { untrustedPage } from '../../review/post/untrusted';
import type { Review } from '../../review/review';
import type { Report } from '../report/report';
import { type PostOptions, postResults, projectInRepository } from './post-results';

/** The page of a review in Markdown, of at most so many characters, with the address of the job that has more. */
export type PageOf = (review: Review, characters: number, link: string | undefined) => string;

/**
 * Posts reviews to the pull request of a job. In a job of GitHub Actions they are in its summary and annotations before that.
 *
 * @throws {@link Failure} without a text where something could not be posted, which is printed before
 */
export function postPages(
  report: Report,
  options: PostOptions,
  reviews: readonly Review[],
  pageOf: PageOf,
): Promise<void> {
  return postResults(report, options, (opened, around) => {
    const link = options.link ?? opened.target.link;
    if (options.untrusted === true) return postUntrusted(opened, around, options.link, reviews, pageOf);
    const postings = reviews.map((review) =>
      postingOf(review, (characters) => pageOf(review, characters, link)),
    );
    if (options.to === 'github') {
      const { commands, notes } = showInJob(postings, process.env, projectInRepository(process.env));
      for (const line of commands) process.stderr.write(`${line}\n`);
      for (const text of notes) report.note('warn', text);
    }
    return postReviews(opened, postings, { ...around, closeOthers: options.closeOthers === true });
  });
}

/** Posts what a stranger's job made. Nothing of it goes to the log or to the summary of this job. */
function postUntrusted(
  opened: OpenCodeHost,
  around: PostAround,
  ownLink: string | undefined,
  reviews: readonly Review[],
  pageOf: PageOf,
): Promise<Posted> {
  const { from, link: jobLink } = opened.target;
  const link = ownLink ?? jobLink;
  if (from === undefined)
    throw new UsageError(
      '--untrusted: is for a job of the event workflow_run, which says whose records these are',
    );
  const postings = reviews.map((review) =>
    postingOf(
      review,
      untrustedPage((characters) => pageOf(review, characters, undefined), from.commit, link),
    ),
  );
  return postReviews(opened, postings, { ...around, untrusted: true });
}
