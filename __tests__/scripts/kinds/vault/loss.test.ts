import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuseLoss } from '../../../../scripts/kinds/vault/loss';
import type { Session } from '../../../../scripts/session/session';
import { temporaryFolder } from '../../../support/catalog-folder';
import { loadedFrom } from '../../../support/loaded';

const LOADED = loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
vault: { address: https://10.0.2.15:8443, mounts: { secret: { create: {} } }, preshared_keys: vault://secret/vpn }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`);
const MOUNT = { address: 'vault_mount.Mounts_secret', resourceType: 'vault_mount', action: 'delete' };

/** Plans the destruction of the chosen stacks, where the states of some exist. */
function destroying(stacks: readonly string[], applied: readonly string[], destroy = true) {
  const states = temporaryFolder();
  for (const id of applied) writeFileSync(path.join(states, `${id}.tfstate`), '{}');
  const session = { simulated: true, settings: { stacks }, folders: { states } } as unknown as Session;
  const stack = LOADED.stacks.find(({ kind }) => kind === 'vault');
  if (stack?.kind !== 'vault') throw new Error('the catalog has no stack in Vault');
  return () => refuseLoss({ session, stack, loaded: LOADED, resources: [MOUNT], destroy });
}

const NEEDED = /^mount secret: must stay as it is, because the catalog needs it for vault\.preshared_keys/;

test('a Vault alone is not destroyed while a network keeps its keys there', () => {
  expect(destroying(['dev-vault'], ['dev-vault', 'dev-aws-default'])).toThrow(NEEDED);
  expect(destroying(['dev-vault'], ['dev-aws-default'])).toThrow(
    /; destroy the rest of the environment with it, or keep them elsewhere first$/,
  );
  expect(destroying(['dev-v*'], ['dev-vault', 'dev-aws-default'])).toThrow(NEEDED);
});

test('it is destroyed together with the network, or where that is not built', () => {
  expect(destroying([], ['dev-vault', 'dev-aws-default'])).not.toThrow();
  expect(destroying(['dev-*'], ['dev-vault', 'dev-aws-default'])).not.toThrow();
  expect(destroying(['dev-vault'], ['dev-vault'])).not.toThrow();
});

test('a plan or an apply never destroys it while the catalog needs it', () => {
  expect(destroying([], [], false)).toThrow(NEEDED);
});
