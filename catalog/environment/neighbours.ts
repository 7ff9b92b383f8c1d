import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NeighbourNeeds } from '../ground/need';
import type { Problem, StackName } from '../ground/problem';
import { ProblemList } from '../ground/problem-list';
import { type ParsedFiles, SourceReader } from '../source/extends';
import { Place } from '../source/place';
import type { EnvironmentDraft } from './draft';
import { type EnvironmentFile, environmentFiles } from './folder';
import { type ResolvedIdentities, resolveIdentities } from './identities';
import type { Lock } from './lock';
import { mergeLocks, readLockInto } from './lock-file';
import { withoutStacks } from './locked-ids';
import { readEnvironment } from './read';

/** Another environment of the folder, as far as it can be read: its problems are its own. */
export interface Neighbour {
  readonly environment: string;
  readonly file: string;
  /** Absent where the file can't be read at all; its lock counts all the same. */
  readonly draft?: EnvironmentDraft;
  readonly lock: Lock;
  readonly identities: ResolvedIdentities;
  /** Its errors. */
  readonly errors: readonly Problem[];
}

/**
 * What was read of a folder of catalogs already. Whoever loads several of its environments shares one, while no file of it changes:
 * else each environment reads all the others anew.
 */
export class FolderReadings {
  readonly parsed: ParsedFiles = new Map();
  private readonly neighbours = new Map<string, Neighbour>();

  /** @param key all that a reading depends on beside the files */
  neighbour(key: string, read: () => Neighbour): Neighbour {
    const known = this.neighbours.get(key) ?? read();
    this.neighbours.set(key, known);
    return known;
  }
}

/** Where the other environments and the locks are. */
export interface NeighbourOptions {
  readonly directory: string;
  readonly lockAdditions?: (environment: string) => string;
  /** Stacks of lock files that were never applied: they hold nothing. */
  readonly unapplied?: readonly StackName[];
  readonly readings: FolderReadings;
}

/** The other environments of a folder, by name. */
export function readNeighbours(
  own: string,
  environments: readonly EnvironmentFile[],
  options: NeighbourOptions,
): readonly Neighbour[] {
  return environments
    .filter(({ file }) => path.resolve(file) !== path.resolve(own))
    .map((one) => {
      const { directory, unapplied = [] } = options;
      const additions = options.lockAdditions?.(one.environment);
      const own = unapplied.filter(({ environment }) => environment === one.environment);
      const key = JSON.stringify([one.file, one.environment, directory, additions, own]);
      return options.readings.neighbour(key, () => readNeighbour(one, options));
    });
}

function readNeighbour({ file, environment }: EnvironmentFile, options: NeighbourOptions): Neighbour {
  const problems = new ProblemList();
  const root = new SourceReader(problems, options.readings.parsed).readMerged(file, options.directory);
  const draft = root && readEnvironment(file, Place.root(root), problems);
  const lock = keptLock(environment, readLockOf(environment, options, problems), options);
  const identities = resolveIdentities(environment, draft?.identities ?? [], lock, problems);
  const errors = problems.sorted([file]).filter(({ severity }) => severity === 'error');
  return { environment, file, ...(draft ? { draft } : {}), lock, identities, errors };
}

/** Whether the tunnels of another environment end at the same gateway; those of one that can't be read may. */
export function sharesGateway(own: EnvironmentDraft, { draft }: Neighbour): boolean {
  if (draft === undefined) return true;
  return sharesAddress(own, draft);
}

/** Whether tunnels of two environments end at the same gateway. */
export function sharesAddress(
  { publicIps }: Pick<EnvironmentDraft, 'publicIps'>,
  other: Pick<EnvironmentDraft, 'publicIps'>,
): boolean {
  return publicIps.some((address) => other.publicIps.includes(address));
}

/** What the other environments need, as far as they can be read. */
export function needsOf(neighbours: readonly Neighbour[]): readonly NeighbourNeeds[] {
  return neighbours.map(({ environment, draft, errors }) => ({
    environment: draft?.environment ?? environment,
    needs:
      draft === undefined
        ? []
        : Object.values(draft.readings).flatMap((reading) => reading.needs?.(draft.claims) ?? []),
    broken: draft === undefined ? [''] : [...new Set(errors.map(({ where }) => String(where.path[0] ?? '')))],
  }));
}

/** An environment's committed lock with its additions. */
export function readLockOf(
  environment: string,
  options: Pick<NeighbourOptions, 'directory' | 'lockAdditions'>,
  problems: ProblemList,
): Lock {
  const committed = readLockInto(
    path.join(options.directory, `${environment}.lock.yml`),
    problems,
    environment,
  );
  const additions = options.lockAdditions?.(environment);
  if (additions === undefined || !existsSync(additions)) return committed;
  return mergeLocks(committed, readLockInto(additions, problems, environment));
}

/** All environments of a folder; a folder that can't be read has none. */
export function environmentsOf(directory: string, parsed: ParsedFiles): readonly EnvironmentFile[] {
  return environmentFiles(directory, new SourceReader(new ProblemList(), parsed));
}

/** An environment's lock without the stacks of it that were never applied. */
export function keptLock(
  environment: string,
  lock: Lock,
  { unapplied = [] }: Pick<NeighbourOptions, 'unapplied'>,
): Lock {
  const own = unapplied.filter((stack) => stack.environment === environment);
  return withoutStacks(
    lock,
    environment,
    own.map(({ stack }) => stack),
  );
}
