import path from 'node:path';
import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import { tunnelsOf } from '../../kinds/registry';
import { foldersOf, sandboxLockFile } from '../../session/folders';
import { Initializer } from '../../session/init';
import { isUnapplied, needsTerraform } from '../../session/outputs';
import { shownDirectory } from '../../session/read-catalog';
import { holdFolder } from '../../session/run-lock';
import type { Session } from '../../session/session';
import { synthesize } from '../../session/synthesize';

/** One environment of a gateway host, whose outputs can be read. */
export interface HostEnvironment {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
}

/**
 * The other environments of the folder whose tunnels end at the same gateway and of which anything can be applied.
 *
 * @param addresses - public addresses of the gateways. @default - that of the environment's own catalog
 * @param release - called with a function that unlocks the folder of an environment
 * @throws {@link Failure} where one of them can't be read, because its lines would be missing in the files
 */
export async function neighboursAtGateway(
  own: HostEnvironment,
  release: (free: () => void) => void,
  addresses: ReadonlySet<string | undefined> = new Set([own.loaded.catalog.site?.publicIp]),
): Promise<readonly HostEnvironment[]> {
  const { session } = own;
  const found: HostEnvironment[] = [];
  for (const name of otherEnvironments(session)) {
    const other = load(session, name);
    if (other === undefined || !addresses.has(other.catalog.site?.publicIp)) continue;
    const neighbour = neighbourSession(session, name);
    const stacks = other.stacks.filter((stack) => !stack.gone && tunnelsOf(stack) !== undefined);
    if (stacks.every((stack) => isUnapplied(neighbour, stack))) continue;
    if (stacks.some((stack) => !isUnapplied(neighbour, stack) && needsTerraform(neighbour, stack))) {
      release(holdFolder(path.join(neighbour.folders.root, neighbour.folders.out), name));
      await synthesize(neighbour, other.stacks);
    }
    found.push({ session: neighbour, loaded: other, initializer: new Initializer(neighbour) });
  }
  return found;
}

function otherEnvironments(session: Session): readonly string[] {
  const { listEnvironments } =
    require('../../../catalog/environment/folder') as typeof import('../../../catalog/environment/folder');
  const names = listEnvironments(shownDirectory(session.settings));
  return names.includes(session.environment) ? names.filter((name) => name !== session.environment) : [];
}

/** Loads an environment; undefined for a catalog without a site, which has no tunnels. */
function load(session: Session, environment: string): Loaded | undefined {
  const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  try {
    const loaded = loadEnvironment({
      directory: shownDirectory(session.settings),
      environment,
      ...(session.simulated ? { lockAdditions: (name: string) => sandboxLockFile(name) } : {}),
    });
    return loaded.catalog.site === undefined ? undefined : loaded;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    throw new Failure(
      `gateway: not written: ${environment} may end at the same host, and its catalog is broken; see: kakehashi validate ${environment}`,
    );
  }
}

/** The session of the same run for another environment. */
function neighbourSession(session: Session, environment: string): Session {
  const { simulated, settings, folders } = session;
  return {
    ...session,
    environment,
    folders: foldersOf(environment, {
      sandbox: simulated,
      catalogDirectory: settings.catalogDirectory,
      root: folders.root,
    }),
  };
}
