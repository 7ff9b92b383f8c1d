import { mergeLocks, readLock } from '../../catalog/environment/lock-file';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { FLAVORS_VERSION } from '../../model/nodes/flavors';
import { azureNodes } from '../fixtures/azure-nodes';
import { nodeCatalog } from '../fixtures/node-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { loadedFrom } from '../support/loaded';
import { tryLoad } from './folder-of';

const LINE = `flavors: { version: ${FLAVORS_VERSION} }\n`;
const WITHOUT = "cci_version: '1.0'\nonpremises: { lab: { private_network_ipmask: 10.9.0.0/24 } }\n";

test.each([
  ['AWS', nodeCatalog('nodes: 1')],
  ['Azure', azureNodes('')],
])('the lock of an environment with nodes on %s has the version of the tables of flavors', (_, text) => {
  expect(formatLock(lockAdditionsOf(loadedFrom(text)).lock).endsWith(LINE)).toBe(true);
});

test('a lock without nodes has none', () => {
  expect(formatLock(lockAdditionsOf(loadedFrom(WITHOUT)).lock)).not.toContain('flavors');
});

test('a frozen lock may lack the first version, which was not noted once', () => {
  const text = nodeCatalog('nodes: 1');
  const lock = formatLock(lockAdditionsOf(loadedFrom(text)).lock);
  const former = tryLoad({
    'dev.yml': text,
    'dev.lock.yml': lock.replace(LINE, '').replaceAll('lab-', 'dev-'),
  }).loaded;
  expect(former && lockAdditionsOf(former)).toMatchObject({ changed: true, needed: false });
});

test('a version that this program does not have is refused', () => {
  const folder = temporaryFolder({ 'dev.lock.yml': 'version: 1\nflavors: { version: 9 }\n' });
  expect(() => readLock(`${folder}/dev.lock.yml`)).toThrow('must be 1, got the number 9');
});

test('of two locks the second has the word, where it has one', () => {
  const read = (text: string) =>
    readLock(`${temporaryFolder({ 'a.lock.yml': `version: 1\n${text}` })}/a.lock.yml`);
  expect(mergeLocks(read(LINE), read('')).flavors).toBe(FLAVORS_VERSION);
  expect(mergeLocks(read(''), read('')).flavors).toBeUndefined();
});
