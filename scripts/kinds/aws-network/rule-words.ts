import { PENDING_TEXT } from '../../../model/net/address';
import { creates, removes } from '../../../terraform/plan/drift';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';

/** More rules than these are counted. */
const SHOWN = 4;

/** The rules of security groups that a plan adds, changes and removes: `ingress: + tcp 22 from 10.0.2.0/24`. */
export function rulesWords(changes: readonly ScrubbedChange[]): readonly string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rules = changes.filter(({ type }) => directionOf(type) === direction);
    const parts = [
      part('+', rules.filter(creates)),
      part(
        '~',
        rules.filter((rule) => !creates(rule) && !removes(rule)),
      ),
      part('-', rules.filter(removes)),
    ].filter((text) => text !== '');
    return parts.length === 0 ? [] : [`${direction}: ${parts.join('; ')}`];
  });
}

/** Whether a resource is such a rule. */
export function isRule({ type }: ScrubbedChange): boolean {
  return directionOf(type) !== undefined;
}

/** One rule: `tcp 22 from 10.0.2.0/24`; with an arrow where an update changes it. */
export function ruleChangeText(change: ScrubbedChange): string {
  const direction = directionOf(change.type) ?? 'ingress';
  if (creates(change)) return ruleText(direction, change.planned);
  const before = ruleText(direction, change.before);
  if (removes(change)) return before;
  const after = ruleText(direction, change.planned);
  return before === after ? before : `${before} → ${after}`;
}

function part(sign: string, rules: readonly ScrubbedChange[]): string {
  if (rules.length === 0) return '';
  const texts = rules.map(ruleChangeText).sort();
  const more = texts.length - SHOWN;
  return `${sign} ${texts.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
