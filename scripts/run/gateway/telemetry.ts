import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from '../../../catalog/kinds/registry';
import type { TunnelTelemetry } from '../../../gateway/status/tunnel-telemetry';
import { priorResources } from '../../../terraform/plan/prior-resources';
import { tunnelsOf } from '../../kinds/registry';
import { stackFolder } from '../../session/folders';
import type { Initializer } from '../../session/init';
import type { Session } from '../../session/session';

const REFRESH_FILE = 'kakehashi-refresh.tfplan';

/**
 * The tunnels of a stack as the cloud reports them now. Terraform refreshes the state for it and does not change it.
 * Nothing but the tunnels is kept of the answer, because it holds keys in clear.
 *
 * @throws TerraformError
 */
export async function readTelemetry(
  session: Session,
  initializer: Initializer,
  stack: Stack,
): Promise<readonly TunnelTelemetry[]> {
  const kind = tunnelsOf(stack);
  if (kind === undefined) return [];
  await initializer.init(stack.id);
  const folder = stackFolder(session.folders, stack.id);
  const file = path.join(folder, REFRESH_FILE);
  try {
    await session.terraform.plan(
      folder,
      REFRESH_FILE,
      { destroy: false, refreshOnly: true },
      () => undefined,
    );
    const resources = priorResources(await session.terraform.show(folder, file));
    return resources.flatMap((resource) => kind.telemetryOf(resource));
  } finally {
    rmSync(file, { force: true });
  }
}
