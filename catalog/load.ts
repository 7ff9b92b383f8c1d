import { existsSync } from 'node:fs';
import path from 'node:path';
import { readPools, sakuraEntries } from './adopted/sakura-pools';
import { checkAsns } from './environment/asns';
import type { Catalog, Loaded } from './environment/catalog';
import type { EnvironmentDraft } from './environment/draft';
import { finishKinds } from './environment/finish';
import { type EnvironmentFile, findEnvironment, isPath } from './environment/folder';
import { foreignFile } from './environment/foreign-file';
import { type ResolvedIdentities, resolveIdentities } from './environment/identities';
import { checkKinds } from './environment/kind-checks';
import { checkBackends, checkOrphanLocks } from './environment/locks';
import { checkNames } from './environment/names';
import { checkNeighbours, checkSameNames } from './environment/neighbour-checks';
import {
  environmentsOf,
  FolderReadings,
  keptLock,
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
import type { StackName } from './ground/problem';
import { ProblemList } from './ground/problem-list';
import { checkCompatibility } from './site/compatibility';
import { allocateAtGateway, type GatewayUser } from './site/connections';
import { remoteNetworks } from './site/remote-networks';
import { checkSeveralGateways, noteGoneConnections } from './site/several-gateways';
import { SourceReader } from './source/extends';
import type { MapNode } from './source/node';
import { Place } from './source/place';

/** Which environment to load, and from where. */
export interface LoadOptions {
  /** The catalog's folder. */
  readonly directory: string;
  /** An environment's name, or the path of a file: also of any controller's `vpn_catalog.yml`. */
  readonly environment: string;
  /** The file with additions to an environment's committed lock (the sandbox has its own); read after it, and wins. */
  readonly lockAdditions?: (environment: string) => string;
  /** Stacks of lock files whose states were found to hold nothing: what the lock says of them counts for nothing. */
  readonly unapplied?: readonly StackName[];
  /**
   * Whether an error that holds only if something was applied is a warning: for whoever sees no state, or looks at it later.
   *
   * @default false
   */
  readonly lenient?: boolean;
  /** What was read of the folder already; it gets what was not. @default - nothing was */
  readonly readings?: FolderReadings;
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
  const { readings = new FolderReadings() } = options;
  const { parsed } = readings;
  const environments = isOurs ? environmentsOf(directory, parsed) : [];
  const file = path.normalize(findEnvironment(directory, options.environment, environments));
  const problems = new ProblemList();
  const reader = new SourceReader(problems, parsed);
  const root = reader.readMerged(file, directory);
  if (isOurs) checkOrphanLocks(directory, environments, problems);
  if (!root) throw new CatalogError(problems.sorted(reader.files));

  refuseForeign(root);
  const draft = readEnvironment(file, Place.root(root), problems);
  if (isFile) checkFileBeside(draft, reader);
  const around = isOurs || draft.identities.length === 0 ? environments : environmentsOf(directory, parsed);
  return checkTogether(draft, around, { ...options, directory, readings }, reader);
}

/** @throws {@link CatalogError} for another file of the controller's */
function refuseForeign(root: MapNode): void {
  const foreign = foreignFile(root);
  if (foreign === undefined) return;
  const where = { path: [], position: root.position };
  const must = `this is ${foreign.name}, not a catalog`;
  throw new CatalogError([{ severity: 'error', code: 'not-a-catalog', where, must, fix: [foreign.fix] }]);
}

/** Checks the addresses for nodes that the controller reads beside its catalog. */
function checkFileBeside({ file, adopted, site, root }: EnvironmentDraft, reader: SourceReader): void {
  const entries = sakuraEntries(adopted);
  const beside = path.join(path.dirname(file), 'sakura_config.yml');
  if (entries.length === 0 || root.has('sakura_config') || !existsSync(beside)) return;
  const node = reader.read(beside);
  if (node === undefined) return;
  const controller = site?.controller.address;
  const pools = readPools(
    Place.root(node),
    { adopted, ...(controller ? { controller } : {}) },
    reader.problems,
  );
  for (const { name } of entries) {
    if (node.keys.has(name) || pools.some(({ entry }) => entry === name)) continue;
    const message =
      'has no addresses in the sakura_config.yml beside it, where the controller looks for those of its nodes';
    reader.problems.warning('missing-pool', root.keyAt('sakura', name), message);
  }
}

/** Checks everything that holds between entries, files and the lock. @throws {@link CatalogError} */
function checkTogether(
  draft: EnvironmentDraft,
  environments: readonly EnvironmentFile[],
  options: NeighbourOptions & Pick<LoadOptions, 'lenient'>,
  { files, problems }: SourceReader,
): Loaded {
  const committed = readLockOf(draft.environment, options, problems);
  const lock = keptLock(draft.environment, committed, options);
  const identities = resolveIdentities(draft.environment, draft.identities, lock, problems);
  const isAlone = draft.identities.length === 0 && draft.claims.hubs.length === 0;
  const neighbours = isAlone ? [] : readNeighbours(draft.file, environments, options);
  const around = aroundOf(draft, neighbours, identities);
  checkSameNames(draft, environments, problems);
  checkNeighbours(draft, neighbours, files, problems);
  checkOverlaps(draft, neighbours, problems);
  checkNames(draft, neighbours, problems);
  checkAsns(draft, problems);
  checkSeveralGateways(draft.site, draft.claims, problems);
  noteGoneConnections(draft.site, draft.claims, identities.tunnels, draft.root, problems);
  checkKinds(draft.readings, around, lock, problems);
  checkBackends(draft, lock, identities.ids, problems);
  const allocations = allocate(draft, neighbours, identities, problems);
  for (const connection of draft.connections) {
    const allocation = allocations.get(connection.key);
    if (!connection.gateway || !allocation) continue;
    const networks = remoteNetworks(connection.network, around);
    checkCompatibility(connection.gateway, connection, allocation, networks, problems);
  }
  problems.settle(options);
  problems.throwErrors(files);
  const { stacks, ...parts } = finishKinds(draft, around, lock);
  const { environment, file, site, backend, policy, driftIgnore, adopted, addressPools } = draft;
  const catalog: Catalog = {
    environment,
    file,
    ...(site ? { site } : {}),
    backend,
    policy,
    driftIgnore,
    adopted,
    addressPools,
    ...parts,
  };
  // An environment that makes nothing any more may have something to destroy.
  const others = isAlone && stacks.length > 0 ? readNeighbours(file, environments, options) : neighbours;
  const sharers = neighbours.filter((neighbour) => neighbour.draft && sharesGateway(draft, neighbour));
  return {
    catalog,
    root: draft.root,
    lock: committed,
    kept: lock,
    identities,
    unapplied: options.unapplied ?? [],
    stacks,
    allocations,
    sharers: sharers.map((neighbour) => neighbour.environment),
    neighbourNeeds: needsOf(others),
    references: draft.claims.references.flatMap(({ kind, reference }) =>
      kind === 'credential' ? [reference] : [],
    ),
    problems: problems.sorted(files),
    files,
  };
}

function allocate(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  identities: ResolvedIdentities,
  problems: ProblemList,
): Loaded['allocations'] {
  const mates = neighbours.filter((neighbour) => sharesGateway(draft, neighbour));
  return allocateAtGateway(
    gatewayUser(draft.environment, draft, identities),
    mates.map((mate) =>
      gatewayUser(mate.draft?.environment ?? mate.environment, mate.draft, mate.identities),
    ),
    draft.root.at(),
    problems,
  );
}

function gatewayUser(
  environment: string,
  draft: EnvironmentDraft | undefined,
  { tunnels, ownerOf }: ResolvedIdentities,
): GatewayUser {
  return { environment, connections: draft?.connections ?? [], locked: tunnels, ownerOf };
}

/** What a kind's part of the catalog stands in. */
function aroundOf(draft: EnvironmentDraft, neighbours: readonly Neighbour[], identities: ResolvedIdentities) {
  return {
    ...draft,
    identities,
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
