import type { PlannedGraph, Side } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { ALL, type AllowedTraffic } from '../../allowed-traffic';

export function allowedBy(rule: ScrubbedChange, graph: PlannedGraph, side: Side): AllowedTraffic {
  const { ip_protocol, from_port, to_port, cidr_ipv4, cidr_ipv6, ...peers } = rule[side];
  const { prefix_list_id, referenced_security_group_id } = peers;
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
      : String(cidr_ipv4 ?? cidr_ipv6 ?? prefix_list_id ?? referenced_security_group_id ?? 'another group'),
  };
}
