import { counted } from '../../../../base/text/counted';
import { distinctEffects, type PlanEffect, type Weight, weighed } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

/** What a plan does to a network on Azure, the most hurtful first: a plan tells it in this order. */
export const HARM = [
  'network destroyed',
  'network replaced',
  'VPN gateway destroyed',
  'VPN gateway replaced',
  'connection destroyed',
  'gateway address replaced',
  'connection replaced',
  'site moved',
  'key changed',
  'gateway changed',
  'connection changed',
  'nodes cut off',
  'subnet destroyed',
  'subnet replaced',
  'subnet moved',
  'Internet access interrupted',
  'filter removed',
  'rules removed',
  'rules added',
  'gateway added',
  'network added',
  'something added',
  'no traffic',
] as const;

type Harm = (typeof HARM)[number];

/**
 * How much a reader has to know of each. Azure refuses to destroy a subnet, and to move one, in which network interfaces are, so that no
 * traffic stops by it.
 */
const WEIGHTS: Readonly<Record<Harm, Weight>> = {
  'network destroyed': 'outage',
  'network replaced': 'outage',
  'VPN gateway destroyed': 'outage',
  'VPN gateway replaced': 'outage',
  'connection destroyed': 'outage',
  'gateway address replaced': 'outage',
  'connection replaced': 'outage',
  'site moved': 'outage',
  'key changed': 'outage',
  'gateway changed': 'outage',
  'connection changed': 'outage',
  'nodes cut off': 'outage',
  'subnet destroyed': 'destroyed',
  'subnet replaced': 'replaced',
  'subnet moved': 'changed',
  'Internet access interrupted': 'outage',
  'filter removed': 'widened',
  'rules removed': 'narrowed',
  'rules added': 'widened',
  'gateway added': 'created',
  'network added': 'created',
  'something added': 'created',
  'no traffic': 'quiet',
};

/** One thing that a plan does, as a sentence. */
export interface Effect {
  readonly harm: Harm;
  readonly text: string;
  /** @default - by its harm */
  readonly weight?: Weight;
  /** The resources that it is about. @default - none in particular */
  readonly about?: readonly ScrubbedChange[];
}

/** What a part of a plan does, and which changes are told with it. */
export interface Told {
  readonly effects: readonly Effect[];
  readonly covers: (change: ScrubbedChange) => boolean;
}

export const NOTHING_TOLD: Told = { effects: [], covers: () => false };

/** The effects with their weights, the most hurtful first. */
export function weighedEffects(effects: readonly Effect[]): readonly PlanEffect[] {
  const sorted = [...effects].sort((a, b) => HARM.indexOf(a.harm) - HARM.indexOf(b.harm));
  return distinctEffects(
    sorted.flatMap(({ harm, text, weight = WEIGHTS[harm], about }) => weighed(weight, [text], about)),
  );
}

/** How long Azure usually works on a virtual network gateway (learn.microsoft.com: "often takes 45 minutes or more"). */
export const GATEWAY_TIME = '30 to 60 minutes';

/** The first element of a block that stands once. */
export function block(value: unknown): Readonly<Record<string, unknown>> {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>) : {};
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `172.21.1.0/24 → 172.21.2.0/24`, or what is added and removed of longer lists. */
export function listChange(before: unknown, after: unknown): string {
  const [old, now] = [texts(before), texts(after)];
  if (old.length <= 1 && now.length <= 1) return `${old.join() || 'none'} → ${now.join() || 'none'}`;
  const added = now.filter((one) => !old.includes(one));
  const removed = old.filter((one) => !now.includes(one));
  return [
    ...(removed.length > 0 ? [`without ${removed.join(', ')}`] : []),
    ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
  ].join(', ');
}

export function isUpdate({ actions }: ScrubbedChange): boolean {
  return actions.join() === 'update';
}

export function isTagsOnly(change: ScrubbedChange): boolean {
  return isUpdate(change) && change.changed.every((name) => name === 'tags');
}

/** Tags, which no packet notices. */
export function tagEffects(changes: readonly ScrubbedChange[]): Told {
  const tagged = changes.filter(isTagsOnly);
  if (tagged.length === 0) return NOTHING_TOLD;
  const text = `tags of ${counted(tagged.length, 'resource')} change; no traffic is affected`;
  return { effects: [{ harm: 'no traffic', text }], covers: (change) => tagged.includes(change) };
}
