import type { Resources } from '../planned-case';
import { lab, RULE, type TrafficCase, without } from './case';

function addEgress({ aws_vpc_security_group_egress_rule: rules }: Resources): void {
  const [rule] = Object.values(rules ?? {});
  Object.assign(rules ?? {}, { More: { ...rule, ip_protocol: 'tcp', from_port: 25, to_port: 25 } });
}

/** The security group and its rules. */
export const RULE_CASES: readonly TrafficCase[] = [
  {
    name: 'a security group that failed',
    environment: 'lab',
    taint: 'aws_security_group.Nodes_Group',
    changes: ['security group replaced'],
    says: [
      "the nodes' security group is REPLACED (its creation had failed): delete all nodes first, because AWS refuses to delete a group that is in use; the entries name the new one",
    ],
  },
  {
    name: 'a rule is added',
    environment: 'lab',
    edits: lab(RULE, `${RULE}, { protocol: tcp, ports: '443', from: [site, self], description: web }`),
    changes: ['ingress added'],
    says: ['ingress newly allowed: tcp 443 from 10.0.2.0/24, tcp 443 from self'],
  },
  {
    name: 'a rule is removed',
    environment: 'lab',
    edits: lab(RULE, ''),
    changes: ['ingress removed'],
    says: ['ingress no longer allowed: tcp 22 from 10.0.2.0/24; AWS refuses it for new connections'],
  },
  {
    name: 'a rule is removed that another one covers',
    environment: 'lab',
    edits: lab(RULE, '{ protocol: all, from: [site], description: all }'),
    changes: ['ingress widened'],
    says: ['ingress widened: tcp 22 from 10.0.2.0/24 → everything from 10.0.2.0/24'],
  },
  {
    name: 'a rule allows more ports',
    environment: 'lab',
    edits: lab("'22'", "'20-30'"),
    changes: ['ingress widened'],
    says: ['ingress widened: tcp 22 from 10.0.2.0/24 → tcp 20-30 from 10.0.2.0/24'],
  },
  {
    name: 'a rule allows everybody',
    environment: 'lab',
    edits: lab('from: [site]', "from: [0.0.0.0/0], allow_public: 'a public service'"),
    changes: ['ingress widened'],
    says: ['ingress widened: tcp 22 from 10.0.2.0/24 → tcp 22 from 0.0.0.0/0'],
  },
  {
    name: 'a rule allows fewer addresses',
    environment: 'lab',
    edits: lab('from: [site]', 'from: [10.0.2.128/25]'),
    changes: ['ingress narrowed'],
    says: [
      'ingress narrowed: tcp 22 from 10.0.2.0/24 → tcp 22 from 10.0.2.128/25; AWS refuses it for new connections',
    ],
  },
  {
    name: 'a rule that failed',
    environment: 'lab',
    taint: 'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-10_0_2_0-24',
    changes: ['ingress narrowed'],
    says: ['ingress rule REPLACED, refused for a moment: tcp 22 from 10.0.2.0/24'],
  },
  {
    name: 'an egress rule is removed',
    environment: 'lab',
    configure: without('aws_vpc_security_group_egress_rule', 'Nodes_Out-all-to-0_0_0_0-0'),
    changes: ['egress removed'],
    says: ['egress no longer allowed: everything to 0.0.0.0/0; AWS refuses it for new connections'],
  },
  {
    name: 'an egress rule is added',
    environment: 'lab',
    configure: addEgress,
    changes: ['egress added'],
    says: ['egress newly allowed: tcp 25 to 0.0.0.0/0'],
  },
  {
    name: 'the description of a rule',
    environment: 'lab',
    edits: lab('description: SSH', 'description: Shell'),
    changes: ['rule descriptions'],
    says: ['the description of an ingress rule changes; no traffic is affected'],
  },
  {
    name: 'a profile in place of one rule',
    environment: 'lab',
    edits: lab(`[${RULE}]`, 'vc-node'),
    changes: ['ingress added', 'rule descriptions'],
    says: [
      'ingress newly allowed: icmp type 3 code 4 from 10.0.2.0/24, icmp type 8 from 10.0.2.0/24, tcp 18083 from 10.0.2.0/24, tcp 20022 from 10.0.2.0/24 and 9 more',
      'the description of an ingress rule changes; no traffic is affected',
    ],
  },
  {
    name: 'a rule is removed, and a wider one stays',
    environment: 'zones',
    edits: [['zones.yml', RULE, '']],
    changes: ['rule descriptions'],
    says: ['ingress rules removed, and others still allow the same: tcp 22 from 10.0.2.0/24'],
  },
  {
    name: 'the wider of two rules is removed',
    environment: 'zones',
    edits: [['zones.yml', "{ protocol: tcp, ports: '20-30', from: [site], description: wide },", '']],
    changes: ['ingress removed'],
    says: [
      'ingress no longer allowed: tcp 20-30 from 10.0.2.0/24 (others still allow a part of it); AWS refuses it for new connections',
    ],
  },
];
