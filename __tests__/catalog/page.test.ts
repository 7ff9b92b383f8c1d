import { readFileSync } from 'node:fs';
import { adoptedShape, KNOWN_PROVIDERS } from '../../catalog/adopted/keys';
import { ROOT_KEYS } from '../../catalog/environment/keys';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { AWS_PROVIDER } from '../../catalog/kinds/aws/settings';
import { NETWORK_ENTRY, WITHIN_ENTRY } from '../../catalog/kinds/aws-network/keys';
import { AZURE_PROVIDER } from '../../catalog/kinds/azure/settings';
import {
  NETWORK_ENTRY as AZURE_ENTRY,
  VPN_KEYS as AZURE_VPN,
  WITHIN_ENTRY as AZURE_WITHIN,
} from '../../catalog/kinds/azure-network/keys';
import { CONTROLLER } from '../../catalog/kinds/docker-controller/keys';
import { GROUPS } from '../../catalog/kinds/registry';
import { VAULT_KEYS } from '../../catalog/kinds/vault/keys';
import type { Form } from '../../catalog/shape/shape';
import { SITE } from '../../catalog/site/keys';
import { loadedFrom } from '../support/loaded';
import { problemLines, tryLoad } from './folder-of';

const PAGE = readFileSync('docs/catalog.md', 'utf8');

function keysOf(shape: Form | undefined): readonly string[] {
  if (!shape) return [];
  if (shape.kind === 'map')
    return Object.entries(shape.keys).flatMap(([key, { shape: below }]) => [key, ...keysOf(below)]);
  if (shape.kind === 'list' || shape.kind === 'named') return keysOf(shape.of);
  if (shape.kind === 'either') return [...keysOf(shape.list), ...keysOf(shape.map)];
  return [];
}

test('docs/catalog.md names every key', () => {
  const shapes = [
    SITE,
    AWS_PROVIDER,
    AZURE_PROVIDER,
    VAULT_KEYS,
    NETWORK_ENTRY,
    WITHIN_ENTRY,
    AZURE_ENTRY,
    AZURE_WITHIN,
    ...KNOWN_PROVIDERS.map(adoptedShape),
  ];
  const keys = [...ROOT_KEYS, ...shapes.flatMap(keysOf)];
  const words = new Set(
    [...PAGE.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => (code ?? '').split(/[^a-z0-9_]+/)),
  );
  expect([...new Set(keys)].filter((key) => !words.has(key))).toEqual([]);
});

test('docs/reference/node-groups.md names every key of node groups', () => {
  const page = readFileSync('docs/reference/node-groups.md', 'utf8');
  const named = new Set([...page.matchAll(/`([a-z0-9_.]+)`/g)].flatMap(([, path = '']) => path.split('.')));
  const keys = GROUPS.flatMap(({ shape }) => keysOf(shape));
  expect([...new Set(keys)].filter((key) => !named.has(key))).toEqual([]);
});

/** The rows of a table of keys: each with what its cell of the default must be. */
function keyRows(form: Form, above = ''): readonly (readonly [key: string, value: string])[] {
  if (form.kind !== 'map') return [];
  return Object.entries(form.keys).flatMap(([name, { shape, presence, default: value }]) => {
    const own: Form = shape;
    const below = own.kind === 'either' ? own.map : own;
    const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const cell = presence === 'required' ? 'required' : value === undefined ? '' : `\`${shown}\``;
    return [[`${above}${name}`, cell] as const, ...(below ? keyRows(below, `${above}${name}.`) : [])];
  });
}

