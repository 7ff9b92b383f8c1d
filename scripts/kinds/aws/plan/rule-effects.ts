import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { exists } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import {
  type AllowedTraffic,
  compareRules,
  type Direction,
  openFirst,
  type Pair,
  ruleText,
} from '../../allowed-traffic';
import { because } from './attribute-words';
import { isOfEndpoints } from './endpoint-effects';
import { isOfForwarding } from './forwarding-effects';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';
import { allowedBy } from './rule-text';

/** The number of rules that a sentence names. */
const SHOWN = 4;

/** What a plan does to the nodes' security group and to its rules, each as what it allows. */
export function ruleEffects(network: PlannedNetwork): Told {
  const { graph } = network;
  const group = graph
    .of('aws_security_group')
    .find((candidate) => isOfNodes(candidate) && graph.isRootOfReplacement(candidate));
  if (network.replacedVpc !== undefined) return NOTHING_TOLD;
  const types = ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'];
  if (group !== undefined) {
    const what = `the nodes' security group is REPLACED${because(group)}: delete all nodes first, because AWS refuses to delete a group that is in use; the entries name the new one`;
    return {
      effects: [{ change: 'security group replaced', what, about: [group], isComplete: true }],
      covers: ({ type }) => type === 'aws_security_group' || types.includes(type),
    };
  }
  const effects = [...directionEffects(network, 'ingress'), ...directionEffects(network, 'egress')];
  return { effects, covers: ({ type, actions }) => types.includes(type) && actions.length > 0 };
}

/** Groups of AWS's services are told with them. */
function isOfNodes(change: ScrubbedChange): boolean {
  return !isOfEndpoints(change) && !isOfForwarding(change);
}

function directionEffects({ graph }: PlannedNetwork, direction: Direction): readonly Effect[] {
  const rules = graph.of(`aws_vpc_security_group_${direction}_rule`).filter(isOfNodes);
  const ruleOf = new Map<AllowedTraffic, ScrubbedChange>();
  const allowed = (side: 'before' | 'after', is: (rule: ScrubbedChange) => boolean) =>
    rules
      .filter((rule) => exists(rule, side) && is(rule))
      .map((rule) => {
        const traffic = allowedBy(rule, graph, side);
        ruleOf.set(traffic, rule);
        return traffic;
      });
  const isEdited = (rule: ScrubbedChange) =>
    !creates(rule) &&
    !removes(rule) &&
    text(allowedBy(rule, graph, 'before')) !== text(allowedBy(rule, graph, 'after'));
  const text = (traffic: AllowedTraffic) => ruleText(traffic, direction);
  const isGoing = (rule: ScrubbedChange) => removes(rule) || isEdited(rule);
  const isComing = (rule: ScrubbedChange) => creates(rule) || isEdited(rule);
  const after = allowed('after', () => true);
  const coming = allowed('after', isComing);
  const going = allowed('before', isGoing);

  const { widened, narrowed, lost, partlyKept, kept, added } = compareRules(going, coming, after);
  const about = (...traffic: readonly AllowedTraffic[]) => traffic.flatMap((one) => ruleOf.get(one) ?? []);
  const arrows = (pairs: readonly Pair[]): readonly Named[] =>
    openFirst(pairs, ([, to]) => to).map(([from, to]) => ({
      text: `${text(from)} → ${text(to)}`,
      about: about(from, to),
    }));
  const named = (all: readonly AllowedTraffic[], note = (_: AllowedTraffic) => ''): readonly Named[] =>
    all.map((one) => ({ text: `${text(one)}${note(one)}`, about: about(one) }));
  const refused = 'AWS refuses it for new connections';
  const [less, more] =
    direction === 'ingress'
      ? (['ingress removed', 'ingress added'] as const)
      : (['egress removed', 'egress added'] as const);
  return [
    ...line(
      less,
      `${direction} no longer allowed`,
      named(lost, (one) => (partlyKept.has(one) ? ' (others still allow a part of it)' : '')),
      refused,
    ),
    ...line(
      direction === 'ingress' ? 'ingress narrowed' : less,
      `${direction} narrowed`,
      arrows(narrowed),
      refused,
    ),
    ...line(direction === 'ingress' ? 'ingress widened' : more, `${direction} widened`, arrows(widened)),
    ...line(more, `${direction} newly allowed`, named(openFirst(added, (one) => one))),
    ...line('rule descriptions', `${direction} rules removed, and others still allow the same`, named(kept)),
    ...replacedRules(graph, rules, direction, text),
    ...descriptionEffects(rules, direction),
  ];
}

function replacedRules(
  graph: PlannedNetwork['graph'],
  rules: readonly ScrubbedChange[],
  direction: Direction,
  text: (traffic: AllowedTraffic) => string,
): readonly Effect[] {
  const replaced = rules.filter((rule) => isReplaced(rule) && graph.isRootOfReplacement(rule));
  const same = replaced.filter(
    (rule) => text(allowedBy(rule, graph, 'before')) === text(allowedBy(rule, graph, 'after')),
  );
  const change = direction === 'ingress' ? 'ingress narrowed' : 'egress removed';
  const words = same.map((rule) => ({ text: text(allowedBy(rule, graph, 'before')), about: [rule] }));
  const effects = line(change, `${direction} rule REPLACED, refused for a moment`, words);
  return effects.map((effect) => ({ ...effect, weight: 'replaced' }));
}

function descriptionEffects(rules: readonly ScrubbedChange[], direction: Direction): readonly Effect[] {
  const described = rules.filter(
    (rule) => rule.actions.join() === 'update' && rule.changed.includes('description'),
  );
  const count = described.length;
  if (count === 0) return [];
  const what = `${count === 1 ? 'the description of an' : `the descriptions of ${count}`} ${direction} rule${count === 1 ? ' changes' : 's change'}; no traffic is affected`;
  return [{ change: 'rule descriptions', what, about: described }];
}

/** A rule in words. */
interface Named {
  readonly text: string;
  readonly about: readonly ScrubbedChange[];
}

function line(
  change: Effect['change'],
  label: string,
  rules: readonly Named[],
  then = '',
): readonly Effect[] {
  if (rules.length === 0) return [];
  const more = rules.length > SHOWN ? ` and ${rules.length - SHOWN} more` : '';
  const shown = rules.slice(0, SHOWN).map(({ text }) => text);
  const what = `${label}: ${shown.join(', ')}${more}`;
  const about = rules.flatMap((rule) => rule.about);
  return [{ change, what: then === '' ? what : `${what}; ${then}`, about, isComplete: true }];
}
