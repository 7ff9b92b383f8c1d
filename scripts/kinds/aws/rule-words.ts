import { PENDING_TEXT } from '../../../model/net/address';
import { creates, removes } from '../../../terraform/plan/drift';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';

/** Whether a resource is such a rule. */
export function isRule({ type }: ScrubbedChange): boolean {
  return directionOf(type) !== undefined;
}

/** One rule: `tcp 22 from 10.0.2.0/24`; with an arrow where an update changes it. */
export function ruleChangeText(change: ScrubbedChange): string {
  const direction = directionOf(change.type) ?? 'ingress';
  if (creates(change)) return ruleText(direction, change.planned ?? change.after);
  const before = ruleText(direction, change.before);
  if (removes(change)) return before;
  const after = ruleText(direction, change.planned ?? change.after);
  return before === after ? before : `${before} → ${after}`;
}

function directionOf(type: string): 'ingress' | 'egress' | undefined {
  const direction = /^aws_vpc_security_group_(ingress|egress)_rule$/.exec(type)?.[1];
  return direction === 'ingress' || direction === 'egress' ? direction : undefined;
}

function ruleText(direction: 'ingress' | 'egress', rule: Attributes): string {
  return `${trafficText(rule)} ${direction === 'ingress' ? 'from' : 'to'} ${peerText(rule)}`;
}

function trafficText({ ip_protocol, from_port, to_port }: Attributes): string {
  const protocol = String(ip_protocol);
  if (protocol === '-1') return 'everything';
  const [from, to] = [Number(from_port ?? -1), Number(to_port ?? -1)];
  if (/^icmp/.test(protocol)) {
    return [protocol, ...(from === -1 ? [] : [`type ${from}`]), ...(to === -1 ? [] : [`code ${to}`])].join(
      ' ',
    );
  }
  if (from === -1 || (from === 0 && to === 65535)) return protocol;
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

function peerText(rule: Attributes): string {
  const { cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_security_group_id: group } = rule;
  const address = cidr_ipv4 ?? cidr_ipv6 ?? prefix_list_id;
  if (address !== undefined && address !== null && address !== '') return String(address);
  // A group of another owner would be known by its id before the apply.
  return group === PENDING_TEXT || group === rule.security_group_id ? 'its own group' : String(group);
}
