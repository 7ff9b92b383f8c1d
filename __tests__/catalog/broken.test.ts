import { ADOPTED } from './broken/adopted';
import { CREATE } from './broken/create';
import { FORWARDING } from './broken/forwarding';
import { INDENTATION } from './broken/indentation';
import { REFERENCES } from './broken/references';
import { SYNTAX } from './broken/syntax';
import type { Broken } from './broken/table';
import { VALUES } from './broken/values';
import { VAULT } from './broken/vault';
import { VPN } from './broken/vpn';
import { changed, GOOD, problemLines, tryLoad } from './folder-of';

const TABLES: readonly (readonly [string, readonly Broken[]])[] = [
  ['what is no YAML for us', SYNTAX],
  ['lines too far to the left', INDENTATION],
  ['values, names and sections', VALUES],
  ['entries that exist already', ADOPTED],
  ['entries with create', CREATE],
  ['domains that are forwarded', FORWARDING],
  ['the VPN', VPN],
  ['the section vault', VAULT],
  ['references', REFERENCES],
];

test('the catalog that they are made of has no problem', () => {
  const { loaded, problems } = tryLoad({ 'dev.yml': GOOD });
  expect(problems).toEqual([]);
  expect(loaded?.stacks.map(({ id }) => id)).toEqual(['dev-aws-default']);
});

describe.each(TABLES)('%s: reports', (_, cases) => {
  test.each(cases.map((broken) => [broken.name, broken] as const))('%s', (_name, broken) => {
    const text = broken.text ?? `${changed(...(broken.changes ?? []))}${broken.added ?? ''}`;
    expect(problemLines({ 'dev.yml': text })).toEqual(broken.problems.map((line) => `dev.yml:${line}`));
  });
});

test('reports everything at once, in the order of the file', () => {
  const text = changed(
    ['198.51.100.10', '198.51.100.300'],
    ['172.30.2.0/24', '172.31.2.0/24'],
    ['ingress: vc-node', 'ingres: vc-node'],
    ['subnet-0862300dba34162ed', 'subnet-1'],
    ["'112900000000'", '112900000000'],
  );
  expect(problemLines({ 'dev.yml': text }).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'dev.yml:4:14-28 bad-value',
    'dev.yml:11:29-42 subnet-outside',
    'dev.yml:15:7-13 unknown-key',
    'dev.yml:22:24-32 bad-value',
    'dev.yml:26:29-41 wrong-type',
  ]);
});

test('says nothing of a value in whose place a reference belongs', () => {
  const said = REFERENCES.flatMap(({ problems }) => problems).join('\n');
  expect(said).not.toMatch(/wJal|123456|FwoGZ|kXyz|version=1/);
});

test('two runs report the same', () => {
  const text = changed(['198.51.100.10', 'x'], ['172.30.2.0/24', '172.31.2.0/24']);
  expect(problemLines({ 'dev.yml': text })).toEqual(problemLines({ 'dev.yml': text }));
});
