import { MOST_RULES, RULE_PRIORITIES, RULE_PROTOCOLS } from '../../../model/clouds/azure/limits';
import { checkDescription } from '../../../model/clouds/azure/rule-description';
import { seenFromOutside } from '../../../model/clouds/azure/translation';
import type { Cidr } from '../../../model/net/cidr';
import { Port } from '../../../model/net/port';
import { protocolText } from '../../../model/net/protocol';
import { distinctRules, type Rule, ruleKey } from '../../../model/net/rule';
import { rulePriorities } from '../../../model/net/rule-priorities';
import { ValueError } from '../../../model/value-error';
import { complete } from '../../ground/complete';
import type { RulePriorities } from '../../ground/network';
import type { ProblemList } from '../../ground/problem-list';
import { type RuleLimits, readIngress } from '../../ingress/read';
import { type EntryNetworks, ingressSources } from '../../ingress/resolve';
import type { Around } from '../kind';
import { type NetworkDraft, translationsOf } from './draft';
import type { PrioritizedRule } from './network';

const LIMITS: RuleLimits = {
  checkCount: (count, where, problems) => {
    if (count <= MOST_RULES) return;
    const message = `makes ${count} rules; a network security group of Azure has room for ${MOST_RULES} of ours`;
    problems.error('many-rules', where, message, 'name fewer, wider sources');
  },
  checkPort,
  checkDescription,
  takesIds: false,
};

/** A rule of a security group has the protocols of azurerm, and no types of ICMP. @throws ValueError */
function checkPort({ protocol, from = -1, to = -1, key }: Port): void {
  if (!RULE_PROTOCOLS.includes(protocol))
    throw new ValueError('tcp, udp, icmp, esp, ah or all, which Azure has rules for', protocolText(protocol));
  if (protocol === 'icmp' && (from >= 0 || to >= 0))
    throw new ValueError('icmp without a type and a code, which rules of Azure do not have', key, {
      fix: 'remove icmp_type and icmp_code: all of ICMP is allowed',
    });
}

/** The ingress rules of a network, in which profiles and references to other entries are resolved. */
export function resolveIngress(
  { key, place, draft, vpn }: NetworkDraft,
  around: Around<unknown>,
  entries: EntryNetworks,
  problems: ProblemList,
): readonly Rule[] {
  const where = place.below('create', 'ingress');
  const sources = ingressSources(key, around, entries);
  const translations = vpn === undefined ? [] : translationsOf(vpn, 'IngressSnat');
  const seen = (networks: readonly Cidr[] = []) =>
    networks.flatMap((network) => seenFromOutside(network, translations));
  // What comes from the site is translated before a rule looks at it.
  const translated = { ...sources, site: seen(sources.site), mesh: seen(sources.mesh) };
  const rules = readIngress(where, draft.create?.ingress, translated, LIMITS, problems);
  return withoutIcmpTypes(rules);
}

/** Profiles name types of ICMP, which rules of Azure do not have: one rule allows all of ICMP from the same source. */
function withoutIcmpTypes(rules: readonly Rule[]): readonly Rule[] {
  return distinctRules(
    rules.map((rule) =>
      rule.port.protocol === 'icmp' ? { ...rule, port: Port.icmp(), description: 'ICMP' } : rule,
    ),
  );
}

/** The rules with the priorities that the lock file keeps, and what the lock file is to keep. */
export function prioritized(
  rules: readonly Rule[],
  locked: RulePriorities,
): { readonly ingress: readonly PrioritizedRule[]; readonly priorities: RulePriorities } {
  const keys = rules.map((rule) => ruleKey(rule));
  const priorities = complete(rulePriorities(keys, locked, RULE_PRIORITIES));
  return {
    priorities,
    ingress: rules.map((rule, index) => {
      const key = complete(keys[index]);
      return { key, priority: complete(priorities[key]), rule };
    }),
  };
}
