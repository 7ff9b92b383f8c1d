import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadEnvironment } from '../../../catalog/load';
import { removeFromLock, updateLock } from '../../../scripts/session/update-lock';
import { temporaryFolder } from '../../support/catalog-folder';
import { sessionIn } from '../../support/session';

const catalog = (...ports: readonly number[]): string => `cci_version: '1.0'
azure:
  lab: { azure_location: japaneast, private_network_ipmask: 172.21.1.0/24, create: { vnet_cidr: 172.21.0.0/16, vpn: none, ingress: [${ports.map((port) => `{ protocol: tcp, ports: ${port}, from: 10.9.0.0/16 }`).join(', ')}] } }
`;

const LOCK = `version: 1
stacks:
  dev-azure-lab: { kind: azure-network, provider: azurerm, region: japaneast, backend: local }
rules:
  azure/lab: { tcp-22-from-10_9_0_0-16: 200 }
`;

/** Brings the lock file up to date with a catalog, and tells what stands in it then. */
function updated(text: string, lock: string | undefined, frozen: boolean): string | undefined {
  const root = temporaryFolder({
    'catalog/dev.yml': text,
    ...(lock === undefined ? {} : { 'catalog/dev.lock.yml': lock }),
  });
  const { folders, settings, report } = sessionIn(root);
  const loaded = loadEnvironment({ directory: path.join(root, 'catalog'), environment: 'dev' });
  updateLock(loaded, folders, { ...settings, frozen }, report);
  try {
    return readFileSync(folders.lockFile, 'utf8');
  } catch {
    return undefined;
  }
}

it('adds the priorities of new rules', () => {
  const rules = '  azure/lab: { tcp-22-from-10_9_0_0-16: 200, tcp-80-from-10_9_0_0-16: 201 }\n';
  expect(updated(catalog(80, 22), LOCK, false)).toContain(rules);
});

it('refuses new rules with --frozen, and counts them', () => {
  expect(() => updated(catalog(22, 80), LOCK, true)).toThrow(
    'would be changed, but it is frozen: 1 rule of azure/lab; run without --frozen and commit it',
  );
  expect(() => updated(catalog(22, 80), undefined, true)).toThrow(
    'would be changed, but it is frozen: dev-azure-lab, 2 rules of azure/lab; run without',
  );
});

it('leaves a frozen lock alone that has all rules, and those that are gone', () => {
  expect(updated(catalog(22), LOCK, true)).toBe(LOCK);
  expect(updated(catalog(), LOCK, true)).toBe(LOCK);
});

it('removes the rules of a destroyed network', () => {
  const root = temporaryFolder({ 'catalog/dev.yml': catalog(22), 'catalog/dev.lock.yml': LOCK });
  const session = sessionIn(root);
  removeFromLock(session, ['dev-azure-lab']);
  const text = readFileSync(session.folders.lockFile, 'utf8');
  expect(text).toContain('stacks: {}\n');
  expect(text).not.toContain('rules');
});
