import { listed } from '../../../base/text/listed';
import { creates, isComputed, isReplaced, removes } from '../../../terraform/plan/drift';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import { plainSentences } from '../plain-sentences';

/** What a change of an existing network means, the most hurtful first. */
export function changeWords(plan: ScrubbedPlan): readonly string[] {
  const described = new Set<ScrubbedChange>();
  const sentences: string[] = [];
  const tell = (type: string, does: (change: ScrubbedChange) => readonly string[]) => {
    for (const change of plan.changes.filter((candidate) => candidate.type === type)) {
      const words = does(change);
      if (words.length > 0) described.add(change);
      sentences.push(...words);
    }
  };
  tell('aws_vpc', vpcWords);
  tell('aws_vpn_connection', connectionWords);
  tell('aws_customer_gateway', (change) =>
    isReplaced(change) ? [`the site's end as AWS knows it is REPLACED${because(change)}`] : [],
  );
  tell('aws_subnet', subnetWords);
  tell('aws_nat_gateway', (change) =>
    isReplaced(change) || removes(change) ? ["a NAT gateway goes: its nodes' outside address changes"] : [],
  );
  sentences.push(...ruleWords(plan.changes, described));
  const rest = plan.changes.filter((change) => !described.has(change));
  sentences.push(...plainSentences(rest));
  return sentences;
}

function vpcWords(change: ScrubbedChange): readonly string[] {
  if (isReplaced(change))
    return [`the VPC is REPLACED${because(change)}: everything in it goes and is built anew`];
  if (removes(change)) return [`VPC ${change.before.cidr_block ?? ''} is DESTROYED, with all that is in it`];
  if (creates(change)) return [`VPC ${change.after.cidr_block ?? ''} is made`];
  return [];
}

function connectionWords(change: ScrubbedChange): readonly string[] {
  if (isReplaced(change)) {
    return [
      `the VPN connection is REPLACED${because(change)}`,
      "both tunnels go down; new outside addresses and keys; the gateway's files change",
    ];
  }
  if (removes(change)) return ['the VPN connection is DESTROYED: both tunnels go down'];
  if (creates(change)) return ["a VPN connection is made: the gateway's files change"];
  const options = change.changed.filter((name) => /^tunnel[12]_/.test(name) && !isComputed(change, name));
  if (options.length === 0) return [];
  const restart = new Set(options.map((name) => name.slice(0, 7))).size > 1;
  return [
    `the VPN's ${listed([...new Set(options.map(attributeWords))])} ${options.length === 1 ? 'changes' : 'change'} in place: ${restart ? 'the tunnels restart one after the other' : 'that tunnel restarts'}`,
  ];
}

function subnetWords(change: ScrubbedChange): readonly string[] {
  if (isReplaced(change))
    return [`subnet ${change.before.cidr_block ?? ''} is REPLACED${because(change)}: its nodes go`];
  if (removes(change)) return [`subnet ${change.before.cidr_block ?? ''} goes`];
  if (creates(change)) return [`subnet ${change.after.cidr_block ?? ''} is added`];
  return [];
}

function ruleWords(changes: readonly ScrubbedChange[], described: Set<ScrubbedChange>): readonly string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rules = changes.filter((change) => change.type === `aws_vpc_security_group_${direction}_rule`);
    for (const rule of rules) described.add(rule);
    const parts = [
      unlessNone(rules.filter(creates).length, 'added'),
      unlessNone(rules.filter((rule) => rule.actions.join() === 'update').length, 'changed'),
      unlessNone(rules.filter(isReplaced).length, 'replaced'),
      unlessNone(rules.filter(removes).length, 'removed'),
    ].filter((part) => part !== '');
    return parts.length > 0 ? [`${direction} rules: ${parts.join(', ')}`] : [];
  });
}

/** ` (inside CIDR of tunnel 2 changes)`. */
function because(change: ScrubbedChange): string {
  const causes = [...new Set(change.replacedBy.map(attributeWords))];
  if (causes.length === 0)
    return change.reason === 'replace_because_tainted' ? ' (its creation had failed)' : '';
  return ` (${listed(causes)} ${causes.length === 1 ? 'changes' : 'change'})`;
}

/** `tunnel2_inside_cidr` → `inside CIDR of tunnel 2`. */
function attributeWords(name: string): string {
  const tunnel = /^tunnel([12])_(.+)$/.exec(name);
  const words = (tunnel?.[2] ?? name)
    .replaceAll('_', ' ')
    .replace(/\bphase([12])\b/g, 'phase $1')
    .replace(/ seconds$/, '')
    .replace(/\bcidr\b/g, 'CIDR')
    .replace(/\bike\b/g, 'IKE')
    .replace(/\bdpd\b/g, 'DPD')
    .replace(/\bdh\b/g, 'DH')
    .replace(/\bip\b/g, 'IP')
    .replace(/\bbgp asn\b/g, 'BGP ASN')
    .replace('preshared', 'pre-shared');
  return tunnel === null ? words : `${words} of tunnel ${tunnel[1]}`;
}

function unlessNone(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}`;
}
