import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tryLoad } from '../../catalog/folder-of';
import { pageBlocks } from '../../support/page-blocks';
import { called } from '../../support/page-commands';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/nodes.md'), 'utf8');
const commands = [...PAGE.matchAll(/^npx kakehashi ([^#\n]+?)\s*(?:#.*)?$/gm)].map(([, line = '']) => line);

test('docs/nodes.md shows every command for node groups', () => {
  const names = new Set(commands.map((line) => called(line.split(' '))[0].name()));
  expect([...names].sort()).toEqual(['apply', 'cleanup', 'destroy', 'nodes', 'plan', 'renew', 'ssh-config']);
});

test('the catalog of docs/nodes.md is valid', () => {
  const [block] = pageBlocks(PAGE).filter(({ language }) => language === 'yaml');
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
  const text = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24 }
${block?.text.replace('AAAA…', key)}`;
  const { loaded, problems } = tryLoad({ 'dev.yml': text });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(loaded?.catalog.groups).toMatchObject([
    { name: 'workers', most: 3, leaseSeconds: 3000, idleSeconds: 900, unitGroup: 'handson102_0' },
  ]);
  expect(loaded?.catalog.policy).toMatchObject({ maxNodes: 20, maxPricePerHour: 5 });
});