test('docs/reference/controller.md has a row for each key of the controller, with its default', () => {
  const page = readFileSync('docs/reference/controller.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z_.]+)` \| [^|]* \| ([^|]*?) ?\| [^|]* \|$/gm)];
  expect(rows.map(([, key, cell]) => [key, cell])).toEqual(expect.arrayContaining([...keyRows(CONTROLLER)]));
});

/** The rows of the tables in a part of the page, as the cell of the default by the first cell's key. */
function defaultsIn(heading: string): ReadonlyMap<string, string> {
  const [, part = ''] = PAGE.split(`\n${heading}\n`);
  const own = part.slice(0, part.search(/\n#{2,3} /));
  return new Map(
    [...own.matchAll(/^\| `([a-z_.0-9]+)` \|(?:.*?)\| ([^|]*?) ?\| [^|]* \|$/gm)].map(
      ([, key = '', cell = '']) => [key, cell],
    ),
  );
}

/** What the rows of a table lack of the keys of a map, or have otherwise than it. A map has a row, or its keys have. */
function differences(rows: ReadonlyMap<string, string>, form: Form, above = ''): readonly string[] {
  if (form.kind !== 'map') return [];
  return Object.entries(form.keys).flatMap(([name, { shape, presence, default: value }]) => {
    const key = above + name;
    const cell = rows.get(key);
    if (cell === undefined)
      return shape.kind === 'map' ? differences(rows, shape, `${key}.`) : [`${key}: has no row`];
    if (presence === 'required') return cell.startsWith('needed') ? [] : [`${key}: is needed`];
    const isTold = value === undefined || typeof value === 'object' || cell.includes(String(value));
    return isTold ? [] : [`${key}: has the default ${value}, not ${cell}`];
  });
}

test('docs/catalog.md has a row for each key of Azure, with its default', () => {
  const rows = defaultsIn('## `create` on Azure');
  const { keys } = AZURE_ENTRY;
  const create = keys.create.shape;
  const { ntp_servers, cloud_instance_dns_servers, create: _, ...beside } = keys;
  expect(differences(rows, { ...AZURE_ENTRY, keys: beside })).toEqual([]);
  expect(differences(rows, create)).toEqual([]);
  expect(differences(defaultsIn('### `vpn` on Azure'), AZURE_VPN)).toEqual([]);
  expect(differences(defaultsIn('### `providers.azurerm`'), AZURE_PROVIDER)).toEqual([]);
  expect(differences(new Map([['sku', '`VpnGw2AZ`']]), AZURE_VPN)).toEqual(
    expect.arrayContaining(['sku: has the default VpnGw1AZ, not `VpnGw2AZ`', 'generation: has no row']),
  );
});

const EXAMPLES = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');

test('its first example is valid, and so are its parts of one', () => {
  const [first = ''] = EXAMPLES;
  const part = (begin: string): string => EXAMPLES.find((code) => code.startsWith(begin)) ?? begin;
  expect(problemLines({ 'dev.yml': first })).toEqual([]);
  const osaka =
    '  osaka:\n    aws_region: ap-northeast-3\n    private_network_ipmask: 172.29.2.0/24\n    create: { vpc_cidr: 172.29.0.0/16, egress: none }\n';
  const entries = `${first}${part('      ingress:')}${part('  tokyo_subnet1:')}${osaka}`;
  expect(problemLines({ 'dev.yml': entries })).toEqual([]);
  expect(problemLines({ 'dev.yml': `${entries}${part('providers:')}` })).toEqual([]);
  expect(problemLines({ 'dev.yml': `${entries}${part('vault:')}` })).toEqual([]);
  const renamed = `${first.slice(0, first.indexOf('  default:'))}${part('  tokyo:')}`;
  const lock = first && formatLock(lockAdditionsOf(loadedFrom(first)).lock);
  expect(problemLines({ 'dev.yml': renamed, 'dev.lock.yml': lock })).toEqual([]);
  const twoGateways = `${first.replace(/^site: .*\n/m, '')}      vpn: { routing: bgp }\n${part('site:')}`;
  expect(problemLines({ 'dev.yml': twoGateways })).toEqual([]);
  const forwarding = tryLoad({ 'dev.yml': `${first}${part('      dns:')}` });
  expect(forwarding.problems.map(({ severity, code }) => [severity, code])).toEqual([['note', 'one-subnet']]);
  const azure = EXAMPLES.find((code) => code.includes('azure_location:')) ?? '';
  expect(problemLines({ 'dev.yml': azure })).toEqual([]);
  const sakura =
    "sakura:\n  default: { sakura_local_switch_id: '112900000000', sakura_private_subnet_gateway_ip: 172.23.1.1, sakura_zone: tk1a, private_network_ipmask: 172.23.1.0/24 }\n";
  expect(problemLines({ 'dev.yml': `${entries}${sakura}${part('sakura_config:')}` })).toEqual([]);
  expect(
    problemLines({
      'base.yml': entries,
      'dev.yml': part("cci_version: '1.0'\nextends"),
    }),
  ).toEqual([]);
});

test('no example is left untried', () => {
  const begins = EXAMPLES.map((code) => code.split('\n')[0]);
  expect(begins).toEqual([
    '# yaml-language-server: $schema=./catalog.schema.json',
    'site:',
    'sakura_config:',
    'providers:',
    'vault:',
    '      dns:',
    '  tokyo_subnet1:',
    '  tokyo:',
    '      ingress:',
    '# yaml-language-server: $schema=./catalog.schema.json',
    "cci_version: '1.0'",
  ]);
});
