import { CatalogError } from '../../catalog/ground/problem';
import type { Loaded } from '../../catalog/load';
import { atLeast, findTerraform } from '../../terraform/binary';
import { terraformVariables } from '../../terraform/variables';
import type { Check } from './check';
import { failed, passed, wordsOf } from './finding';

/** Whether there is a Terraform, or OpenTofu, that is new enough. */
export const TERRAFORM_CHECK: Check = {
  name: 'terraform',
  look: async ({ catalog, settings, processes, variables }) => {
    const { variables: env } = terraformVariables(variables, settings.sandbox);
    try {
      const { file, flavor, version } = await findTerraform(settings.terraformBin, processes, env);
      if (needsLockFiles(catalog, settings.sandbox) && !atLeast(version, 1, 10)) {
        const found = `${version} at ${file}: lock files of the backend s3 need 1.10 or newer`;
        return [
          failed(flavor, found, 'install it, or write backend.use_lockfile: false and a dynamodb_table'),
        ];
      }
      return [passed(flavor, `${version} at ${file}`)];
    } catch (error) {
      const mend =
        'install Terraform 1.6 or newer, or OpenTofu 1.8 or newer; or name it: --terraform-bin FILE';
      return [failed('terraform', wordsOf(error), mend)];
    }
  },
};

/** They are on unless the catalog says otherwise; the sandbox keeps its states in files. */
function needsLockFiles(catalog: Loaded | CatalogError, sandbox: boolean): boolean {
  if (sandbox || catalog instanceof CatalogError) return false;
  const { type, settings } = catalog.catalog.backend;
  return type === 's3' && settings.use_lockfile !== false;
}
