import { rmSync } from 'node:fs';
import path from 'node:path';
import { priorResources, type StateResource } from '../../terraform/plan/prior-resources';
import { stackFolder } from './folders';
import type { Session } from './session';

const REFRESH_FILE = 'kakehashi-refresh.tfplan';

/**
 * The resources of an initialised stack as the cloud reports them now. Terraform refreshes the state for it and does not change
 * it. The answer holds keys in clear: the caller keeps no more of it than it needs.
 *
 * @param env - variables that the configuration takes
 * @throws TerraformError
 */
export async function refreshedResources(
  session: Pick<Session, 'terraform' | 'folders'>,
  stack: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly StateResource[]> {
  const folder = stackFolder(session.folders, stack);
  const file = path.join(folder, REFRESH_FILE);
  try {
    const options = { destroy: false, refreshOnly: true, env };
    await session.terraform.plan(folder, REFRESH_FILE, options, () => undefined);
    return priorResources(await session.terraform.show(folder, file));
  } finally {
    rmSync(file, { force: true });
  }
}
