import { Interrupted } from '../../base/interrupted';
import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import type { Kind } from '../../catalog/kinds/registry';
import { terraformVariables } from '../../terraform/variables';
import { driverOf } from '../kinds/registry';
import type { Settings } from '../session/settings';
import type { Vaults } from '../session/vaults';
import { opensOnce } from './opens-once';

/** What Terraform gets in its environment. */
export interface TerraformVariablesOf {
  readonly variables: NodeJS.ProcessEnv;
  /** The kinds whose credentials can't be read, which another check says. */
  readonly withheld: readonly Kind[];
}

/** What it needs of an examination. */
interface Examined {
  readonly catalog: Loaded | CatalogError;
  readonly settings: Settings;
  readonly variables: NodeJS.ProcessEnv;
  readonly vaults: Vaults;
}

/**
 * The variables of Terraform's process, as a plan makes them. What can be taken from Vault only once is left there.
 *
 * @throws Interrupted
 */
export async function variablesForTerraform(examination: Examined): Promise<TerraformVariablesOf> {
  const { catalog, settings, vaults } = examination;
  let { variables } = terraformVariables(examination.variables, settings.sandbox);
  const withheld: Kind[] = [];
  if (catalog instanceof CatalogError) return { variables, withheld };
  const isOnce = opensOnce(examination.variables) && catalog.catalog.kinds.vault?.auth.method === 'approle';
  for (const kind of new Set(catalog.stacks.map((stack) => stack.kind))) {
    const { credentials } = driverOf({ kind });
    if (credentials === undefined) continue;
    const needsVault = kind === 'vault' || Object.keys(catalog.catalog.credentials).length > 0;
    try {
      if (isOnce && needsVault && !settings.sandbox) withheld.push(kind);
      else variables = (await credentials({ vaults, simulated: settings.sandbox }, catalog))(variables);
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      withheld.push(kind);
    }
  }
  return { variables, withheld };
}
