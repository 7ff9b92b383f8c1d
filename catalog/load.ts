import path from 'node:path';
import { checkBackendCredentials } from './checks/backend-credentials';
import { checkEntries } from './checks/entries';
import { allocateAtGateway } from './checks/gateway';
import { checkLock, checkOrphanLocks } from './checks/locks';
import { checkNeighbours, checkSameNames } from './checks/neighbours';
import { checkOverlaps } from './checks/overlaps';
import { checkSubnets } from './checks/subnets';
import { checkTunnels } from './checks/tunnels';
import { checkVault } from './checks/vault';
import { type EnvironmentFile, findEnvironment, isPath } from './folder';
import type { Loaded, LoadOptions } from './loaded';
import { CatalogError } from './problem';
import { ProblemList } from './problem-list';
import type { EnvironmentDraft } from './read/drafts';
import { readEnvironment } from './read/environment';
import { finishCatalog } from './read/finish';
import { environmentsOf, type NeighbourOptions, readLockOf, readNeighbours } from './read/neighbours';
import { resolveNetworks } from './read/resolve';
import { type ParsedFiles, SourceReader } from './source/extends';
import { unitsOf, vaultMembers } from './units';

export { folderProblem, listEnvironments } from './folder';
export type { Loaded, LoadOptions } from './loaded';

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
  const parsed: ParsedFiles = new Map();
  const environments = isOurs ? environmentsOf(directory, parsed) : [];
  const file = path.normalize(findEnvironment(directory, options.environment, environments));
  const problems = new ProblemList();
  const reader = new SourceReader(problems, parsed);
  const root = reader.readMerged(file, directory);
  if (isOurs) checkOrphanLocks(directory, environments, problems);
  if (!root) throw new CatalogError(problems.sorted(reader.files));

  const draft = readEnvironment(file, root, problems);
  const around = isOurs || !buildsAnything(draft) ? environments : environmentsOf(directory, parsed);
  const locks: NeighbourOptions = { ...options, directory, parsed };
  const { lock, resolved, allocations } = checkTogether(draft, around, locks, reader);
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
  locks: NeighbourOptions,
  { files, problems }: SourceReader,
) {
  const lock = readLockOf(draft.environment, locks, problems);
  const neighbours = buildsAnything(draft) ? readNeighbours(draft.file, environments, locks) : [];
  const resolved = resolveNetworks(draft, neighbours, problems);
  checkSameNames(draft, environments, problems);
  checkNeighbours(draft, neighbours, files, problems);
  checkOverlaps(draft, neighbours, problems);
  for (const network of draft.networks) checkSubnets(network, problems);
  checkEntries(draft, problems);
  checkVault(draft, neighbours, problems);
  checkBackendCredentials(draft, problems);
  checkLock(draft, lock, problems);
  const allocations = allocateAtGateway(draft, lock, neighbours, problems);
  checkTunnels(draft, resolved, allocations, problems);
  return { lock, resolved, allocations };
}

function buildsAnything({ networks, vault }: EnvironmentDraft): boolean {
  return networks.length > 0 || (vault !== undefined && vaultMembers(vault).length > 0);
}
