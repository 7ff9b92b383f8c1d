import path from 'node:path';
import { checkBackendCredentials } from './environment/backend-credentials';
import type { EnvironmentDraft } from './environment/drafts';
import { finishCatalog } from './environment/finish';
import { type EnvironmentFile, findEnvironment, isPath } from './environment/folder';
import { checkLock, checkOrphanLocks } from './environment/locks';
import { checkNeighbours, checkSameNames } from './environment/neighbour-checks';
import { environmentsOf, type NeighbourOptions, readLockOf, readNeighbours } from './environment/neighbours';
import { checkOverlaps } from './environment/overlaps';
import { readEnvironment } from './environment/read';
import type { Loaded, LoadOptions } from './ground/loaded';
import { CatalogError } from './ground/problem';
import { ProblemList } from './ground/problem-list';
import { stacksOf, vaultMembers } from './ground/stacks';
import { checkEntries } from './kinds/aws-network/entry-checks';
import { resolveNetworks } from './kinds/aws-network/resolve';
import { checkSubnets } from './kinds/aws-network/subnets';
import { checkTunnels } from './kinds/aws-network/tunnels';
import { checkVault } from './kinds/vault/checks';
import { allocateAtGateway } from './site/gateway-allocation';
import { type ParsedFiles, SourceReader } from './source/extends';

export { folderProblem, listEnvironments } from './environment/folder';
export type { Loaded, LoadOptions } from './ground/loaded';

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
    stacks: stacksOf(catalog, lock),
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
