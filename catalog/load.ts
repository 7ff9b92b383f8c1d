import path from 'node:path';
import type { Catalog } from './catalog';
import { checkEntries } from './checks/entries';
import { allocateAtGateway } from './checks/gateway';
import { checkLock, checkOrphanLocks } from './checks/locks';
import { checkNeighbours, checkSameNames } from './checks/neighbours';
import { checkOverlaps } from './checks/overlaps';
import { checkSubnets } from './checks/subnets';
import { type EnvironmentFile, findEnvironment, isPath } from './folder';
import type { Allocation, Lock } from './lock';
import { CatalogError, type Problem } from './problem';
import { ProblemList } from './problem-list';
import type { EnvironmentDraft } from './read/drafts';
import { readEnvironment } from './read/environment';
import { finishCatalog } from './read/finish';
import { environmentsOf, type LockOptions, readLockOf, readNeighbours } from './read/neighbours';
import { resolveNetworks } from './read/resolve';
import { SourceReader } from './source/extends';
import { type Unit, unitsOf } from './units';

export { listEnvironments } from './folder';

/** Which environment to load, and from where. */
export interface LoadOptions {
  /** The catalog's folder. */
  readonly directory: string;
  /** An environment's name, or the path of a file: also of any controller's `vpn_catalog.yml`. */
  readonly environment: string;
  /** The file with additions to an environment's committed lock (the sandbox has its own); read after it, and wins. */
  readonly lockAdditions?: (environment: string) => string;
}

/** An environment, ready to be synthesized. */
export interface Loaded {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly units: readonly Unit[];
  /** By network key, `aws/default`: what is locked, else newly allocated. */
  readonly allocations: ReadonlyMap<string, Allocation>;
  /** Warnings only. */
  readonly problems: readonly Problem[];
  /** Every file that was read for this environment, its own first. */
  readonly files: readonly string[];
}

/**
 * Reads one environment's catalog with everything that it stands on: the files that it extends, its lock, and the
 * other environments of the folder.
 *
 * @throws {@link CatalogError} with all problems, errors and warnings, of all its files
 */
export function loadEnvironment(options: LoadOptions): Loaded {
  const isFile = isPath(options.environment);
  const directory = path.normalize(isFile ? path.dirname(options.environment) : options.directory);
  const isOurs = !isFile || path.resolve(directory) === path.resolve(options.directory);
  const environments = isOurs ? environmentsOf(directory) : [];
  const file = path.normalize(findEnvironment(directory, options.environment, environments));
  const problems = new ProblemList();
  const reader = new SourceReader(problems);
  const root = reader.readMerged(file, directory);
  if (isOurs) checkOrphanLocks(directory, environments, problems);
  if (!root) throw new CatalogError(problems.sorted(reader.files));

  const draft = readEnvironment(file, root, problems);
  const around = isOurs || draft.networks.length === 0 ? environments : environmentsOf(directory);
  const locks: LockOptions = { ...options, directory };
  const { lock, resolved, allocations } = checkTogether(draft, around, locks, problems);
  problems.throwErrors(reader.files);
  const catalog = finishCatalog(draft, resolved);
  return {
    catalog,
    lock,
    units: unitsOf(catalog, lock),
    allocations,
    problems: problems.sorted(reader.files),
    files: reader.files,
  };
}

/** Everything that holds between entries, files and the lock. */
function checkTogether(
  draft: EnvironmentDraft,
  environments: readonly EnvironmentFile[],
  locks: LockOptions,
  problems: ProblemList,
) {
  const lock = readLockOf(draft.environment, locks, problems);
  const neighbours = draft.networks.length === 0 ? [] : readNeighbours(draft.file, environments, locks);
  const resolved = resolveNetworks(draft, neighbours, problems);
  checkSameNames(draft, environments, problems);
  checkNeighbours(draft, neighbours, problems);
  checkOverlaps(draft, neighbours, problems);
  for (const network of draft.networks) checkSubnets(network, problems);
  checkEntries(draft, resolved, problems);
  checkLock(draft, lock, problems);
  return { lock, resolved, allocations: allocateAtGateway(draft, lock, neighbours, problems) };
}
