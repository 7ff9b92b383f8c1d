import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath, writeAtomically } from '../../base/files';
import { mergeRecords } from '../../review/merge/merge';
import { type Budget, GITHUB_COMMENT } from '../../review/page/markdown/budget';
import { reviewMarkdown } from '../../review/page/markdown/markdown';
import type { Syntax } from '../../review/page/markdown/page';
import { type Outcome, outcomeOf } from '../../review/page/outcome';
import { reviewJson } from '../../review/page/review-json';
import { readRecords } from '../../review/record/read-records';
import type { Review } from '../../review/review';
import { Report } from '../report/report';
import type { PostOptions } from '../run/post-results';
import { foldersOf } from '../session/folders';
import { targetOf } from '../session/session';
import type { Settings } from '../session/settings';

export const REVIEW_FORMATS = ['markdown', 'html', 'json'] as const;
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
  /** Where the reviews are posted. @default - nowhere */
  readonly post?: PostOptions;
}

/** The formats by the ends of files. */
const BY_EXTENSION: Readonly<Record<string, ReviewFormat>> = {
  '.md': 'markdown',
  '.html': 'html',
  '.json': 'json',
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
  const { color, logLevel: level } = settings;
  const report = new Report({ json: false, color, level, stdoutTaken: true });
  const isTrusted = options.post?.untrusted !== true;
  const reviews = isTrusted ? reviewsOf(settings, sources) : strangersReviews(settings, sources);
  for (const { file, format } of files) writeAtomically(file, pageOf(reviews, format, options));
  if (files.length === 0 && isTrusted)
    process.stdout.write(pageOf(reviews, options.format ?? 'markdown', options));
  for (const { text, help } of isTrusted ? reviews.flatMap(({ problems }) => problems) : [])
    report.note('error', `${text}\n  help: ${help}`);
  for (const { file } of files) report.say(`review    ${shownPath(path.resolve(file))}`);
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
  const { checkArtifact, untrustedReviews } =
    require('../../review/post/untrusted') as typeof import('../../review/post/untrusted');
  const { listEnvironments } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  checkArtifact(sources);
  return untrustedReviews(reviewsOf(settings, sources), listEnvironments(settings.catalogDirectory));
}

/** The server and its library are loaded only for this. */
async function post(
  report: Report,
  to: PostOptions,
  reviews: readonly Review[],
  options: ReviewOptions,
): Promise<void> {
  const { postPages } = require('../run/post-reviews') as typeof import('../run/post-reviews');
  await postPages(report, to, reviews, (one, most, jobLink) => {
    const link = options.link ?? jobLink;
    const characters = Math.min(most, options.characters ?? most);
    return markdownOf([one], { ...options, characters, ...(link === undefined ? {} : { link }) });
  });
}

/** The reviews of the records in folders, and of the last plans of environments. @throws Failure where there are none */
export function reviewsOf(settings: Settings, sources: readonly string[]): readonly Review[] {
  const given = sources.length === 0 ? [undefined] : sources;
  const folders = given.map((source) =>
    source !== undefined && isFolder(source) ? source : recordsOf(settings, source),
  );
  const reviews = mergeRecords(readRecords(folders));
  if (reviews.length === 0)
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
    case 'html':
      return (
        require('../../review/page/html/review-html') as typeof import('../../review/page/html/review-html')
      ).reviewHtml(reviews);
    default:
      return markdownOf(reviews, options);
  }
}

/** The pages of all environments; they share the budget. */
function markdownOf(reviews: readonly Review[], { characters, link, syntax }: ReviewOptions): string {
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
  const { reviewMermaid } =
    require('../../review/page/picture') as typeof import('../../review/page/picture');
  const picture = reviewMermaid(one);
  return picture === undefined ? {} : { picture };
}

const SEPARATOR = '\n---\n\n';

function formatOf(file: string): ReviewFormat {
  const format = BY_EXTENSION[path.extname(file)];
  if (format === undefined)
    throw new UsageError(
      `--out: must end in ${Object.keys(BY_EXTENSION).join(', ')}, got ${JSON.stringify(file)}`,
    );
  return format;
}
