import { creates, removes } from '../../../terraform/plan/drift';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';
import { ruleText } from '../allowed-traffic';
import type { ValueWords } from '../kind';
import { CONNECTION_TYPE } from './applied-keys';
import { policyChange } from './plan/connection-effects';
import { block } from './plan/effects';
import { allowedBy, RULE_TYPE } from './plan/rule-effects';

/** The attributes of a rule that its words tell. */
const RULE = [
  'access',
  'direction',
  'protocol',
  'source_address_prefix',
  'source_address_prefixes',
  'source_port_range',
  'source_port_ranges',
  'destination_address_prefix',
  'destination_address_prefixes',
  'destination_port_range',
  'destination_port_ranges',
];

/** What a change of one resource is in a few words, where its attributes say it in many. */
export function azureValueWords(change: ScrubbedChange): ValueWords | undefined {
  const { type, changed, before, after, planned = after } = change;
  if (type === RULE_TYPE) return { words: [ruleChange(change)], told: RULE };
  if (type !== CONNECTION_TYPE || creates(change) || !changed.includes('ipsec_policy')) return undefined;
  return {
    words: [policyChange(block(before.ipsec_policy), block(planned.ipsec_policy))],
    told: ['ipsec_policy'],
  };
}

function ruleChange(change: ScrubbedChange): string {
  const { before, after, planned = after } = change;
  if (creates(change)) return ruleWords(planned);
  const old = ruleWords(before);
  if (removes(change)) return old;
  const now = ruleWords(planned);
  return old === now ? old : `${old} → ${now}`;
}

/** `tcp 22 from 10.0.2.0/24`, or `deny all else`. */
function ruleWords(rule: Attributes): string {
  if (rule.access === 'Deny') return 'deny all else';
  const direction = rule.direction === 'Outbound' ? 'egress' : 'ingress';
  return allowedBy(rule)
    .map((traffic) => ruleText(traffic, direction))
    .join(', ');
}
