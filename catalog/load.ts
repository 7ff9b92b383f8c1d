import path from 'node:path';
import { checkAsns } from './environment/asns';
import type { Catalog, Loaded } from './environment/catalog';
import type { EnvironmentDraft } from './environment/draft';
import { finishKinds } from './environment/finish';
import { type EnvironmentFile, findEnvironment, isPath } from './environment/folder';
import { checkKinds } from './environment/kind-checks';
import { checkBackends, checkOrphanLocks } from './environment/locks';
import { checkNames } from './environment/names';
import { checkNeighbours, checkSameNames } from './environment/neighbour-checks';
import {
  environmentsOf,
  type Neighbour,
  type NeighbourOptions,
  needsOf,
  readLockOf,
  readNeighbours,
  sharesGateway,
} from './environment/neighbours';
import { checkOverlaps } from './environment/overlaps';
import { readEnvironment } from './environment/read';
import { CatalogError } from './ground/catalog-error';
import { ProblemList } from './ground/problem-list';
import { checkCompatibility } from './site/compatibility';
import { allocateAtGateway } from './site/connections';
import { remoteNetworks } from './site/remote-networks';
import { type ParsedFiles, SourceReader } from './source/extends';
import { Place } from './source/place';

/** Which environment to load, and from where. */
export interface LoadOptions {
  /** The catalog's folder. */
  readonly directory: string;
  /** An environment's name, or the path of a file: also of any controller's `vpn_catalog.yml`. */
  readonly environment: string;
  /** The file with additions to an environment's committed lock (the sandbox has its own); read after it, and wins. */
  readonly lockAdditions?: (environment: string) => string;
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
  const parsed: ParsedFiles = new Map();
  const environments = isOurs ? environmentsOf(directory, parsed) : [];
  const file = path.normalize(findEnvironment(directory, options.environment, environments));
  const problems = new ProblemList();
  const reader = new SourceReader(problems, parsed);
  const root = reader.readMerged(file, directory);
  if (isOurs) checkOrphanLocks(directory, environments, problems);
  if (!root) throw new CatalogError(problems.sorted(reader.files));

  const draft = readEnvironment(file, Place.root(root), problems);
  const around = isOurs || draft.ids.length === 0 ? environments : environmentsOf(directory, parsed);
  return checkTogether(draft, around, { ...options, directory, parsed }, reader);
}

/** Checks everything that holds between entries, files and the lock. @throws {@link CatalogError} */
function checkTogether(
  draft: EnvironmentDraft,
  environments: readonly EnvironmentFile[],
  options: NeighbourOptions,
  { files, problems }: SourceReader,
): Loaded {
  const lock = readLockOf(draft.environment, options, problems);
  const neighbours = draft.ids.length > 0 ? readNeighbours(draft.file, environments, options) : [];
  const around = aroundOf(draft, neighbours);
  checkSameNames(draft, environments, problems);
  checkNeighbours(draft, neighbours, files, problems);
  checkOverlaps(draft, neighbours, problems);
  checkNames(draft, neighbours, problems);
  checkAsns(draft, problems);
  checkKinds(draft.readings, around, lock, problems);
  checkBackends(draft, lock, new Set(draft.ids), problems);
  const allocations = allocate(draft, neighbours, lock.tunnels, problems);
  for (const connection of draft.claims.gateways) {
    const allocation = allocations.get(connection.key);
    if (!draft.site || !allocation) continue;
    checkCompatibility(draft.site, connection, allocation, remoteNetworks(connection.key, around), problems);
  }
  problems.throwErrors(files);
  const { stacks, ...parts } = finishKinds(draft, around, lock);
  const { environment, file, site, backend, adopted } = draft;
  const catalog: Catalog = { environment, file, ...(site ? { site } : {}), backend, adopted, ...parts };
  // An environment that makes nothing any more may have something to destroy.
  const others =
    draft.ids.length > 0 || stacks.length === 0 ? neighbours : readNeighbours(file, environments, options);
  const sharers = neighbours.filter((neighbour) => neighbour.draft && sharesGateway(draft, neighbour));
  return {
    catalog,
    lock,
    stacks,
    allocations,
    sharers: sharers.map((neighbour) => neighbour.environment),
    neighbourNeeds: needsOf(others),
    problems: problems.sorted(files),
    files,
  };
}

function allocate(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  locked: Loaded['lock']['tunnels'],
  problems: ProblemList,
): Loaded['allocations'] {
  const mates = neighbours.filter((neighbour) => sharesGateway(draft, neighbour));
  return allocateAtGateway(
    { environment: draft.environment, connections: draft.claims.gateways, locked },
    mates.map((mate) => ({
      environment: mate.draft?.environment ?? mate.environment,
      connections: mate.draft?.claims.gateways ?? [],
      locked: mate.lock.tunnels,
    })),
    draft.root.at(),
    problems,
  );
}

/** What a kind's part of the catalog stands in. */
function aroundOf(draft: EnvironmentDraft, neighbours: readonly Neighbour[]) {
  return {
    ...draft,
    neighbours: neighbours.flatMap((neighbour) =>
      neighbour.draft === undefined
        ? []
        : [
            {
              environment: neighbour.draft.environment,
              sharesGateway: sharesGateway(draft, neighbour),
              site: neighbour.draft.site,
              claims: neighbour.draft.claims,
            },
          ],
    ),
  };
}
