import { NO_ENDS } from '../review/both-ends';
import { planDigest } from '../review/record/digest';
import type { NormalPlan } from '../review/record/normal-plan';
import type { PlannedOutcome, ReviewRecord, StackRecord } from '../review/record/record';

/** The review records of a large environment whose stacks change many rules each. */
export const STACKS = 400;
export const RESOURCES = 35;

/** One for each stack, and the environment's. */
export function largeRecords(): readonly ReviewRecord[] {
  const ids = Array.from({ length: STACKS }, (_, index) => `big-aws-network${index}`);
  const head = {
    version: 1,
    environment: 'big',
    stacks: ids,
    origin: {
      commit: '0123456789abcdef0123456789abcdef01234567',
      dirty: false,
      catalog: 'c'.repeat(64),
      lock: 'd'.repeat(64),
      kakehashi: '0.1.0',
      terraform: 'terraform 1.11.4',
      providers: { 'hashicorp/aws': '5.100.0' },
      simulated: false,
      made: '2026-11-30T12:00:00.000Z',
    },
  } as const;
  return [
    ...ids.map(
      (stack, index): StackRecord => ({
        record: 'stack',
        ...head,
        stack,
        kind: 'aws-network',
        requires: [],
        outcome: planned(stack, index),
      }),
    ),
    {
      record: 'environment',
      ...head,
      ends: { ...NO_ENDS, hosts: [host(ids)] },
      notes: [],
      findings: [],
      requireReview: false,
    },
  ];
}

function planned(stack: string, index: number): PlannedOutcome {
  const rules = Array.from({ length: RESOURCES }, (_, at) => ({
    address: `aws_vpc_security_group_ingress_rule.Nodes_In-tcp-${at}`,
    port: 8000 + at,
    cidr: `10.${index % 250}.${at}.0/24`,
  }));
  const type = 'aws_vpc_security_group_ingress_rule';
  const plan: NormalPlan = {
    changes: rules.map(({ address, port, cidr }) => ({
      address,
      type,
      action: 'create',
      replacedBy: [],
      attributes: [
        { name: 'cidr_ipv4', after: cidr },
        { name: 'from_port', after: port },
        { name: 'to_port', after: port },
      ],
    })),
    outputs: [],
  };
  return {
    kind: 'planned',
    digest: planDigest(plan),
    plan,
    summary: {
      stack,
      counts: { create: RESOURCES, update: 0, replace: 0, delete: 0, import: 0, forget: 0 },
      resources: rules.map(({ address }) => ({ address, resourceType: type, action: 'create' })),
      outputs: ['catalog'],
      drift: [],
      effects: [
        {
          weight: index % 3 === 0 ? 'outage' : 'changed',
          text: `crypto modern → compatible, both tunnels of ネットワーク ${index}: they are down from the apply until the gateway host has loaded its new files`,
          addresses: ['aws_vpn_connection.Vpn_Connection'],
        },
        {
          weight: 'widened',
          text: `ingress newly allowed: tcp 8000 from 10.${index % 250}.0.0/24 and ${RESOURCES - 1} more`,
          addresses: rules.map(({ address }) => address),
        },
      ],
      values: rules.map(({ address, port, cidr }) => ({
        address,
        type,
        action: 'create',
        words: [`tcp ${port} from ${cidr}`],
        told: ['cidr_ipv4', 'from_port', 'to_port'],
        changes: [
          { attribute: 'cidr_ipv4', after: cidr },
          { attribute: 'from_port', after: port },
          { attribute: 'to_port', after: port },
          { attribute: 'id', after: '(known after apply)' },
          { attribute: 'tags', after: { 'kakehashi:entry': `big/aws/network${index}`, project: 'big' } },
        ],
      })),
      outputValues: {},
    },
    findings: [
      {
        rule: 'KKH-NET-04',
        severity: 'medium',
        verdict: 'violated',
        text: 'the VPC writes no flow logs',
        stack,
        address: 'aws_vpc.Network_Vpc',
        position: { file: 'catalog/big.yml', line: index * 7 + 3, column: 3, endColumn: 9 },
      },
    ],
    positions: Object.fromEntries(
      rules.map(({ address }) => [
        address,
        { file: 'catalog/big.yml', line: index * 7 + 5, column: 7, endColumn: 14 },
      ]),
    ),
  };
}

function host(ids: readonly string[]) {
  return {
    publicIp: '198.51.100.10',
    host: '10.0.2.15',
    folder: 'out/gateway/198.51.100.10',
    changes: ids.map((id) => ({
      path: `etc/ipsec.d/kakehashi-${id}.conf`,
      kind: 'changed' as const,
      patch: `--- etc/ipsec.d/kakehashi-${id}.conf\n+++ etc/ipsec.d/kakehashi-${id}.conf\n@@ -1,2 +1,2 @@\n-\tike=aes_gcm256-sha2_384;dh20\n+\tike=aes256-sha2_256;dh14\n`,
    })),
    newKeys: [],
    steps: ids.map((id) => `ipsec auto --replace ${id}-1 && ipsec auto --up ${id}-1`),
    ends: false,
  };
}
