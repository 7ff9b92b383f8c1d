import type { DriverKind } from '../kind';
import { vaultWords } from './change-sentences';
import { vaultVariables } from './credentials';
import { explainDenied } from './denied-requests';
import { refuseLoss } from './loss';
import { showRoleIds } from './role-ids';
import { lookAtTakenNames } from './taken-names';

/** What the driver does for what an environment creates in its Vault. */
export const VAULT_DRIVER: DriverKind<'vault'> = {
  title: 'Vault',
  telemetry: {},
  sentences: ({ stack, loaded, resources }) =>
    vaultWords({ address: stack.place.address, environment: loaded.catalog.environment }, resources),
  remedies: [],
  explain: explainDenied,
  credentials: vaultVariables,
  refuseLoss,
  lookBefore: lookAtTakenNames,
  afterApply: showRoleIds,
};
