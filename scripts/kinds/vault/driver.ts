import type { DriverKind } from '../kind';
import { accessEffects } from './access-effects';
import { renamedMounts, vaultWords } from './change-sentences';
import { vaultVariables } from './credentials';
import { VAULT_LEFT } from './left';
import { showRoleIds } from './role-ids';
import { vaultScene } from './scene';

/** What the driver does for what an environment creates in its Vault. */
export const VAULT_DRIVER: DriverKind<'vault'> = {
  title: 'Vault',
  scene: vaultScene,
  existingScene: vaultScene,
  telemetry: {},
  effects: ({ stack, loaded, resources, details }) => [
    ...vaultWords(
      {
        address: stack.place.address,
        environment: loaded.catalog.environment,
        renamedMounts: renamedMounts(loaded),
      },
      resources,
      details?.changes,
    ),
    ...(details === undefined ? [] : accessEffects(details)),
  ],
  remedies: [],
  explain: (errors) =>
    (require('./denied-requests') as typeof import('./denied-requests')).explainDenied(errors),
  credentials: vaultVariables,
  provider: { source: 'hashicorp/vault', megabytes: 100 },
  refuseLoss: (loss) => (require('./loss') as typeof import('./loss')).refuseLoss(loss),
  lookBefore: (writes) =>
    (require('./taken-names') as typeof import('./taken-names')).lookAtTakenNames(writes),
  afterApply: showRoleIds,
  left: VAULT_LEFT,
};
