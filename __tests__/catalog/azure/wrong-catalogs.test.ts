import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathText } from '../../../catalog/ground/path';
import { azureCatalog } from '../../fixtures/azure-catalog';
import { expectGolden } from '../../support/golden';
import { problemLines, tryLoad } from '../folder-of';
import { BLOCKS } from './blocks';
import { CRYPTO } from './crypto';
import { ENTRIES } from './entries';
import { GATEWAY } from './gateway';
import { INGRESS } from './ingress';
import { NAMES } from './names';
import { NAT_RULES } from './nat-rules';
import { PROVIDER } from './provider';
import { ROUTING } from './routing';
import { EGRESS, SERVICES } from './services';
import { NOT_RECORDED, type WrongCatalog } from './table';

const TABLES: readonly (readonly [string, readonly WrongCatalog[]])[] = [
  ['the gateway', GATEWAY],
  ['routing', ROUTING],
  ['lifetimes and algorithms', CRYPTO],
  ['translation of addresses', NAT_RULES],
  ['blocks', BLOCKS],
  ['names and places', NAMES],
  ['entries', ENTRIES],
  ['the way to the Internet', EGRESS],
  ['rules', INGRESS],
  ['services', SERVICES],
  ['the provider', PROVIDER],
];
const ALL = TABLES.flatMap(([, rows]) => rows);

test('the catalog that they are made of has no problem', () => {
  expect(problemLines({ 'dev.yml': azureCatalog() })).toEqual([]);
});

describe.each(TABLES)('%s: refuses', (_, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, { text, problems }) => {
    const found = tryLoad({ 'dev.yml': text });
    expect(found.loaded).toBeUndefined();
    expect(
      found.problems.map(({ code, where: { path, position } }) =>
        `${position?.line}:${position?.column} ${code} ${pathText(path)}`.trim(),
      ),
    ).toEqual(problems);
  });
});

test('each says what must hold, what was found and how to fix it, in these words', () => {
  const messages = ALL.map(({ name, azure, text }) => {
    const lines = problemLines({ 'dev.yml': text }).map((line) => `  ${line.replace('dev.yml:', '')}\n`);
    return `${name} (Azure: ${azure})\n${lines.join('')}`;
  });
  expectGolden('azure-messages.golden.txt', messages.join(''));
});

test('the codes of Azure are those with which the simulated cloud refuses', () => {
  const folder = join(__dirname, '../../../sandbox/azure');
  const known = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const codes = new Set(ALL.map(({ azure }) => azure).filter((azure) => azure !== NOT_RECORDED));
  expect([...codes].filter((code) => !known.includes(`'${code}'`))).toEqual([]);
  expect(codes.size).toBeGreaterThanOrEqual(20);
});

test('every row has a name of its own', () => {
  const names = ALL.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(ALL.length).toBeGreaterThanOrEqual(60);
});

test('a network does not move to another location once the lock file has it', () => {
  const lock =
    'version: 1\nstacks:\n  dev-azure-default: { kind: azure-network, provider: azurerm, region: japaneast, backend: local }\n';
  const files = (location: string) => ({
    'dev.yml': azureCatalog().replace('Japan East', location),
    'dev.lock.yml': lock,
  });
  expect(problemLines(files('japaneast'))).toEqual([]);
  expect(problemLines(files('Japan West'))).toEqual([
    'dev.yml:6:21-31 region-moved azure.default.azure_location: must stay japaneast, where the lock file has dev-azure-default, got "Japan West" | a network does not move: give the entry another name, and the old one is destroyed and a new one built; if nothing of dev-azure-default was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
  ]);
});
