import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a catalog `big.yml` with so many networks, each with a public and a private subnet, NAT and a static VPN. */
export function writeManyNetworks(folder: string, networks: number): void {
  mkdirSync(folder, { recursive: true });
  const head =
    "cci_version: '1.0'\nsite: { controller: 192.168.1.15/24, public_ip: 198.51.100.10, asn: 65000 }\naws:\n";
  const entries = Array.from({ length: networks }, (_, index) => {
    const [a, b, c] = [10 + Math.floor(index / 4096), Math.floor((index % 4096) / 16), (index % 16) * 16];
    return [
      `  net${index}:`,
      '    aws_region: ap-northeast-1',
      '    aws_availability_zone: ap-northeast-1a',
      `    private_network_ipmask: ${a}.${b}.${c + 1}.0/24`,
      '    create:',
      `      vpc_cidr: ${a}.${b}.${c}.0/20`,
      `      public_subnet: ${a}.${b}.${c}.0/24`,
      '',
    ].join('\n');
  });
  writeFileSync(join(folder, 'big.yml'), head + entries.join(''));
}
