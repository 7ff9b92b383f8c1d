import type { Weight } from '../../terraform/plan/effect';
import type { Review } from '../review';
import { countsByWeight, effectsOf } from './effects';
import { type Outcome, outcomeOf, refusingFindings } from './outcome';

/** The version of the trailer, and of what is in it. */
const VERSION = 1;

/** What a program reads at the end of a page in Markdown. */
export interface Trailer {
  readonly version: typeof VERSION;
  readonly environment: string;
  readonly outcome: Outcome;
  readonly simulated: boolean;
  readonly commit?: string;
  /** As `apply --reviewed` takes it. @default - the review is not complete */
  readonly digest?: string;
  /** How many effects of each weight there are. */
  readonly effects: Readonly<Partial<Record<Weight, number>>>;
  /** How many findings refuse the apply. */
  readonly refusing: number;
  /** The ids of the stacks. @default - there was no room for them */
  readonly stacks?: readonly string[];
  /** How many stacks there are. */
  readonly stackCount: number;
}

const PATTERN = /<!-- kakehashi-review:(\d+) ([A-Za-z0-9+/=]*) -->/g;

/** Of a review, the comment at the end of its page. In base 64, so that nothing in it can end the comment. */
export function trailerText(review: Review, withStacks: boolean): string {
  const { environment, origin, digest, stacks } = review;
  const trailer: Trailer = {
    version: VERSION,
    environment,
    outcome: outcomeOf(review),
    simulated: origin.simulated,
    ...(origin.commit === undefined ? {} : { commit: origin.commit }),
    ...(digest === undefined ? {} : { digest }),
    effects: Object.fromEntries(countsByWeight(effectsOf(review))),
    refusing: refusingFindings(review).length,
    ...(withStacks ? { stacks: stacks.map(({ stack }) => stack) } : {}),
    stackCount: stacks.length,
  };
  const text = Buffer.from(JSON.stringify(trailer)).toString('base64');
  return `<!-- kakehashi-review:${VERSION} ${text} -->`;
}

/** The trailer of a page: the last one, since a text in the page may look like one. Undefined where there is none, or of another version. */
export function trailerOf(markdown: string): Trailer | undefined {
  const last = [...markdown.matchAll(PATTERN)].at(-1);
  if (last === undefined || last[1] !== String(VERSION)) return undefined;
  try {
    const trailer: unknown = JSON.parse(Buffer.from(last[2] ?? '', 'base64').toString());
    return typeof trailer === 'object' && trailer !== null ? (trailer as Trailer) : undefined;
  } catch {
    return undefined;
  }
}
