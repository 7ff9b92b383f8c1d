import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GroupOutput, LeaseOutput } from '../model/nodes/outputs';
import { measure, median, table } from './measure';

/** `kakehashi nodes` of a thousand nodes from outputs alone: 20 groups in 20 networks, with states as large as real ones. */
const CLI = join(__dirname, '../../dist/scripts/kakehashi.js');
const GROUPS = 20;
const NODES = 50;
const RUNS = 5;
const MOST_SECONDS = 1;

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
/** What an instance has in a state, its user data above all. */
const ATTRIBUTES = { user_data_base64: 'A'.repeat(16_000) };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    writeProject(folder);
    const argv = (...args: readonly string[]): readonly [string, ...string[]] => [
      process.execPath,
      CLI,
      ...args,
    ];
    await measure({ argv: argv('validate', 'big'), cwd: folder });
    const shown = await median({ argv: argv('nodes', 'big'), cwd: folder }, RUNS);
    const asJson = await median({ argv: argv('nodes', 'big', '--json'), cwd: folder }, RUNS);
    const rows = [['text', shown] as const, ['--json', asJson] as const].map(
      ([name, { seconds, megabytes }]) => [
        `nodes of ${GROUPS * NODES} nodes, ${name}`,
        `${seconds.toFixed(2)} s`,
        `${megabytes} MB`,
        seconds <= MOST_SECONDS ? 'yes' : 'NO',
      ],
    );
    process.stdout.write(`${table(['command', 'time', 'memory', `at most ${MOST_SECONDS} s`], rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A catalog of networks that exist already, with a group in each, and the states of an apply. */
function writeProject(folder: string): void {
  mkdirSync(join(folder, 'catalog'), { recursive: true });
  mkdirSync(join(folder, 'state/big'), { recursive: true });
  const all = Array.from({ length: GROUPS }, (_, index) => index);
  const entries = all.map(
    (index) =>
      `  net${index}: { aws_region: ap-northeast-1, aws_availability_zone: ap-northeast-1a, private_network_ipmask: 172.30.${index}.0/24, aws_vpc_subnet_id: subnet-${hex(index)}, aws_vpc_security_group_id: sg-${hex(index)} }`,
  );
  const groups = all.map(
    (index) =>
      `  g${index}: { network: aws/net${index}, nodes: ${NODES}, lease: 8h, price_per_hour: 0.1, ssh_public_keys: [${KEY}] }`,
  );
  const text = [
    "cci_version: '1.0'",
    'site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }',
    'aws:',
    ...entries,
    'node_groups:',
    ...groups,
    '',
  ];
  writeFileSync(join(folder, 'catalog/big.yml'), text.join('\n'));
  for (const index of all)
    writeFileSync(join(folder, `state/big/big-nodes-g${index}.tfstate`), JSON.stringify(stateOf(index)));
}

function hex(index: number): string {
  return index.toString(16).padStart(17, '0');
}

function stateOf(index: number): object {
  const keys = Array.from({ length: NODES }, (_, node) => `n${node + 1}`);
  const start = Date.now() - 3_600_000;
  const group: GroupOutput = {
    provider: 'aws',
    network: `aws/net${index}`,
    kind: 'fixed',
    nodes: Object.fromEntries(
      keys.map((key, node) => [
        key,
        { address: `172.30.${index}.${node + 10}`, instance_id: `i-${hex(index * NODES + node)}` },
      ]),
    ),
    max: NODES,
    spot: false,
    user: 'ubuntu',
    ssh_port: 20022,
  };
  const lease: LeaseOutput = {
    start: new Date(start).toISOString(),
    end: new Date(start + 8 * 3_600_000).toISOString(),
    seconds: 8 * 3600,
    idle: 900,
    ended: [],
  };
  return {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: `bench-${index}`,
    outputs: {
      nodes: { value: { [`g${index}`]: group }, type: 'dynamic' },
      lease: { value: lease, type: 'dynamic' },
    },
    resources: [
      {
        mode: 'managed',
        type: 'aws_instance',
        name: 'Nodes',
        instances: keys.map((key) => ({
          index_key: key,
          attributes: { ...ATTRIBUTES, tags: { Name: key } },
        })),
      },
    ],
  };
}

void main();
