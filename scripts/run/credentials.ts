import type { Loaded } from '../../catalog/environment/catalog';
import { driverOf } from '../kinds/registry';
import { matchingStacks } from '../session/selection';
import type { Session } from '../session/session';

/**
 * Gives Terraform what the chosen stacks need, just before it is started and in its environment only: a cloud's credentials
 * that are kept in Vault, and for what is made in Vault itself a token. The sandbox's providers need no credentials.
 *
 * @throws VaultError that names every reference which can't be read; {@link Failure} without a token
 */
export async function provideCredentials(session: Session, loaded: Loaded): Promise<void> {
  const chosen = matchingStacks(loaded.stacks, session.settings.stacks);
  const sources = new Set(chosen.map((stack) => driverOf(stack).credentials));
  for (const source of sources) {
    if (source === undefined) continue;
    try {
      session.terraform.useCredentials(await source(session, loaded));
    } catch (error) {
      throw withFirstStep(session, loaded, error);
    }
  }
}

/** Where a reference's own mount is still to be made: what to do first. */
function withFirstStep(session: Session, { catalog, stacks }: Loaded, error: unknown): unknown {
  const { VaultError } = require('../../vault/vault-error') as typeof import('../../vault/vault-error');
  const references = Object.values(catalog.credentials).flatMap((named) => Object.values(named));
  const engines = references.map(({ engine }) => engine);
  const mounts = catalog.kinds.vault?.mounts ?? [];
  const made = mounts.find(({ path, create }) => create && engines.includes(path));
  const vault = stacks.find(({ kind }) => kind === 'vault');
  const isAbsent = error instanceof VaultError && (error.code === 'engine' || error.code === 'missing');
  if (made === undefined || vault === undefined || !isAbsent) return error;
  const isMoved = made.born !== undefined;
  const firstStep = isMoved
    ? 'the catalog moves a mount to this path'
    : 'the catalog makes this mount itself';
  const thenStep = isMoved ? 'then apply the rest' : 'then store the credentials, then apply the rest';
  return new VaultError(
    error.code,
    `${error.message}\n${firstStep}: kakehashi apply ${session.environment} --stack ${vault.id}, ${thenStep}`,
  );
}
