import { basename } from 'node:path';
import type { ProviderFiles } from '../sandbox/schemas/provider-files';
import { SIMULATED } from '../sandbox/simulated';

/** The files of the provider of an executable, which is named `terraform-provider-NAME_v1.2.3_x5`. @throws Error for another name */
export function filesFor(executable: string): ProviderFiles {
  const name = /^terraform-provider-([a-z0-9-]+)/.exec(basename(executable))?.[1];
  const found = SIMULATED.find(({ files }) => files.name === name);
  if (found === undefined)
    throw new Error(
      `${executable}: must be named terraform-provider-… for a provider that the sandbox simulates`,
    );
  return found.files;
}
