import type { DriverKind } from '../kind';
import { lostMounts, renamedMounts, vaultWords } from './change-sentences';
import { vaultVariables } from './credentials';
import { refuseLostSecrets } from './lost-secrets';
import { showRoleIds } from './role-ids';

/** What the driver does for what an environment creates in its Vault. */
export const VAULT_DRIVER: DriverKind<'vault'> = {
  title: 'Vault',
  telemetry: {},
  sentences: ({ stack, loaded, resources }) =>
    vaultWords(
      {
        address: stack.place.address,
        environment: loaded.catalog.environment,
        renamedMounts: renamedMounts(loaded),
      },
      resources,
    ),
  remedies: [],
  credentials: vaultVariables,
  refuseLoss: (loaded, resources) =>
    refuseLostSecrets(loaded.catalog, lostMounts(resources, { renamedMounts: renamedMounts(loaded) })),
  afterApply: showRoleIds,
};
