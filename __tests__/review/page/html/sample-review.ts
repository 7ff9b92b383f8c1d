import { loadEnvironment } from '../../../../catalog/load';
import { planDigest } from '../../../../review/record/digest';
import type { PlannedOutcome, StackRecord } from '../../../../review/record/record';
import type { Review } from '../../../../review/review';
import type { RuleFinding } from '../../../../rules/finding';
import { sceneOf } from '../../../../scripts/run/scene/scene-of';
import type { PlanEffect } from '../../../../terraform/plan/effect';
import { countsOf } from '../../../../terraform/plan/stack-plan';
import { SAMPLE_ORIGIN } from '../../../support/records';

interface Change {
  readonly address: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The plan of one stack by what it changes. */
export function planned(
  stack: string,
  changes: readonly Change[],
  effects: readonly PlanEffect[],
  findings: readonly RuleFinding[] = [],
): PlannedOutcome {
  const resources = changes.map(({ address, action }) => ({
    address,
    action,
    resourceType: address.split('.')[0] ?? '',
  }));
  const plan = {
    changes: changes.map(({ address, action, before, after }) => ({
      address,
      type: address.split('.')[0] ?? '',
      action,
      replacedBy: action === 'replace' ? ['value'] : [],
      attributes: [{ name: 'value', before, after }],
    })),
    outputs: [],
  };
  return {
    kind: 'planned',
    digest: planDigest(plan),
    plan,
    summary: {
      stack,
      counts: countsOf(resources),
      resources,
      outputs: [],
      drift: [],
      effects,
      values: changes.map(({ address, action, before, after }) => ({
        address,
        type: address.split('.')[0] ?? '',
        action,
        changes: [{ attribute: 'value', before, after }],
      })),
      outputValues: {},
    },
    findings,
    positions: Object.fromEntries(
      changes.map(({ address }) => [address, { file: 'catalog/dev.yml', line: 12, column: 5, endColumn: 9 }]),
    ),
  };
}

export function record(
  stack: string,
  outcome: StackRecord['outcome'],
  stacks: readonly string[],
): StackRecord {
  return {
    version: 1,
    record: 'stack',
    environment: 'dev',
    origin: SAMPLE_ORIGIN,
    stacks,
    stack,
    kind: 'aws-network',
    requires: [],
    outcome,
  };
}

const CONNECTION = 'aws_vpn_connection.Vpn_Connection';

/** A review of the example environment with something of everything. @param name - a text that stands wherever a foreign one can */
export function sampleReview(name = 'harmless'): Review {
  const loaded = loadEnvironment({ directory: 'catalog', environment: 'dev', lenient: true });
  const scene = sceneOf(loaded);
  const finding: RuleFinding = {
    rule: 'KKH-NET-01',
    severity: 'critical',
    verdict: 'violated',
    text: `port 22 is open to the Internet: ${name}`,
    address: 'aws_vpc_security_group_ingress_rule.Nodes_In-x',
    position: { file: 'catalog/dev.yml', line: 14, column: 7, endColumn: 12 },
  };
  const outcomes: Readonly<Record<string, StackRecord['outcome']>> = {
    'dev-aws-default': planned(
      'dev-aws-default',
      [
        { address: CONNECTION, action: 'replace', before: '169.254.100.0/30', after: '169.254.9.0/30' },
        { address: 'aws_subnet.Network_Nodes-old', action: 'delete', before: '172.30.9.0/24' },
        { address: 'aws_vpc_security_group_ingress_rule.Nodes_In-x', action: 'create', after: name },
      ],
      [
        {
          weight: 'outage',
          text: 'both tunnels go down; their outside addresses and keys change',
          addresses: [CONNECTION],
        },
        {
          weight: 'destroyed',
          text: `subnet 172.30.9.0/24 goes, ${name}`,
          addresses: ['aws_subnet.Network_Nodes-old'],
        },
        {
          weight: 'widened',
          text: 'tcp 22 opens to 0.0.0.0/0',
          addresses: ['aws_vpc_security_group_ingress_rule.Nodes_In-x'],
        },
      ],
      [finding],
    ),
    'dev-aws-osaka': planned(
      'dev-aws-osaka',
      [{ address: 'aws_vpc.Network_Vpc', action: 'update', before: 'old', after: 'new' }],
      [{ weight: 'quiet', text: 'tags change', addresses: ['aws_vpc.Network_Vpc'] }],
    ),
    'dev-azure-default': planned('dev-azure-default', [], []),
    'dev-nodes-workers': { kind: 'deferred', because: ['dev-aws-default'] },
  };
  const stacks = Object.keys(outcomes);
  return {
    environment: 'dev',
    origin: SAMPLE_ORIGIN,
    digest: `k1:${'a'.repeat(64)}`,
    stacks: Object.entries(outcomes).map(([stack, outcome]) => record(stack, outcome, stacks)),
    problems: [],
    ends: {
      hosts: [
        {
          publicIp: '198.51.100.10',
          host: '10.0.2.15',
          folder: 'out/gateway/198.51.100.10',
          changes: [{ path: 'etc/ipsec.d/kakehashi.conf', kind: 'changed', patch: `-old\n+${name}\n` }],
          newKeys: ['dev/aws/default 169.254.100.0/30'],
          steps: [`copy the folder to the host: ${name}`],
          ends: false,
        },
      ],
      entries: [
        {
          name: 'aws/default',
          kind: 'changed',
          keys: [{ key: 'aws_vpc_subnet_id', before: 'a', after: name }],
        },
      ],
      configuration: [],
      neighbours: [`staging uses the same gateway, ${name}`],
      unknown: [],
      folders: [],
    },
    notes: [name],
    findings: [],
    requireReview: true,
    floor: 'high',
    scene: {
      ...scene,
      parts: scene.parts.map((part) =>
        part.id === 'dev/entry/sakura/default' ? { ...part, title: name, lines: [name] } : part,
      ),
    },
  };
}

/** Names that would break out of HTML, of attributes, of scripts, of styles, of comments or of the direction of reading. */
export const HOSTILE = [
  '</script><script>globalThis.ran=1</script>',
  '"><img src=x onerror="globalThis.ran=1">',
  "' onmouseover='globalThis.ran=1",
  '--><b id=broken>',
  ']]><b id=broken>',
  '</title></style></svg><b id=broken>',
  '\u202eevil\u2066\u200b\u0000\u001b[31m\ud800\uffff',
  '&lt;b id=broken&gt;',
  '`${globalThis.ran=1}`',
  '日本語のとても長い名前'.repeat(20),
];
