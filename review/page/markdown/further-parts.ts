import { counted } from '../../../base/text/counted';
import { driftWords } from '../../../terraform/plan/drift';
import type { Part } from './budget';
import { first, nameText, type PageOf, section } from './page';
import { otherEffectsPart } from './summary-part';
import { atStart, clipped, code, inline } from './text';

/** Why a review is not the whole, with what to do. */
export function problemsPart({ review: { problems } }: PageOf): Part {
  const lines = (most: number, longest: number) =>
    first(
      problems,
      most,
      (left) => `- and ${left} more`,
      ({ text, help }) =>
        `- ${atStart(clipped(text, longest))}. ${capitalized(inline(clipped(help, longest)))}.`,
    );
  return section('problems', 'Not the whole', [
    () => lines(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    () => lines(10, 300),
    () => lines(2, 120),
  ]);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function othersPart(page: PageOf): Part {
  return section('others', 'Beside that', otherEffectsPart(page));
}

/** What somebody changed outside of Terraform, and the plans change back. */
export function driftPart({ review: { stacks } }: PageOf): Part {
  const drifted = stacks.flatMap(({ stack, outcome }) =>
    outcome.kind === 'planned' && outcome.summary.drift.length > 0
      ? [{ stack, texts: driftWords(outcome.summary.drift) }]
      : [],
  );
  const all = drifted.flatMap(({ stack, texts }) => texts.map((text) => ({ stack, text })));
  const lines = (most: number, longest: number) =>
    first(
      all,
      most,
      (left) => `- and ${left} more`,
      ({ stack, text }) =>
        `- ${code(nameText(stack))}: ${inline(clipped(text.replace(/^drift: /, ''), longest))}`,
    );
  return section('drift', 'Changed outside of Terraform, and changed back', [
    () => lines(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    () => lines(20, 240),
    () => (drifted.length === 0 ? [] : [`In ${counted(drifted.length, 'stack')}.`]),
    () => [],
  ]);
}

/** Stacks that wait for others, and what the plans say of several stacks together. */
export function deferredPart({ review: { stacks } }: PageOf): Part {
  const deferred = stacks.flatMap(({ stack, outcome }) =>
    outcome.kind === 'deferred' ? [{ stack, because: outcome.because }] : [],
  );
  const lines = (most: number) =>
    first(
      deferred,
      most,
      (left) => `- and ${left} more`,
      ({ stack, because }) =>
        `- ${code(nameText(stack))} waits for ${first(
          because,
          5,
          (left) => `${left} more`,
          (one) => code(nameText(one)),
        ).join(', ')}`,
    );
  return section('deferred', 'Planned after the apply of others', [
    () => lines(Number.POSITIVE_INFINITY),
    () => lines(20),
    () => (deferred.length === 0 ? [] : [`${counted(deferred.length, 'stack')}.`]),
    () => [],
  ]);
}

/** Remarks about several stacks together. */
export function notesPart({ review: { notes } }: PageOf): Part {
  const lines = (most: number, longest: number) => {
    const shown = first(
      notes,
      most,
      (left) => `- and ${left} more remarks`,
      (text) => `- **NOTE** ${inline(clipped(text, longest))}`,
    );
    return shown;
  };
  return {
    name: 'notes',
    levels: [
      () => lines(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
      () => lines(5, 300),
      () => lines(1, 120),
    ],
  };
}
