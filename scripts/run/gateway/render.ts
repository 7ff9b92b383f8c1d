import { setTimeout as wait } from 'node:timers/promises';
import { Interrupted } from '../../../base/interrupted';
import { folderFailure } from '../../../gateway/folder/entry';
import type { SiteGateway } from '../../../model/gateway/site-gateway';
import { gatewayFolder } from '../../session/folders';
import { AnotherRun, holdFile, hostLock } from '../../session/run-lock';
import type { ConnectionOptions } from './connections';
import { type AppliedHost, appliedHost } from './host';
import { writeHost } from './host-files';
import type { HostEnvironment } from './neighbours';

/** How long another run may take for the same gateway's files, and how often we check whether it has ended. */
const PATIENCE_MS = 60_000;
const POLL_MS = 250;

/** A gateway host whose files were written. */
export interface RenderedHost extends AppliedHost {
  readonly folder: string;
}

/**
 * Writes the files of a gateway host that an environment ends at, from what is applied at this moment. Two runs that end at
 * the same time write one after the other, so that neither loses the other's tunnels.
 *
 * @returns undefined where no tunnel ends at that host
 * @throws {@link Failure}
 */
export async function renderHost(
  own: HostEnvironment,
  gateway: SiteGateway,
  options: ConnectionOptions = {},
): Promise<RenderedHost | undefined> {
  const free = await holdGateway(own, gateway.publicIp);
  try {
    const applied = await appliedHost(own, gateway, options);
    return applied && { ...applied, folder: writeHost(own.session, applied.host) };
  } finally {
    free();
  }
}

async function holdGateway({ session }: HostEnvironment, publicIp: string): Promise<() => void> {
  const folder = gatewayFolder(publicIp, session.simulated, session.folders.root);
  const lock = hostLock(session, publicIp, '');
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return holdFile(lock, `the gateway ${publicIp}`);
    } catch (error) {
      if (!(error instanceof AnotherRun) || Date.now() > until)
        throw folderFailure(folder, error, 'writable');
    }
    if (session.stop.aborted) throw new Interrupted();
    await wait(POLL_MS);
  }
}
