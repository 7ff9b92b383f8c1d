import { Cidr } from '../../model/net/cidr';

/** What a rule of a cloud's packet filter allows. */
export interface AllowedTraffic {
  /** `tcp`, `udp`, `icmp`, …; `-1` is everything. */
  readonly protocol: string;
  /** The first port, or the type of ICMP; -1 is every one. */
  readonly from: number;
  readonly to: number;
  /** A CIDR, the id of a prefix list, `self` or another group. */
  readonly peer: string;
}

export type Direction = 'ingress' | 'egress';

/** The protocol of a rule that allows every protocol. */
export const ALL = '-1';

/** `tcp 22 from 10.0.2.0/24` */
export function ruleText({ protocol, from, to, peer }: AllowedTraffic, direction: Direction): string {
  const where = `${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
  if (protocol === ALL) return `everything ${where}`;
  if (protocol === 'icmp')
    return `icmp ${from === -1 ? 'of every type' : `type ${from}${to === -1 ? '' : ` code ${to}`}`} ${where}`;
  return `${protocol} ${from === to ? from : `${from}-${to}`} ${where}`;
}

/** Whether a rule lets every address of the Internet in, or out. */
export function isWideOpen({ peer }: AllowedTraffic): boolean {
  return /^(0\.0\.0\.0\/0|::\/0)( |$)/.test(peer);
}

/** Rules that are open to everybody first, the others in their order. */
export function openFirst<Rule>(
  rules: readonly Rule[],
  trafficOf: (rule: Rule) => AllowedTraffic,
): readonly Rule[] {
  const isOpen = (rule: Rule) => isWideOpen(trafficOf(rule));
  return [...rules.filter(isOpen), ...rules.filter((rule) => !isOpen(rule))];
}

/** Whether a rule allows all that another one does. */
export function allowsAll(wide: AllowedTraffic, narrow: AllowedTraffic): boolean {
  if (!holdsPeer(wide.peer, narrow.peer)) return false;
  if (wide.protocol === ALL) return true;
  if (wide.protocol !== narrow.protocol) return false;
  if (wide.protocol === 'icmp')
    return wide.from === -1 || (wide.from === narrow.from && (wide.to === -1 || wide.to === narrow.to));
  return wide.from <= narrow.from && wide.to >= narrow.to;
}

function holdsPeer(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  const isCidr = (text: string) => /^\d+(\.\d+){3}\/\d+$/.test(text);
  return isCidr(wide) && isCidr(narrow) && Cidr.parse(wide).contains(Cidr.parse(narrow));
}

/** What a plan changes of the traffic that a direction's rules allow. */
export interface RuleComparison {
  /** Rules that are widened or narrowed, before and after. */
  readonly widened: readonly Pair[];
  readonly narrowed: readonly Pair[];
  /** What is not allowed any more. */
  readonly lost: readonly AllowedTraffic[];
  /** Those of it of which another rule allows a part. */
  readonly partlyKept: ReadonlySet<AllowedTraffic>;
  /** Rules that go, and others allow all that they did. */
  readonly kept: readonly AllowedTraffic[];
  readonly added: readonly AllowedTraffic[];
}

export type Pair = readonly [from: AllowedTraffic, to: AllowedTraffic];

/**
 * Compares what rules allow.
 *
 * @param going - rules that are removed or changed, as they are
 * @param coming - rules that are added or changed, as they will be
 * @param after - all rules that there will be
 */
export function compareRules(
  going: readonly AllowedTraffic[],
  coming: readonly AllowedTraffic[],
  after: readonly AllowedTraffic[],
): RuleComparison {
  const pairs = (isFound: (one: AllowedTraffic, other: AllowedTraffic) => boolean): readonly Pair[] =>
    going.flatMap((one): Pair[] => {
      const other = coming.find((candidate) => isFound(one, candidate));
      return other === undefined ? [] : [[one, other]];
    });
  const widened = pairs((one, other) => allowsAll(other, one));
  const narrowed = pairs((one, other) => allowsAll(one, other));
  const paired = new Set([...widened, ...narrowed].flat());
  const removed = going.filter((one) => !paired.has(one));
  const lost = removed.filter((one) => !after.some((other) => allowsAll(other, one)));
  return {
    widened,
    narrowed,
    lost,
    partlyKept: new Set(
      lost.filter((one) => after.some((other) => allowsAll(one, other) && !coming.includes(other))),
    ),
    kept: removed.filter((one) => !lost.includes(one)),
    added: coming.filter((one) => !paired.has(one)),
  };
}
