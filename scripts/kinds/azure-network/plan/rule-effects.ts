import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { exists, type PlannedGraph, type Side } from '../../../../terraform/plan/planned-graph';
import type { Attributes, ScrubbedChange } from '../../../../terraform/plan/scrub';
import {
  ALL,
  type AllowedTraffic,
  compareRules,
  type Direction,
  openFirst,
  ruleText,
} from '../../allowed-traffic';
import { because } from '../../azure/because';
import { type Effect, type Told, texts } from './effects';

export const RULE_TYPE = 'azurerm_network_security_rule';
const GROUP_TYPE = 'azurerm_network_security_group';
const ATTACHED_TYPE = 'azurerm_subnet_network_security_group_association';

/** The number of rules that a sentence names. */
const SHOWN = 4;

/** What a plan does to the nodes' network security group and to its rules, each as what it allows. */
export function ruleEffects(graph: PlannedGraph): Told {
  const group = graph.of(GROUP_TYPE)[0];
  const types = [RULE_TYPE, GROUP_TYPE, ATTACHED_TYPE];
  if (group !== undefined && isReplaced(group)) {
    const text = `the nodes' security group is REPLACED${because(group)}: in between everything reaches the nodes that a route brings there; the entries name the new one`;
    return { effects: [{ harm: 'filter removed', text }], covers: ({ type }) => types.includes(type) };
  }
  const isNew = group !== undefined && creates(group);
  const effects = isNew
    ? []
    : [
        ...detached(graph),
        ...directionEffects(graph, 'ingress'),
        ...directionEffects(graph, 'egress'),
        ...denials(graph),
      ];
  return { effects, covers: ({ type }) => types.includes(type) };
}

/** Subnets that lose their security group, and stay: nothing is filtered there any more. */
function detached(graph: PlannedGraph): readonly Effect[] {
  const gone = graph
    .of(ATTACHED_TYPE)
    .filter(removes)
    .flatMap((association) => {
      const subnet = graph.target(association, 'subnet_id', 'azurerm_subnet', 'before');
      return subnet === undefined || removes(subnet) ? [] : [texts(subnet.before.address_prefixes).join()];
    });
  if (gone.length === 0) return [];
  const text = `subnet ${gone.join(', ')} loses its security group: everything reaches its nodes that a route brings there`;
  return [{ harm: 'filter removed', text }];
}

function directionEffects(graph: PlannedGraph, direction: Direction): readonly Effect[] {
  const inWords = direction === 'ingress' ? 'Inbound' : 'Outbound';
  const rules = graph
    .of(RULE_TYPE)
    .filter(({ before, after }) => (after.direction ?? before.direction) === inWords);
  const allowed = new Map(
    rules.map((rule) => [
      rule,
      {
        before: exists(rule, 'before') ? allowedBy(rule.before) : [],
        after: exists(rule, 'after') ? allowedBy(rule.planned ?? rule.after) : [],
      },
    ]),
  );
  const of = (side: Side) => [...allowed.values()].flatMap((sides) => sides[side]);
  const text = (traffic: AllowedTraffic) => ruleText(traffic, direction);
  const [before, after] = [of('before'), of('after')];
  const [old, now] = [new Set(before.map(text)), new Set(after.map(text))];
  const { widened, narrowed, lost, partlyKept, kept, added } = compareRules(
    before.filter((one) => !now.has(text(one))),
    after.filter((one) => !old.has(text(one))),
    after,
  );
  const ruleOf = new Map(
    [...allowed].flatMap(([rule, sides]) => [...sides.before, ...sides.after].map((one) => [one, rule])),
  );
  const about = (...traffic: readonly AllowedTraffic[]) => traffic.flatMap((one) => ruleOf.get(one) ?? []);
  const arrows = (pairs: readonly (readonly [AllowedTraffic, AllowedTraffic])[]): readonly Named[] =>
    openFirst(pairs, ([, to]) => to).map(([from, to]) => ({
      text: `${text(from)} → ${text(to)}`,
      about: about(from, to),
    }));
  const named = (all: readonly AllowedTraffic[], note = (_: AllowedTraffic) => ''): readonly Named[] =>
    all.map((one) => ({ text: `${text(one)}${note(one)}`, about: about(one) }));
  const refused = '; Azure refuses it for new connections';
  return [
    ...line(
      'rules removed',
      `${direction} no longer allowed`,
      named(lost, (one) => (partlyKept.has(one) ? ' (others still allow a part of it)' : '')),
      refused,
    ),
    ...line('rules removed', `${direction} narrowed`, arrows(narrowed), refused),
    ...line('rules added', `${direction} widened`, arrows(widened)),
    ...line('rules added', `${direction} newly allowed`, named(openFirst(added, (one) => one))),
    ...line('no traffic', `${direction} rules removed, and others still allow the same`, named(kept)),
    ...quiet(rules, direction),
  ];
}

