import type { DriverKind } from '../kind';
import { lostMounts, vaultWords } from './change-sentences';
import { vaultVariables } from './credentials';
import { refuseLostSecrets } from './lost-secrets';
import { showRoleIds } from './role-ids';

/** What the driver does for what an environment creates in its Vault. */
export const VAULT_DRIVER: DriverKind<'vault'> = {
  title: 'Vault',
  telemetry: {},
  sentences: ({ stack, loaded, resources }) =>
    vaultWords({ address: stack.place.address, environment: loaded.catalog.environment }, resources),
  remedies: [],
  credentials: vaultVariables,
  provider: { source: 'hashicorp/vault', megabytes: 100 },
  refuseLoss: (catalog, resources) => refuseLostSecrets(catalog, lostMounts(resources)),
  afterApply: showRoleIds,
};
