import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { atLeast, findTerraform } from '../../terraform/binary';
import { terraformVariables } from '../../terraform/variables';
import { failed, failedBy, passed } from '../report/finding';
import type { Check } from './check';

/** Checks that there is a Terraform, or OpenTofu, that is new enough. */
export const TERRAFORM_CHECK: Check = {
  name: 'terraform',
  look: async ({ catalog, settings, processes, variables, binary }) => {
    const { variables: env } = terraformVariables(variables, settings.sandbox);
    try {
      const found = await findTerraform(settings.terraformBin, processes, env);
      binary.value = found;
      const { file, flavor, version } = found;
      if (needsLockFiles(catalog, settings.sandbox) && !atLeast(version, 1, 10)) {
        const old = `${version} at ${file}: lock files of the backend s3 need 1.10 or newer`;
        const instead = 'write backend.use_lockfile: false and a dynamodb_table in the catalog';
        return [failed(flavor, old, 'install it', instead)];
      }
      return [passed(flavor, `${version} at ${file}`)];
    } catch (error) {
      return [failedBy(error, 'terraform')];
    }
  },
};

/** Whether the states have lock files in S3: unless the catalog switches them off. The sandbox keeps its states on disk. */
function needsLockFiles(catalog: Loaded | CatalogError, sandbox: boolean): boolean {
  if (sandbox || catalog instanceof CatalogError) return false;
  const { type, settings } = catalog.catalog.backend;
  return type === 's3' && settings.use_lockfile !== false;
}
