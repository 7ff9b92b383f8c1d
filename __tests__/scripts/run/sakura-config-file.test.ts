import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { shownPath } from '../../../base/files';
import type { Event } from '../../../scripts/report/events';
import { writeSakuraConfig } from '../../../scripts/run/sakura-config-file';
import { GOOD, tryLoad } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';

const NETWORK = '    private_network_ipmask: 172.23.1.0/28\n';

/** Writes the file of a catalog into a folder; says what was told. */
function write(results: string, text = `${GOOD}${NETWORK}`, simulated = false) {
  const { loaded, problems } = tryLoad({ 'dev.yml': text });
  if (loaded === undefined) throw new Error(`the catalog is wrong: ${JSON.stringify(problems)}`);
  const said: string[] = [];
  const events: Event[] = [];
  const report = { say: (line = '') => said.push(line), event: (event: Event) => events.push(event) };
  writeSakuraConfig({ folders: { results }, report, simulated }, loaded);
  return { said, events };
}

const fileOf = (folder: string) => path.join(folder, 'sakura_config.yml');
const read = (folder: string) => readFileSync(fileOf(folder), 'utf8');

test('where nobody names the addresses, all that are free are chosen, and it is said', () => {
  const results = path.join(temporaryFolder(), 'out/dev');
  const { said, events } = write(results);
  const addresses = Array.from({ length: 13 }, (_, index) => `172.23.1.${index + 2}`);
  expect(parse(read(results))).toEqual({ default: { prefix_len: 28, ip_addresses: addresses } });
  expect(read(results)).toMatch(/^default:\n {2}prefix_len: 28\n {2}ip_addresses:\n {4}- 172\.23\.1\.2\n/);
  const file = shownPath(fileOf(results));
  const entries = [{ entry: 'default', addresses: 13, from: 'chosen' }];
  expect(events).toEqual([{ type: 'sakura_config_written', file, entries }]);
  expect(said).toEqual([
    `\nsakura    ${file}   default: 13 addresses`,
    "          chosen for default: the catalog's sakura_config: names your own",
  ]);
});

test('the controller never gives its own address away, and a large network only a part of it', () => {
  const results = temporaryFolder();
  write(
    results,
    `${GOOD}    private_network_ipmask: 172.23.0.0/16\n`
      .replace('10.0.2.15/24', '172.23.0.2/24')
      .replace('10.0.2.0/24', '172.23.0.0/24'),
  );
  const { ip_addresses: addresses } = parse(read(results)).default;
  expect(addresses).toHaveLength(100);
  expect(addresses.slice(0, 3)).toEqual(['172.23.0.1', '172.23.0.3', '172.23.0.4']);
});

test('the section of the catalog says which, also as ranges', () => {
  const results = temporaryFolder();
  const section =
    'sakura_config: { default: { prefix_len: 28, ip_addresses: [172.23.1.9, 172.23.1.4-172.23.1.5] } }\n';
  const { said } = write(results, `${GOOD}${NETWORK}${section}`);
  expect(parse(read(results)).default.ip_addresses).toEqual(['172.23.1.9', '172.23.1.4', '172.23.1.5']);
  expect(said).toHaveLength(1);
});

const MINE = `# ours
default: # the lab
  prefix_len: 28
  ip_addresses:
    - 172.23.1.12 # the first node
    - 172.23.1.13
elsewhere:
  prefix_len: 24
  ip_addresses: [10.9.9.9]
`;

test('a file that is there is kept, with its comments and the pools of others', () => {
  const results = temporaryFolder({ 'sakura_config.yml': MINE });
  const { ino } = statSync(fileOf(results));
  const { events } = write(results);
  expect(read(results)).toBe(MINE);
  expect(statSync(fileOf(results)).ino).toBe(ino);
  expect(events).toMatchObject([{ entries: [{ entry: 'default', addresses: 2, from: 'file' }] }]);
});

test('what the catalog says beats it, and is said', () => {
  const results = temporaryFolder({ 'sakura_config.yml': MINE });
  const section = 'sakura_config: { default: { prefix_len: 28, ip_addresses: [172.23.1.4] } }\n';
  const { said } = write(results, `${GOOD}${NETWORK}${section}`);
  expect(said).toContain('          default: changed to what the catalog says');
  expect(parse(read(results))).toMatchObject({ default: { ip_addresses: ['172.23.1.4'] }, elsewhere: {} });
  for (const comment of ['# ours\n', '# the lab\n']) expect(read(results)).toContain(comment);
});

test.each([
  [
    "the gateway's address",
    'default: { prefix_len: 28, ip_addresses: [172.23.1.1] }\n',
    `got "172.23.1.1", the gateway's; correct it`,
  ],
  ['a catalog', GOOD, 'is no sakura_config.yml: each entry has prefix_len and ip_addresses; move it away'],
  ['broken', 'a: [', 'is no YAML that can be updated (spaces, no tabs); correct it'],
])('a file that is %s is not replaced', (_, text, why) => {
  const results = temporaryFolder({ 'sakura_config.yml': text });
  expect(() => write(results)).toThrow(why);
  expect(read(results)).toBe(text);
});

test('without a network nobody knows the addresses; without an entry there is nothing to say', () => {
  const results = temporaryFolder();
  expect(write(results, GOOD).said).toEqual([
    '\nsakura    no addresses for default: write private_network_ipmask, or sakura_config:',
  ]);
  expect(write(results, "cci_version: '1.0'\nonpremises: { default: {} }\n")).toEqual({
    said: [],
    events: [],
  });
  expect(() => read(results)).toThrow(/ENOENT/);
});

test('out of the sandbox, its first line says that it is simulated', () => {
  const results = temporaryFolder();
  write(results, undefined, true);
  write(results, undefined, true);
  expect(read(results)).toMatch(/^# simulated by the kakehashi sandbox: nothing in here exists\ndefault:\n/);
});
