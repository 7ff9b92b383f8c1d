import { distinctEffects, type PlanEffect, type Weight, weighed } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { TRAFFIC, type Traffic, type TrafficChange } from './traffic';
import { TRAFFIC_WEIGHTS } from './weights';

/** One change that a plan makes, with what a sentence needs beside the table of traffic. */
export interface Effect {
  readonly change: TrafficChange;
  /** What happens, without what follows from it: `subnet 172.30.3.0/24 is DESTROYED`. */
  readonly what: string;
  /** Whose traffic it is. @default - all nodes */
  readonly whose?: string;
  /** Public address of the nodes before and after; absent where it is not known. */
  readonly address?: string;
  readonly newAddress?: string;
  /** How much a reader has to know of it. @default - as the table of weights says */
  readonly weight?: Weight;
  /** The resources that it is about. @default - none in particular */
  readonly about?: readonly ScrubbedChange[];
  /** Further facts, after what follows for packets. */
  readonly notes?: readonly string[];
  /** Changes about which nothing else needs to be said. */
  readonly told?: readonly ScrubbedChange[];
  /** Sentences of their own, after this one. */
  readonly further?: readonly string[];
  /** Whether the nodes have Internet access at all. @default true */
  readonly hasInternet?: boolean;
  /** Whether the nodes have a VPN at all. @default true */
  readonly hasVpn?: boolean;
  /** Of another connection of the network: it stays as it is and carries the traffic, or it comes. @default - there is none */
  readonly other?: 'stays' | 'comes';
  /** Whether the outcome is left out, because `what` says it. */
  readonly isComplete?: boolean;
}

/** What a part of a plan does, and which changes are told with it. */
export interface Told {
  readonly effects: readonly Effect[];
  readonly covers: (change: ScrubbedChange) => boolean;
}

export const NOTHING_TOLD: Told = { effects: [], covers: () => false };

/** Effects that tell all changes of these types, where there are any. */
export function told(effects: readonly Effect[], types: readonly string[]): Told {
  return { effects, covers: ({ type }) => effects.length > 0 && types.includes(type) };
}

/** The changes with their sentences, the most hurtful first. */
export function weighedEffects(effects: readonly Effect[]): readonly PlanEffect[] {
  const order = Object.keys(TRAFFIC);
  const sentences = [...effects]
    .sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
    .flatMap((effect) => {
      const { change, further = [], told = [], about = told, weight = TRAFFIC_WEIGHTS[change] } = effect;
      return weighed(weight, [sentenceOf(effect), ...further], about);
    });
  // Two connections may get the same change.
  return distinctEffects(sentences);
}

/** What happens, and what follows for packets. */
function sentenceOf(effect: Effect): string {
  const row: Traffic = TRAFFIC[effect.change];
  const outcome = effect.isComplete
    ? []
    : [siteWords(row, effect), nodeWords(row, effect), addressWords(row, effect)];
  const follows = [...outcome, ...(effect.notes ?? [])].filter((words) => words !== '');
  return follows.length === 0 ? effect.what : `${effect.what}: ${follows.join('; ')}`;
}

function siteWords(
  { site: [before, during, after] }: Traffic,
  { what, whose = 'nodes', hasVpn = true, other }: Effect,
): string {
  if (!hasVpn) return '';
  const both = what.endsWith('both tunnels') ? 'they' : 'both tunnels';
  const carried = other === 'stays' ? '; the tunnels to the other gateway carry the traffic' : '';
  if (before !== 'none' && after === 'none') {
    if (other === 'stays') return 'the tunnels to the other gateway carry the traffic';
    return other === 'comes'
      ? `the site and ${whose} do not reach each other until a gateway host has loaded its new files`
      : `the site and ${whose} no longer reach each other`;
  }
  switch (during) {
    case 'none until host':
      return before === 'none'
        ? 'the tunnels come up when the gateway host has loaded its new files'
        : `${both} are down from the apply until the gateway host has loaded its new files${carried}`;
    case 'tunnel until host':
      return 'it is down from the apply until the gateway host has loaded its new files; the other tunnel carries the traffic';
    case 'none in apply':
      return `${both} are down for some minutes during the apply, and come up again by themselves${carried}`;
    case 'tunnels in turn':
      return `${both === 'they' ? both : 'the tunnels'} restart one after the other, and the other one carries the traffic`;
    case 'tunnel':
      return 'this tunnel restarts, and the other one carries the traffic';
    case 'restart by host':
      return 'nothing changes at AWS; both tunnels restart when the gateway host loads its new files';
    case 'short break':
      return `traffic between the site and ${whose} breaks for a moment`;
    default:
      return '';
  }
}

function nodeWords(
  { node: [before, during, after] }: Traffic,
  { whose = 'nodes', hasInternet = true }: Effect,
): string {
  if (!hasInternet) return '';
  if (before === 'Internet' && after === 'none') return `${whose} lose Internet access`;
  if (before === 'none' && after === 'Internet') return `${whose} get Internet access`;
  if (before !== 'Internet') return '';
  if (during === 'none') return `${whose} have no Internet access in between`;
  return during === 'short break' ? `open connections to the Internet break once` : '';
}

function addressWords(
  { internet: [before, , after] }: Traffic,
  { address, newAddress = 'one that is known after the apply' }: Effect,
): string {
  if (before === 'nothing' && after !== 'nothing') return `their public address is ${newAddress}`;
  if (before === 'address' && after === 'new address' && address !== undefined)
    return `their public address changes from ${address} to ${newAddress}`;
  return before === 'address' && after === 'address' && address !== undefined
    ? `their public address stays ${address}`
    : '';
}