/** Changes of rules that allow the same: priorities and descriptions. */
function quiet(rules: readonly ScrubbedChange[], direction: Direction): readonly Effect[] {
  const only = (names: readonly string[]) =>
    rules.filter(
      ({ actions, changed }) => actions.join() === 'update' && changed.every((one) => names.includes(one)),
    );
  const count = only(['priority', 'description']).length;
  if (count === 0) return [];
  const text = `${count} ${direction} ${count === 1 ? 'rule gets' : 'rules get'} another priority or description; no traffic is affected`;
  return [{ harm: 'no traffic', text }];
}

/** The denial at the end: without it the default rules let in every address that the virtual network has a route to. */
function denials(graph: PlannedGraph): readonly Effect[] {
  const isDenial = ({ access, direction }: Attributes) => access === 'Deny' && direction === 'Inbound';
  const gone = graph.of(RULE_TYPE).filter((rule) => removes(rule) && isDenial(rule.before));
  const others = graph.of(RULE_TYPE, 'after').filter((rule) => isDenial(rule.after));
  if (gone.length === 0 || others.length > 0) return [];
  const text =
    "the denial of all else is removed: Azure's default rules let in the site and all networks that are connected";
  return [{ harm: 'filter removed', text }];
}

/** What a rule allows, a value for each source and port range; nothing for a denial. */
export function allowedBy(rule: Attributes): readonly AllowedTraffic[] {
  if (rule.access !== 'Allow') return [];
  const isOut = rule.direction === 'Outbound';
  const side = isOut ? 'destination' : 'source';
  const peers = values(rule[`${side}_address_prefix`], rule[`${side}_address_prefixes`]);
  const ports = values(rule.destination_port_range, rule.destination_port_ranges);
  const protocol = String(rule.protocol ?? '*').toLowerCase();
  return peers.flatMap((peer) =>
    ports.map((range): AllowedTraffic => {
      const [from = -1, to = from] = range === '*' ? [] : range.split('-').map(Number);
      const isAny = protocol === '*' && from === -1;
      const isOfType = protocol === 'icmp';
      return {
        protocol: isAny ? ALL : protocol === '*' ? 'every protocol' : protocol,
        from: isAny || isOfType ? -1 : from === -1 ? 0 : from,
        to: isAny || isOfType ? -1 : from === -1 ? 65535 : to,
        peer: peer === '*' || peer === 'Internet' || peer === '0.0.0.0/0' ? '0.0.0.0/0 (public)' : peer,
      };
    }),
  );
}

function values(one: unknown, several: unknown): readonly string[] {
  const all = [...(typeof one === 'string' && one !== '' ? [one] : []), ...texts(several)];
  return all.length === 0 ? ['*'] : all;
}

/** A rule in words. */
interface Named {
  readonly text: string;
  readonly about: readonly ScrubbedChange[];
}

function line(harm: Effect['harm'], label: string, rules: readonly Named[], then = ''): readonly Effect[] {
  if (rules.length === 0) return [];
  const more = rules.length > SHOWN ? ` and ${rules.length - SHOWN} more` : '';
  const shown = rules.slice(0, SHOWN).map(({ text }) => text);
  const about = rules.flatMap((rule) => rule.about);
  return [{ harm, text: `${label}: ${shown.join(', ')}${more}${then}`, about }];
}
