import type { Loaded } from '../../catalog/load';
import { awsCredentials } from '../kinds/aws-network/credentials';
import { selectStacks } from '../session/selection';
import type { Session } from '../session/session';

/**
 * Gives Terraform what the chosen stacks need of the catalog's Vault, just before it is started and in its environment only:
 * the cloud's credentials, and for what is made in Vault itself a token. The sandbox's providers need no credentials.
 *
 * @throws VaultError that names every reference which can't be read; {@link Failure} without a token
 */
export async function lendCredentials(session: Session, loaded: Loaded): Promise<void> {
  const { catalog } = loaded;
  const kinds = new Set(selectStacks(loaded.stacks, session.settings.stacks).map(({ kind }) => kind));
  if (kinds.has('aws-network')) {
    const credentials = await awsCredentials(session, loaded).catch((error: unknown) => {
      throw withFirstStep(session, loaded, error);
    });
    session.terraform.useCredentials((variables) => withAwsCredentials(variables, credentials));
  }
  if (kinds.has('vault') && catalog.vault !== undefined) {
    const { token } = await session.vaults.client(catalog.vault);
    session.terraform.useCredentials((variables) => ({ ...variables, VAULT_TOKEN: token }));
  }
}

/** Where a reference's own mount is still to be made: what to do first. */
function withFirstStep(session: Session, { catalog, stacks }: Loaded, error: unknown): unknown {
  const { VaultError } = require('../../vault/vault-error') as typeof import('../../vault/vault-error');
  const { accessKey, secretKey } = catalog.aws.credentials ?? {};
  const engines = [accessKey?.engine, secretKey?.engine];
  const isMade = catalog.vault?.mounts.some(({ path, create }) => create && engines.includes(path)) ?? false;
  const vault = stacks.find(({ kind }) => kind === 'vault');
  const isAbsent = error instanceof VaultError && (error.code === 'engine' || error.code === 'missing');
  if (!isMade || vault === undefined || !isAbsent) return error;
  return new VaultError(
    error.code,
    `${error.message}\nthe catalog makes this mount itself: kakehashi apply ${session.environment} --stack ${vault.id}, then store the credentials, then apply the rest`,
  );
}

/** A child's environment with AWS's credentials, where there are any to give. */
export function withAwsCredentials(
  variables: NodeJS.ProcessEnv,
  credentials: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  if (Object.keys(credentials).length === 0) return variables;
  const { withCredentials } = require('../../vault/credentials') as typeof import('../../vault/credentials');
  return withCredentials(variables, credentials);
}
