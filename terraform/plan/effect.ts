/**
 * How much a reader has to know of one thing that a plan does, the most important first.
 *
 * - `outage`: traffic stops or addresses change: tunnels drop, keys or addresses change, a gateway or a connection is made anew, nodes end
 * - `destroyed`: something is destroyed, and no traffic stops
 * - `replaced`: something is made anew, and no traffic stops
 * - `widened`: somebody may reach, read or do more than before
 * - `narrowed`: somebody may reach, read or do less than before
 * - `changed`: something is changed in place
 * - `created`: something is new
 * - `quiet`: nobody notices: tags, descriptions
 */
export const WEIGHTS = [
  'outage',
  'destroyed',
  'replaced',
  'widened',
  'narrowed',
  'changed',
  'created',
  'quiet',
] as const;

export type Weight = (typeof WEIGHTS)[number];

/** One thing that a plan does, in the network's own words. No secret is in it. */
export interface PlanEffect {
  readonly weight: Weight;
  /** A sentence without a full stop: `both tunnels go down; their outside addresses and keys change`. */
  readonly text: string;
  /** The resources that it is about. @default - none in particular */
  readonly addresses?: readonly string[];
}

/** The sentences alone, as the screen and the events have them. */
export function textsOf(effects: readonly PlanEffect[]): readonly string[] {
  return effects.map(({ text }) => text);
}

/** Sentences of one weight. */
export function weighed(
  weight: Weight,
  texts: readonly string[],
  about: readonly { readonly address: string }[] = [],
): readonly PlanEffect[] {
  const addresses = about.map(({ address }) => address);
  return texts.map((text) => ({ weight, text, ...(addresses.length === 0 ? {} : { addresses }) }));
}

/** Effects without those that say the same a second time, in their order. */
export function distinctEffects(effects: readonly PlanEffect[]): readonly PlanEffect[] {
  const byText = new Map<string, PlanEffect>();
  for (const effect of effects) {
    const same = byText.get(effect.text);
    const addresses = [...new Set([...(same?.addresses ?? []), ...(effect.addresses ?? [])])];
    byText.set(effect.text, { ...(same ?? effect), ...(addresses.length === 0 ? {} : { addresses }) });
  }
  return [...byText.values()];
}
