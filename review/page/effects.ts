import { driftWords } from '../../terraform/plan/drift';
import { type PlanEffect, WEIGHTS, type Weight } from '../../terraform/plan/effect';
import type { Review } from '../review';

/** One thing that the plans of an environment do; what several stacks do in the same words is one. */
export interface ReviewEffect {
  readonly weight: Weight;
  readonly text: string;
  readonly stacks: readonly string[];
  readonly about: readonly { readonly stack: string; readonly address: string }[];
}

/**
 * What the plans do, the most important first; of the same weight what is open to the whole Internet comes first. Drift is left out, because
 * the plans have it apart.
 */
export function effectsOf({ stacks }: Pick<Review, 'stacks'>): readonly ReviewEffect[] {
  const found = new Map<string, ReviewEffect>();
  for (const { stack, outcome } of stacks) {
    if (outcome.kind !== 'planned') continue;
    const drift = new Set(driftWords(outcome.summary.drift));
    for (const effect of outcome.summary.effects)
      if (!drift.has(effect.text)) addEffect(found, stack, effect);
  }
  const order = (effect: ReviewEffect) => WEIGHTS.indexOf(effect.weight) * 2 + (isWideOpen(effect) ? 0 : 1);
  return [...found.values()].sort((a, b) => order(a) - order(b));
}

function addEffect(
  found: Map<string, ReviewEffect>,
  stack: string,
  { weight, text, addresses = [] }: PlanEffect,
): void {
  const key = `${weight} ${text}`;
  const known = found.get(key);
  const about = addresses.map((address) => ({ stack, address }));
  // The lists of a merged effect are its own, and grow with each stack.
  if (known === undefined) found.set(key, { weight, text, stacks: [stack], about });
  else {
    if (!known.stacks.includes(stack)) (known.stacks as string[]).push(stack);
    (known.about as { stack: string; address: string }[]).push(...about);
  }
}

/** Whether an effect lets every address of the Internet in or out. */
export function isWideOpen({ weight, text }: Pick<ReviewEffect, 'weight' | 'text'>): boolean {
  return weight === 'widened' && /(^|[\s(])(0\.0\.0\.0\/0|::\/0)($|[\s,;:)])/.test(text);
}

/** How many effects there are of each weight, in the order of the weights; without those of which there is none. */
export function countsByWeight(effects: readonly ReviewEffect[]): ReadonlyMap<Weight, number> {
  const counts = WEIGHTS.map(
    (weight) => [weight, effects.filter((effect) => effect.weight === weight).length] as const,
  );
  return new Map(counts.filter(([, count]) => count > 0));
}
