import { listed } from '../../../base/text/listed';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import type { Drift } from '../../../terraform/plan/stack-plan';

/** Attributes that the cloud changes by itself: telemetry and learned routes are no drift. */
const TELEMETRY: Readonly<Record<string, readonly string[]>> = {
  aws_vpn_connection: ['vgw_telemetry', 'routes'],
};

/** What a change of an existing network means, the most hurtful first. */
export function changeWords(plan: ScrubbedPlan): readonly string[] {
  const told = new Set<ScrubbedChange>();
  const sentences: string[] = [];
  const tell = (type: string, does: (change: ScrubbedChange) => readonly string[]) => {
    for (const change of plan.changes.filter((candidate) => candidate.type === type)) {
      const words = does(change);
      if (words.length > 0) told.add(change);
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
  sentences.push(...ruleWords(plan.changes, told));
  sentences.push(...restWords(plan.changes.filter((change) => !told.has(change))));
  return sentences;
}

/**
 * What somebody changed outside of Terraform, as far as this plan changes it back. What the cloud fills in by itself after a
 * resource is made differs from the state too, but nothing follows from it.
 */
export function driftOf(plan: ScrubbedPlan): readonly Drift[] {
  return plan.drift.flatMap((drifted) => {
    const { address, type } = drifted;
    if (drifted.actions.includes('delete')) return [{ address, attributes: [] }];
    const answer = plan.changes.find((change) => change.address === address);
    // Of what goes anyway nothing is changed back.
    if (answer === undefined || removes(answer)) return [];
    const attributes = drifted.changed.filter(
      (name) =>
        answer.changed.includes(name) &&
        !(isReplaced(answer) && isComputed(answer, name)) &&
        !TELEMETRY[type]?.includes(name) &&
        name !== 'tags_all',
    );
    return attributes.length > 0 ? [{ address, attributes }] : [];
  });
}

/** One line per drifted object. */
export function driftWords(drift: readonly Drift[]): readonly string[] {
  return drift.map(({ address, attributes }) =>
    attributes.length === 0
      ? `drift: ${address} is gone, but not by Terraform`
      : `drift: ${address} was changed outside of Terraform: ${attributes.join(', ')}`,
  );
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

function ruleWords(changes: readonly ScrubbedChange[], told: Set<ScrubbedChange>): readonly string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rules = changes.filter((change) => change.type === `aws_vpc_security_group_${direction}_rule`);
    for (const rule of rules) told.add(rule);
    const parts = [
      unlessNone(rules.filter(creates).length, 'added'),
      unlessNone(rules.filter((rule) => rule.actions.join() === 'update').length, 'changed'),
      unlessNone(rules.filter(isReplaced).length, 'replaced'),
      unlessNone(rules.filter(removes).length, 'removed'),
    ].filter((part) => part !== '');
    return parts.length > 0 ? [`${direction} rules: ${parts.join(', ')}`] : [];
  });
}

/** Everything else, by what is done and to which type. */
function restWords(changes: readonly ScrubbedChange[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const change of changes) {
    const tagsOnly = change.changed.every((name) => name === 'tags' || name === 'tags_all');
    const action = isReplaced(change)
      ? 'replaced'
      : removes(change)
        ? 'destroyed'
        : creates(change)
          ? 'made'
          : tagsOnly
            ? 'tags change'
            : 'changed in place';
    const what = change.address.replace(/^aws_/, '');
    groups.set(action, [...(groups.get(action) ?? []), what]);
  }
  return [...groups].map(([action, all]) => {
    const shown = all.slice(0, 4).join(', ');
    return `${action}: ${shown}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`;
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

/** Set by the cloud, and unknown only because something else changes. */
function isComputed(change: ScrubbedChange, name: string): boolean {
  return change.after[name] === undefined || change.after[name] === null;
}

function isReplaced(change: ScrubbedChange): boolean {
  return change.actions.length === 2;
}

function removes(change: ScrubbedChange): boolean {
  return change.actions.join() === 'delete';
}

function creates(change: ScrubbedChange): boolean {
  return change.actions.join() === 'create';
}

function unlessNone(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}`;
}
