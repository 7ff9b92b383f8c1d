import { Cidr } from '../../../../model/net/cidr';
import type { PlannedGraph, Side } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

/** What a rule of a security group allows. */
export interface AllowedTraffic {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** A CIDR, the id of a prefix list, `self` or another group. */
  readonly peer: string;
}

const ALL = '-1';

export function allowedBy(rule: ScrubbedChange, graph: PlannedGraph, side: Side): AllowedTraffic {
  const { ip_protocol, from_port, to_port, cidr_ipv4, prefix_list_id, referenced_security_group_id } =
    rule[side];
  const group = graph.target(rule, 'security_group_id', 'aws_security_group', side);
  const other = graph.target(rule, 'referenced_security_group_id', 'aws_security_group', side);
  const isSelf = other !== undefined && other === group;
  const protocol = String(ip_protocol ?? ALL);
  const hasPorts = protocol !== ALL;
  return {
    protocol,
    from: hasPorts ? Number(from_port ?? -1) : -1,
    to: hasPorts ? Number(to_port ?? -1) : -1,
    peer: isSelf
      ? 'self'
      : String(cidr_ipv4 ?? prefix_list_id ?? referenced_security_group_id ?? 'another group'),
  };
}

/** `tcp 22 from 10.0.2.0/24` */
export function ruleText(
  { protocol, from, to, peer }: AllowedTraffic,
  direction: 'ingress' | 'egress',
): string {
  const where = `${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
  if (protocol === ALL) return `everything ${where}`;
  if (protocol === 'icmp')
    return `icmp ${from === -1 ? 'of every type' : `type ${from}${to === -1 ? '' : ` code ${to}`}`} ${where}`;
  return `${protocol} ${from === to ? from : `${from}-${to}`} ${where}`;
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
