import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import type { ValueWords } from '../kind';
import { cryptoChange } from './crypto-words';
import { isRule, ruleChangeText } from './rule-words';

/** The attributes of a rule that its words tell. */
const RULE = [
  'ip_protocol',
  'from_port',
  'to_port',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_id',
  'referenced_security_group_id',
];

/** What a change of one resource is in a few words, where its attributes say it in many. */
export function awsValueWords(change: ScrubbedChange): ValueWords | undefined {
  if (isRule(change)) return { words: [ruleChangeText(change)], told: RULE };
  if (change.type === 'aws_vpn_connection' && change.actions.join() !== 'create') return cryptoChange(change);
  return undefined;
}
