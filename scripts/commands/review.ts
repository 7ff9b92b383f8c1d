import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import { writeGiven } from '../../base/given-file';
import { maskedReview } from '../../review/masked-review';
import { mergeRecords } from '../../review/merge/merge';
import { reviewJson } from '../../review/page/json/review-json';
import { type Budget, GITHUB_COMMENT } from '../../review/page/markdown/budget';
import { reviewMarkdown } from '../../review/page/markdown/markdown';
import type { Syntax } from '../../review/page/markdown/page';
import { type Outcome, outcomeOf } from '../../review/page/outcome';
import { readRecords } from '../../review/record/read-records';
import type { Review } from '../../review/review';
import type { Report } from '../report/report';
import { fromRepositoryRoot } from '../report/repository-path';
import type { PostOptions } from '../run/post-results';
import { foldersOf } from '../session/folders';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';

export const REVIEW_FORMATS = ['markdown', 'html', 'json', 'sarif'] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export interface ReviewOptions {
  /** Of what is printed. @default 'markdown' */
  readonly format?: ReviewFormat;
  /** Files that are written; their ends say in which format. @default - the review is printed */
  readonly out: readonly string[];
  /** The most characters of Markdown. @default - those of a comment on GitHub */
  readonly characters?: number;
  /** Where the whole review is. */
  readonly link?: string;
  readonly syntax?: Syntax;
  /** Files of SARIF of other tools, whose findings are shown too. @default - none */
  readonly sarifIn?: readonly string[];
  /** Where the reviews are posted. @default - nowhere */
  readonly post?: PostOptions;
  /** The file of a code quality report for GitLab. @default - none */
  readonly codeQuality?: string;
}

/** The formats by the ends of files. */
const BY_EXTENSION: Readonly<Record<string, ReviewFormat>> = {
  '.md': 'markdown',
  '.html': 'html',
  '.json': 'json',
  '.sarif': 'sarif',
};

const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  nothing: EXIT.done,
  changes: EXIT.changes,
  refused: EXIT.refused,
  failed: EXIT.failed,
};

/** The worst outcome decides. */
const WORST: readonly Outcome[] = ['failed', 'refused', 'changes', 'nothing'];

/** `kakehashi review`: puts the review records of plans together, and writes what a reader has to know of them. */
export async function review(
  settings: Settings,
  sources: readonly string[],
  options: ReviewOptions,
): Promise<number> {
  if (settings.json)
    throw new UsageError('review has no events: for the review itself as JSON, write --format json');
  const files = options.out.map((file) => ({ file, format: formatOf(file) }));
  const report = reportOf(settings, { stdoutTaken: true });
  const isTrusted = options.post?.untrusted !== true;
  if (!isTrusted && options.sarifIn !== undefined)
    throw new UsageError('--sarif-in: is not for --untrusted, which takes records alone');
  const mayBeNone = options.post?.closeOthers === true;
  const read = isTrusted ? reviewsOf(settings, sources, mayBeNone) : strangersReviews(settings, sources);
  const reviews = withSarif(read, options.sarifIn ?? []).map((one) => maskedReview(one, report.log.masks));
  for (const { file, format } of files) writeGiven(file, pageOf(reviews, format, options));
  if (files.length === 0 && isTrusted)
    process.stdout.write(pageOf(reviews, options.format ?? 'markdown', options));
  for (const { text, help } of isTrusted ? reviews.flatMap(({ problems }) => problems) : [])
    report.note('error', `${text}\n  help: ${help}`);
  for (const { file } of files) report.say(`review    ${shownPath(path.resolve(file))}`);
  if (options.codeQuality !== undefined) writeCodeQuality(reviews, options.codeQuality);
  if (options.post !== undefined) await post(report, options.post, reviews, options);
  report.close();
  const outcome = WORST.find((one) => reviews.some((each) => outcomeOf(each) === one)) ?? 'nothing';
  return EXIT_CODES[outcome];
}

/** The reviews of a stranger's records: nothing in them is taken for granted, and nothing of them is printed. */
function strangersReviews(settings: Settings, sources: readonly string[]): readonly Review[] {
  const name = sources.find((source) => !isFolder(source));
  if (name !== undefined || sources.length === 0)
    throw new UsageError('--untrusted: must have folders of records, with a / in their names');
  const untrusted = require('../../review/post/untrusted') as typeof import('../../review/post/untrusted');
  untrusted.checkArtifact(sources);
  const environments = (
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder')
  ).listEnvironments(settings.catalogDirectory);
  return untrusted.untrustedReviews(reviewsOf(settings, sources), environments);
}

function writeCodeQuality(reviews: readonly Review[], file: string): void {
  const project = (
    require('../run/post-results') as typeof import('../run/post-results')
  ).projectInRepository(process.env);
  const report = (
    require('../../review/post/gitlab/code-quality') as typeof import('../../review/post/gitlab/code-quality')
  ).codeQuality(reviews, project);
  writeGiven(file, report);
}

