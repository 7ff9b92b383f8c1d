import type { RefusedCreation } from '../../../terraform/journal';
import { TerraformError } from '../../../terraform/terraform';

/** How azurerm says that a resource exists (`tf.ImportAsExistsError` of its source): with the id by which it is imported. */
const NAMED = /A resource with the ID "([^"\s]+)" already exists/;

/** What an apply was refused because it exists, where the refusal names the id. */
export function refusedCreations(error: unknown): readonly RefusedCreation[] {
  if (!(error instanceof TerraformError)) return [];
  return error.diagnostics.flatMap(({ address, summary, detail }) => {
    const id = NAMED.exec(`${summary}\n${detail}`)?.[1];
    return address === undefined || id === undefined ? [] : [{ address, id }];
  });
}
