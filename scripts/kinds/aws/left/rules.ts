import type { Attributes } from '../../../../terraform/state/state-file';
import type { ImportedLeft, LeftQuestion } from '../../left';
import { textOf } from './named';

const IDS = 'aws_vpc_security_group_rules';
const EACH = 'aws_vpc_security_group_rule';

/** A rule of a security group, by what it allows: two rules of a group never allow the same. */
export function groupRule(isEgress: boolean): ImportedLeft {
  return {
    how: 'import',
    identity: 'its group, protocol, ports and peer',
    questions: ({ planned }) => questionsOf(planned),
    ids: ({ planned }, known) =>
      questionsOf(planned).flatMap((question) =>
        rulesIn(known.answer(question)).flatMap((rule) => {
          const id = textOf(rule, 'security_group_rule_id');
          const fits = rule.is_egress === isEgress && keyOf(rule) === keyOf(planned);
          return id !== undefined && fits ? [id] : [];
        }),
      ),
    // The group is this stack's, and nobody else can have made the same rule in it.
    isOurs: () => true,
  };
}

function questionsOf(planned: Attributes): readonly LeftQuestion[] {
  const group = textOf(planned, 'security_group_id');
  if (group === undefined) return [];
  return [
    {
      data: {
        [IDS]: { filter: [{ name: 'group-id', values: [group] }] },
        [EACH]: {
          // The provider answers null for a group without rules.
          for_each: `\${toset(data.${IDS}.NAME.ids != null ? data.${IDS}.NAME.ids : [])}`,
          security_group_rule_id: '${each.value}',
        },
      },
      value: `\${[for rule in values(data.${EACH}.NAME) : { security_group_rule_id = rule.security_group_rule_id, is_egress = rule.is_egress, ip_protocol = rule.ip_protocol, from_port = rule.from_port, to_port = rule.to_port, cidr_ipv4 = rule.cidr_ipv4, cidr_ipv6 = rule.cidr_ipv6, prefix_list_id = rule.prefix_list_id, referenced_security_group_id = rule.referenced_security_group_id }]}`,
    },
  ];
}

/** What a rule allows. Of all protocols no ports are told. */
function keyOf(rule: Attributes): string {
  const protocol = textOf(rule, 'ip_protocol') ?? '-1';
  const ports = protocol === '-1' ? [] : [rule.from_port ?? -1, rule.to_port ?? -1];
  const peer = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].map(
    (name) => textOf(rule, name) ?? '',
  );
  return JSON.stringify([protocol, ...ports, ...peer]);
}

function rulesIn(answer: unknown): readonly Attributes[] {
  return Array.isArray(answer)
    ? answer.flatMap((one: unknown) =>
        typeof one === 'object' && one !== null ? [Object.fromEntries(Object.entries(one))] : [],
      )
    : [];
}