/** The server and its library are loaded only for this. */
async function post(
  report: Report,
  to: PostOptions,
  reviews: readonly Review[],
  { link: given, ...options }: ReviewOptions,
): Promise<void> {
  const around = given === undefined ? to : { ...to, link: given };
  const pageOf = (one: Review, most: number, link: string | undefined) => {
    const characters = Math.min(most, options.characters ?? most);
    return markdownOf([one], { ...options, characters, ...(link === undefined ? {} : { link }) });
  };
  await (require('../run/post-reviews') as typeof import('../run/post-reviews')).postPages(
    report,
    around,
    reviews,
    pageOf,
  );
}

/**
 * The reviews of the records in folders, and of the last plans of environments.
 *
 * @param mayBeNone - whether folders without records are a change that affects nothing
 * @throws Failure where there are none
 */
export function reviewsOf(
  settings: Settings,
  sources: readonly string[],
  mayBeNone = false,
): readonly Review[] {
  const given = sources.length === 0 ? [undefined] : sources;
  const folders = given.map((source) =>
    source !== undefined && isFolder(source) ? source : recordsOf(settings, source),
  );
  const reviews = mergeRecords(readRecords(folders));
  if (reviews.length === 0 && !(mayBeNone && sources.length > 0 && sources.every(isFolder)))
    throw new Failure({
      where: folders.map((folder) => shownPath(path.resolve(folder))).join(', '),
      summary: 'must have review records, and has none',
      fixes: ['plan with --export FOLDER, and hand that folder over: kakehashi plan dev --export records/'],
    });
  return reviews;
}

/** An environment has no slash in its name. */
function isFolder(source: string): boolean {
  return source.includes('/') || source === '.' || source === '..';
}

/** The folder of an environment's own records. @throws Failure where nothing was planned */
function recordsOf(settings: Settings, name: string | undefined): string {
  const { environment, settings: own } = targetOf(settings, name);
  const { sandbox, catalogDirectory } = own;
  const { review: folder } = foldersOf(environment, { sandbox, catalogDirectory });
  const { existsSync } = require('node:fs') as typeof import('node:fs');
  if (existsSync(folder)) return folder;
  throw new Failure({
    where: environment,
    summary: 'there are no records of a plan to review',
    fixes: [`plan first: kakehashi plan ${environment}${sandbox ? ' --sandbox' : ''}`],
  });
}

function pageOf(reviews: readonly Review[], format: ReviewFormat, options: ReviewOptions): string {
  switch (format) {
    case 'json':
      return reviewJson(reviews);
    case 'sarif':
      return sarifOf(reviews);
    case 'html':
      return (
        require('../../review/page/html/review-html') as typeof import('../../review/page/html/review-html')
      ).reviewHtml(reviews);
    default:
      return markdownOf(reviews, options);
  }
}

/** @throws Failure for a file that is no SARIF */
function withSarif(reviews: readonly Review[], files: readonly string[]): readonly Review[] {
  if (files.length === 0) return reviews;
  const { withForeign } =
    require('../../review/page/sarif/foreign') as typeof import('../../review/page/sarif/foreign');
  return withForeign(reviews, files);
}

function sarifOf(reviews: readonly Review[]): string {
  const { reviewSarif } =
    require('../../review/page/sarif/sarif') as typeof import('../../review/page/sarif/sarif');
  const { text, leftOut } = reviewSarif(reviews, { fromRoot: fromRepositoryRoot });
  if (leftOut > 0)
    process.stderr.write(
      `kakehashi: ${leftOut} findings are not in the SARIF: GitHub shows 5000 of a tool\n`,
    );
  return text;
}

/** The pages of all environments; they share the budget. */
function markdownOf(reviews: readonly Review[], { characters, link, syntax }: ReviewOptions): string {
  if (reviews.length === 0) return NOTHING;
  const whole = characters ?? GITHUB_COMMENT.characters;
  const each = Math.floor(whole / reviews.length) - SEPARATOR.length;
  const budget: Budget = reviews.length === 1 ? { characters: whole } : { characters: each };
  return reviews
    .map((one) =>
      reviewMarkdown(one, {
        budget,
        ...pictureOf(one),
        ...(link === undefined ? {} : { link }),
        ...(syntax === undefined ? {} : { syntax }),
      }),
    )
    .join(SEPARATOR);
}

/** The picture of an environment, which is drawn only for a review that has a scene. */
function pictureOf(one: Review): { readonly picture?: string } {
  if (one.scene === undefined) return {};
  const picture = (
    require('../../review/page/picture') as typeof import('../../review/page/picture')
  ).reviewMermaid(one);
  return picture === undefined ? {} : { picture };
}

const NOTHING = '# Nothing to review\n\nThe change affects no environment.\n';
const SEPARATOR = '\n---\n\n';

function formatOf(file: string): ReviewFormat {
  const format = BY_EXTENSION[path.extname(file)];
  if (format === undefined)
    throw new UsageError(
      `--out: must end in ${Object.keys(BY_EXTENSION).join(', ')}, got ${JSON.stringify(file)}`,
    );
  return format;
}
