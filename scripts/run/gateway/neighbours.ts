import path from 'node:path';
import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { FolderReadings } from '../../../catalog/environment/neighbours';
import { Journal } from '../../../terraform/journal';
import { tunnelsOf } from '../../kinds/registry';
import { sandboxLockFile } from '../../session/folders';
import { Initializer } from '../../session/init';
import { neighbourFolders, neighbourSession } from '../../session/neighbour-session';
import { hasNoLocalState, isUnapplied, needConfiguration } from '../../session/outputs';
import { newReadings, shownDirectory } from '../../session/read-catalog';
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
  addresses: ReadonlySet<string | undefined> = new Set(publicIpsOf(own.loaded)),
): Promise<readonly HostEnvironment[]> {
  const { session } = own;
  const found: HostEnvironment[] = [];
  const readings = newReadings();
  for (const name of otherEnvironments(session)) {
    const other = load(session, name, addresses, readings);
    if (other === undefined) continue;
    const neighbour = neighbourSession(session, name);
    const stacks = other.stacks.filter((stack) => !stack.gone && tunnelsOf(stack) !== undefined);
    if (stacks.every((stack) => isUnapplied(neighbour, stack))) continue;
    if (needConfiguration(neighbour, stacks)) {
      release(session.held.hold(path.join(neighbour.folders.root, neighbour.folders.out), name));
      await synthesize({ ...neighbour, lenient: true }, other);
    }
    found.push({ session: neighbour, loaded: other, initializer: new Initializer(neighbour) });
  }
  return found;
}

/** The public addresses of the gateways of an environment's site. */
export function publicIpsOf({ catalog }: Pick<Loaded, 'catalog'>): readonly string[] {
  return (catalog.site?.gateways ?? []).map(({ publicIp }) => publicIp);
}

function otherEnvironments(session: Session): readonly string[] {
  const { listEnvironments } =
    require('../../../catalog/environment/folder') as typeof import('../../../catalog/environment/folder');
  const names = listEnvironments(shownDirectory(session.settings));
  return names.includes(session.environment) ? names.filter((name) => name !== session.environment) : [];
}

/**
 * Whether nothing of an environment was ever applied, as far as this disk and its lock file tell: for one whose catalog can't
 * be read.
 */
export function isNeverApplied(
  session: Pick<Session, 'simulated' | 'settings' | 'folders'>,
  environment: string,
): boolean {
  const { ProblemList } =
    require('../../../catalog/ground/problem-list') as typeof import('../../../catalog/ground/problem-list');
  const { readLockInto } =
    require('../../../catalog/environment/lock-file') as typeof import('../../../catalog/environment/lock-file');
  const run = { ...session, folders: neighbourFolders(session, environment) };
  const problems = new ProblemList();
  const { stacks } = readLockInto(run.folders.lockFile, problems);
  if (problems.hasErrors || new Journal(run.folders.journal).unfinished.length > 0) return false;
  return Object.entries(stacks).every(
    ([id, { backend }]) => (session.simulated || backend === 'local') && hasNoLocalState(run, id),
  );
}

/** Loads an environment; undefined where its tunnels do not end at this gateway, also where its catalog is broken. */
function load(
  session: Session,
  environment: string,
  addresses: ReadonlySet<string | undefined>,
  readings: FolderReadings,
): Loaded | undefined {
  const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  const directory = shownDirectory(session.settings);
  try {
    const loaded = loadEnvironment({
      directory,
      environment,
      lenient: true,
      readings,
      ...(session.simulated ? { lockAdditions: (name: string) => sandboxLockFile(name) } : {}),
    });
    return publicIpsOf(loaded).some((one) => addresses.has(one)) ? loaded : undefined;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const { gatewayAddresses } =
      require('../../../catalog/environment/gateway-address') as typeof import('../../../catalog/environment/gateway-address');
    const known = gatewayAddresses(directory, environment);
    if (known?.every((address) => !addresses.has(address))) return undefined;
    if (isNeverApplied(session, environment)) {
      session.report.note(
        'warn',
        `${environment}: its catalog is broken; nothing of it was applied, so no tunnel of it is missing here`,
      );
      return undefined;
    }
    throw new Failure(
      `gateway: not written: ${environment} may end at the same host, and its catalog is broken; see: kakehashi validate ${environment}`,
    );
  }
}
