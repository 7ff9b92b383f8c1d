import type { AddressedResource } from '../../../../terraform/plan/prior-resources';
import type { Unmanaged } from '../../drift';

type Values = Readonly<Record<string, unknown>>;

/** A group of another account is named `ACCOUNT/sg-…`. */
const ACCOUNT = /^.*\//;

const GROUPS = ['aws_security_group', 'aws_default_security_group'];

/** Rules of our security groups that are none of our resources: a group lists all that it has. */
export function unmanagedRules(resources: readonly AddressedResource[]): readonly Unmanaged[] {
  const ours = new Set(
    resources.flatMap(({ type, values }) => {
      const direction = /^aws_vpc_security_group_(ingress|egress)_rule$/.exec(type)?.[1];
      return direction === undefined
        ? []
        : [`${text(values.security_group_id)} ${ownRule(direction, values)}`];
    }),
  );
  return resources
    .filter(({ type }) => GROUPS.includes(type))
    .flatMap(({ address, values }) =>
      ['ingress', 'egress'].flatMap((direction) =>
        rulesOf(direction, values)
          .filter((rule) => !ours.has(`${text(values.id)} ${rule}`))
          .map((rule) => ({ what: 'rule', id: rule, in: address, listedIn: direction })),
      ),
    );
}

/** The rules of a group in one direction, one for each peer. */
function rulesOf(direction: string, group: Values): readonly string[] {
  const rules = group[direction];
  return (Array.isArray(rules) ? rules : []).flatMap((rule: Values) => {
    const peers = [
      ...texts(rule.cidr_blocks),
      ...texts(rule.ipv6_cidr_blocks),
      ...texts(rule.prefix_list_ids),
      ...texts(rule.security_groups).map((peer) => peer.replace(ACCOUNT, '')),
      ...(rule.self === true ? [text(group.id)] : []),
    ];
    return peers.map((peer) => ruleText(direction, rule.protocol, rule.from_port, rule.to_port, peer));
  });
}

function ownRule(direction: string, rule: Values): string {
  const peers = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id'].map((name) => text(rule[name]));
  const group = text(rule.referenced_security_group_id).replace(ACCOUNT, '');
  const peer = [...peers, group].find((one) => one !== '') ?? '';
  return ruleText(direction, rule.ip_protocol, rule.from_port, rule.to_port, peer);
}

/** `ingress tcp 22 from 10.0.2.0/24`, `egress all to 0.0.0.0/0`. */
function ruleText(direction: string, protocol: unknown, from: unknown, to: unknown, peer: string): string {
  const name = text(protocol).toLowerCase();
  const isAll = name === '-1' || name === 'all';
  const ports =
    isAll || from === null || from === undefined ? '' : ` ${from === to ? from : `${from}-${to}`}`;
  return `${direction} ${isAll ? 'all' : name}${ports} ${direction === 'egress' ? 'to' : 'from'} ${peer}`;
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).filter((one): one is string => typeof one === 'string');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
