import { WEIGHTS } from '../../../terraform/plan/effect';
import { BOTH_ENDS, DRIFT, RESOURCE_VALUES } from '../../record/shape/plan-shape';
import { DIGEST_PATTERN, FINDING, ORIGIN } from '../../record/shape/record-shape';
import { choice, constant, count, either, list, object, text, truth } from '../../record/shape/shapes';

/** The version of the document. It goes up with what a reader of an older one would take for something else. */
export const REVIEW_VERSION = 1;

const PROBLEM_KINDS = [
  'missing',
  'mixed',
  'other origin',
  'doubled',
  'damaged',
  'unknown version',
  'failed',
  'no environment',
] as const;

const digest = () =>
  text('What apply --reviewed takes; absent where the review is not the whole', { pattern: DIGEST_PATTERN });

const EFFECT = object({
  weight: choice(WEIGHTS, 'How much a reader has to know of it'),
  text: text('What the plans do, as a sentence without a full stop'),
  stacks: list(text(), 'The stacks that do it'),
  about: list(
    object({ stack: text(), address: text('The address in Terraform') }),
    'The resources that it is about, where they are known',
  ),
});

const STACK_HEAD = {
  stack: text('Its id'),
  kind: text('The kind of the stack'),
  requires: list(text(), 'The stacks that must be applied before'),
};

const STACK = either([
  object({
    ...STACK_HEAD,
    outcome: constant('planned'),
    digest: text("Of the plan's meaning"),
    changes: truth('Whether an apply would change anything'),
    text: text('How many changes there are: 3 changes'),
    counts: object({
      create: count(),
      update: count(),
      replace: count(),
      delete: count(),
      import: count(),
      forget: count(),
    }),
    resources: list(RESOURCE_VALUES, 'Old and new values, masked'),
    outputs: list(text(), 'The names of the outputs that change'),
    drift: list(DRIFT, 'What somebody changed outside of Terraform'),
  }),
  object({
    ...STACK_HEAD,
    outcome: constant('deferred'),
    because: list(text(), 'The stacks that it waits for'),
  }),
  object({ ...STACK_HEAD, outcome: constant('failed'), lines: list(text(), "The error's lines, masked") }),
]);

const REVIEW = object(
  {
    environment: text('The environment'),
    outcome: choice(['nothing', 'changes', 'refused', 'failed'], 'What the review comes to'),
    headline: text('The same as a line'),
    problems: list(
      object({ kind: choice(PROBLEM_KINDS), text: text(), help: text('What to do') }),
      'Why this is not the whole; empty where it is',
    ),
    effects: list(EFFECT, 'What the plans do, the most important first'),
    findings: list(FINDING, 'What rules found, the worst first'),
    refusing: count('How many findings refuse an apply'),
    requireReview: truth('Whether an apply needs a review'),
    notes: list(text(), 'Remarks about several stacks together'),
    ends: BOTH_ENDS,
    stacks: list(STACK),
  },
  {
    digest: digest(),
    origin: ORIGIN,
    destroys: constant(true, 'The plans destroy what there is'),
    floor: text('The severity from which a finding refuses an apply'),
  },
);

export const REVIEW_DOCUMENT = object({
  version: constant(REVIEW_VERSION, 'The version of this format'),
  reviews: list(REVIEW, 'A review for each environment, by name'),
});

/** The published schema, docs/reference/review.schema.json. */
export function reviewSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A review of kakehashi',
    ...REVIEW_DOCUMENT.schema,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
