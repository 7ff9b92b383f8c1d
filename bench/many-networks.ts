import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many networks a catalog has in each cloud. */
export interface Networks {
  /** VPCs, each with a public and a private subnet, NAT and a static VPN. @default 0 */
  readonly aws?: number;
  /** Virtual networks, each with a subnet, NAT and a static VPN. @default 0 */
  readonly azure?: number;
  /** Node groups in the networks on AWS, in turn: every second one is elastic. @default 0 */
  readonly groups?: number;
}

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

/** Writes a catalog `big.yml` with so many networks. */
export function writeManyNetworks(folder: string, { aws = 0, azure = 0, groups = 0 }: Networks): void {
  mkdirSync(folder, { recursive: true });
  const head =
    "cci_version: '1.0'\nsite: { controller: 192.168.1.15/24, public_ip: 198.51.100.10, asn: 65000 }\n";
  const text = [
    head,
    section('aws', aws, (index) => awsEntry(index)),
    // Blocks of their own, after those of AWS.
    section('azure', azure, (index) => azureEntry(aws + index)),
    section('node_groups', groups, (index) => groupKeys(index, aws), 'group'),
  ].join('');
  writeFileSync(join(folder, 'big.yml'), text);
}

function section(
  name: string,
  count: number,
  entry: (index: number) => readonly string[],
  noun = 'net',
): string {
  if (count === 0) return '';
  const entries = Array.from({ length: count }, (_, index) => [`  ${noun}${index}:`, ...entry(index), '']);
  return [`${name}:`, ...entries.map((lines) => lines.join('\n'))].join('\n');
}

/** The first three numbers of the /20 with this index: there are 4096 in 10.0.0.0/8. */
function block(index: number): readonly [number, number, number] {
  return [10 + Math.floor(index / 4096), Math.floor((index % 4096) / 16), (index % 16) * 16];
}

function awsEntry(index: number): readonly string[] {
  const [a, b, c] = block(index);
  return [
    '    aws_region: ap-northeast-1',
    '    aws_availability_zone: ap-northeast-1a',
    `    private_network_ipmask: ${a}.${b}.${c + 1}.0/24`,
    '    create:',
    `      vpc_cidr: ${a}.${b}.${c}.0/20`,
    `      public_subnet: ${a}.${b}.${c}.0/24`,
  ];
}

function azureEntry(index: number): readonly string[] {
  const [a, b, c] = block(index);
  return [
    '    azure_location: japaneast',
    `    private_network_ipmask: ${a}.${b}.${c + 1}.0/24`,
    '    create:',
    `      vnet_cidr: ${a}.${b}.${c}.0/20`,
    `      gateway_subnet: ${a}.${b}.${c}.0/27`,
  ];
}

function groupKeys(index: number, networks: number): readonly string[] {
  return [
    `    network: aws/net${index % networks}`,
    ...(index % 2 === 0 ? ['    nodes: 2'] : ['    kind: elastic', '    nodes: { initial: 2, max: 10 }']),
    `    ssh_public_keys: [${KEY}]`,
  ];
}
