import { counted } from '../../../base/text/counted';
import { hasChanges } from '../../../terraform/plan/stack-plan';
import type { Review } from '../../review';
import { headlineOf, partsOf, warningsOf } from '../headline';
import { outcomeOf, refusingFindings } from '../outcome';
import { timeText } from '../time-text';
import { trailerText } from '../trailer';
import { type Budget, fits, fitted, GITHUB_COMMENT, type Part, type Shortening } from './budget';
import { entriesPart, gatewayPart } from './ends-parts';
import { findingsPart } from './findings-part';
import { deferredPart, driftPart, notesPart, othersPart, problemsPart } from './further-parts';
import { folded, nameText, type PageOf, type Syntax } from './page';

import { stacksPart } from './stacks-part';
import { summaryPart } from './summary-part';
import { clipped, code, fenced, inline } from './text';

export interface MarkdownOptions {
  /** @default - that of a comment on GitHub */
  readonly budget?: Budget;
  /** Where the whole review is, if this page is shortened. */
  readonly link?: string;
  /** @default 'github' */
  readonly syntax?: Syntax;
  /** A picture as Mermaid's text, without its fence; it is left out first. @default - none */
  readonly picture?: string;
}

/** What is shortened, one after the other, until the page fits: first what a reader needs last. */
const ORDER: readonly Shortening[] = [
  ['stacks', 1],
  ['picture', 1],
  ['stacks', 2],
  ['others', 1],
  ['gateway', 1],
  ['entries', 1],
  ['stacks', 3],
  ['findings', 1],
  ['drift', 1],
  ['deferred', 1],
  ['summary', 1],
  ['notes', 1],
  ['problems', 1],
  ['others', 2],
  ['stacks', 4],
  ['trailer', 1],
  ['gateway', 2],
  ['findings', 2],
  ['entries', 2],
  ['drift', 2],
  ['deferred', 2],
  ['others', 3],
  ['summary', 2],
  ['problems', 2],
  ['notes', 2],
  ['gateway', 3],
  ['findings', 3],
  ['entries', 3],
  ['others', 4],
  ['summary', 3],
  ['findings', 4],
  ['gateway', 4],
  ['drift', 3],
  ['deferred', 3],
  ['summary', 4],
];

/**
 * The review of one environment as a page of Markdown. It always fits the budget; what is left out is said. No secret is in it, because none
 * is in the records, and nothing that a record says is read as Markdown, as HTML or as a mention.
 */
export function reviewMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { budget = GITHUB_COMMENT, link, syntax = 'github', picture } = options;
  const page: PageOf = { review, syntax };
  const parts: readonly Part[] = [
    summaryPart(page),
    notesPart(page),
    problemsPart(page),
    gatewayPart(page),
    entriesPart(page),
    findingsPart(page),
    othersPart(page),
    driftPart(page),
    deferredPart(page),
    picturePart(syntax, picture),
    stacksPart(page),
    { name: 'trailer', levels: [() => [trailerText(review, true)], () => [trailerText(review, false)]] },
  ];
  const [heading, decision] = [title(review), verdict(review)];
  const text = fitted(parts, ORDER, budget, (isShort, bodies) => {
    const [summary = [], notes = [], problems = [], ...rest] = bodies;
    const trailer = rest.at(-1) ?? [];
    const list = [...summary, ...notes];
    return [
      `# ${heading}`,
      '',
      decision,
      ...problems,
      ...(list.length === 0 ? [] : ['', ...list]),
      ...rest.slice(0, -1).flat(),
      ...(isShort ? ['', shortened(link)] : []),
      '',
      ...trailer,
      '',
    ].join('\n');
  });
  return fits(text, budget) ? text : leastPage(review, budget, link);
}

/** What is said with the smallest budget, and names as long as no catalog has them. */
function leastPage(review: Review, budget: Budget, link: string | undefined): string {
  const counts = review.problems.length > 0 ? [counted(review.problems.length, 'problem')] : partsOf(review);
  const name = inline(clipped(review.environment, 20));
  const lines = [
    `# ${warningsText(review)}${name}: ${counts.length === 0 ? 'no changes' : counts.join(', ')}`,
    '',
    shortened(link),
  ];
  const withTrailer = [...lines, '', trailerText(review, false), ''].join('\n');
  return fits(withTrailer, budget) ? withTrailer : [...lines, ''].join('\n');
}

function title(review: Review): string {
  const name = `${review.destroys ? 'Destruction of ' : ''}${nameText(review.environment)}`;
  return `${warningsText(review)}${inline(name)}: ${inline(clipped(headlineOf(review), 200))}`;
}

function warningsText(review: Review): string {
  return warningsOf(review)
    .map((word) => `${word} · `)
    .join('');
}

/** What decides, in a sentence, and which plan it is. */
function verdict(review: Review): string {
  const { stacks, origin, digest, requireReview } = review;
  const changing = stacks.filter(
    ({ outcome }) => outcome.kind === 'planned' && hasChanges(outcome.summary),
  ).length;
  const all = stacks[0]?.stacks.length ?? 0;
  const chosen = stacks[0]?.chosen?.length ?? all;
  const outcome = outcomeOf(review);
  const refusing = refusingFindings(review);
  const [worst] = refusing;
  const sentences = [
    ...(outcome === 'failed' ? ['**Do not decide on this: a part is missing, and may change more.**'] : []),
    ...(worst === undefined
      ? []
      : [
          `**Refused by policy:** ${code(nameText(worst.rule))} ${inline(clipped(worst.text, 200))}${refusing.length > 1 ? `, and ${counted(refusing.length - 1, 'other finding')} of ${inline(review.floor ?? '')} or above` : ''}.`,
        ]),
    changing === 0
      ? 'No stack changes.'
      : `${changing} of ${counted(stacks.length, 'stack')} ${changing === 1 ? 'changes' : 'change'}.`,
    ...(stacks.length < chosen && outcome !== 'failed'
      ? [`**Only the ${counted(stacks.length, 'stack')} of this machine's part, of ${chosen}.**`]
      : []),
    ...(chosen < all ? [`**Only ${chosen} of ${counted(all, 'stack')} were chosen to be planned.**`] : []),
    ...(origin.simulated ? ['Made in the sandbox: it cannot be applied.'] : []),
    ...(requireReview ? ['An apply needs this review.'] : []),
  ];
  const facts = [
    ...(digest === undefined ? [] : [`plan ${code(shortDigest(digest))}`]),
    ...(origin.commit === undefined ? [] : [`commit ${code(origin.commit.slice(0, 12))}`]),
    ...(origin.dirty ? ['with changes that are not committed'] : []),
    ...(origin.made === '' ? [] : [`made ${inline(timeText(origin.made))}`]),
    ...(origin.terraform === '' ? [] : [inline(clipped(origin.terraform, 40))]),
  ];
  return `${sentences.join(' ')}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

/** Enough to compare by eye; the trailer has the whole one. */
function shortDigest(digest: string): string {
  return digest.slice(0, 15);
}

function shortened(link: string | undefined): string {
  const where =
    link === undefined
      ? 'kakehashi review writes the whole as HTML and as JSON'
      : `the whole is at <${encodeURI(clipped(link, 300)).replace(/[<>]/g, '')}>`;
  return `This page is shortened to fit; ${where}.`;
}

function picturePart(syntax: Syntax, picture: string | undefined): Part {
  const lines =
    picture === undefined || syntax !== 'github'
      ? []
      : folded(syntax, 'picture', fenced(picture.trimEnd().split('\n'), 'mermaid'));
  return { name: 'picture', levels: [() => lines, () => []] };
}
