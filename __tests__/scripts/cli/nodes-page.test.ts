import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../../scripts/cli/program';
import { tryLoad } from '../../catalog/folder-of';
import { pageBlocks } from '../../support/page-blocks';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/nodes.md'), 'utf8');
const program = buildProgram('0.0.0', () => undefined);
const commands = [...PAGE.matchAll(/^npx kakehashi ([^#\n]+?)\s*(?:#.*)?$/gm)].map(([, line = '']) => line);

/** The command that a line calls, and what is left of the line. */
function called(words: readonly string[], command: Command = program): readonly [Command, readonly string[]] {
  const [first = '', ...rest] = words;
  const found = command.commands.find((one) => one.name() === first);
  return found === undefined ? [command, words] : called(rest, found);
}

test('docs/nodes.md shows every command for node groups', () => {
  const names = new Set(commands.map((line) => called(line.split(' '))[0].name()));
  expect([...names].sort()).toEqual(['apply', 'cleanup', 'destroy', 'nodes', 'plan', 'renew', 'ssh-config']);
});

test.each(commands)('docs/nodes.md: %s', (line) => {
  const [command, rest] = called(line.split(' '));
  expect(command).not.toBe(program);
  const known = [...command.options, ...program.options].map(({ long }) => long);
  for (const option of rest.filter((word) => word.startsWith('--'))) expect(known).toContain(option);
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
