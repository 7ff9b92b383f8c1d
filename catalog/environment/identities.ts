import { compareTexts } from '../../base/text/compare-texts';
import { nearest } from '../../base/text/nearest';
import { connectionKey, connectionParts } from '../../model/gateway/site-gateway';
import type { Allocation } from '../ground/allocation';
import type { IdentityClaim } from '../ground/claims';
import { entryName, type Identities } from '../ground/identities';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { stackId } from '../ground/stack';
import { bornNames } from './born-names';
import type { Lock, StackMemory } from './lock';
import { lockedIds } from './locked-ids';

/** The identities of a catalog's stacks, and what the lock file must remember of them. */
export interface ResolvedIdentities extends Identities {
  /** Ids of the stacks that the catalog has. */
  readonly ids: ReadonlySet<string>;
  /** What the lock file holds of tunnels, by the keys that the catalog gives their networks now. */
  readonly tunnels: Lock['tunnels'];
  /** What the lock file remembers of a stack's names, by its id. */
  readonly memory: ReadonlyMap<string, StackMemory>;
  /** The stack of a connection whose tunnels the lock holds, by its key in {@link tunnels}. */
  readonly ownerOf: (connection: string) => string | undefined;
}

/**
 * Finds the stack of each entry: that which the lock file has under its key or, with `formerly`, under its old key; else a new
 * one, whose id is given once and stays.
 *
 * Pure, so that plan, bare cdktf and every check find the same.
 */
export function resolveIdentities(
  environment: string,
  claims: readonly IdentityClaim[],
  lock: Lock,
  problems: ProblemList,
): ResolvedIdentities {
  const locked = lockedIds(environment, lock);
  const found = new Found(environment, claims, lock, locked.idOf, problems);
  const names = new Map<string, string>();
  const memory = new Map<string, StackMemory>();
  for (const claim of claims) {
    const id = found.idOf(claim.key);
    const born = bornNames(
      claim,
      { lock, id, lockedKey: found.lockedKeyOf(claim.key), name: found.newName(claim.key) },
      problems,
    );
    for (const [key, name] of born.names) names.set(key, name);
    memory.set(id, {
      ...(id === stackId(environment, ...claim.key.split('/')) ? {} : { entry: claim.key }),
      ...notEmpty(
        'keys',
        [...born.names].filter(([key, name]) => name !== entryName(key)),
      ),
      ...notEmpty('formerly', [...found.carriedOut(claim), ...born.carriedOut]),
    });
  }
  const owners = new Map<string, string>();
  return {
    ids: new Set(claims.map(({ key }) => found.idOf(key))),
    idOf: (key) => found.idOf(key),
    bornOf: (key) => names.get(key) ?? entryName(key),
    tunnels: currentTunnels(claims, lock, found, locked.idOf, owners),
    memory,
    ownerOf: (network) => owners.get(network),
  };
}

/** Where the stack of each entry was found. */
class Found {
  /** By key of the catalog. */
  private readonly ids = new Map<string, string>();
  /** The key that the lock file has for the stack of an entry, where it has the stack. */
  private readonly lockedKeys = new Map<string, string>();
  private readonly newNames = new Map<string, string>();
  private readonly renamed = new Set<string>();
  /** Entries whose old name nothing has. */
  private readonly unknown: IdentityClaim[] = [];

  constructor(
    private readonly environment: string,
    private readonly claims: readonly IdentityClaim[],
    private readonly lock: Lock,
    private readonly lockedId: (key: string) => string | undefined,
    private readonly problems: ProblemList,
  ) {
    for (const claim of claims) this.follow(claim);
    for (const { key } of claims) this.keep(key);
    for (const claim of this.unknown) this.checkUnknown(claim);
    this.checkReplaced();
    const open = claims.filter(({ key }) => !this.ids.has(key));
    const given = open.map((claim) => [claim, this.birthId(claim.key)] as const);
    // An id that is free goes to the entry whose name it is, before others get a number.
    for (const [{ key }, id] of given) if (this.isFree(id)) this.give(key, id, entryName(key));
    for (const [{ key }] of given) if (!this.ids.has(key)) this.giveNumbered(key);
  }

  idOf(key: string): string {
    return this.ids.get(key) ?? this.birthId(key);
  }

  lockedKeyOf(key: string): string | undefined {
    return this.lockedKeys.get(key);
  }

  newName(key: string): string {
    return this.newNames.get(key) ?? entryName(key);
  }

  /** What is remembered of an entry's `formerly`: only where its old name means another stack now. */
  carriedOut({ key, formerly }: IdentityClaim): readonly (readonly [string, string])[] {
    const isNeeded = formerly !== undefined && this.ids.has(formerly.key) && this.lockedKeys.has(key);
    return isNeeded ? [[key, entryName(formerly.key)]] : [];
  }

  /** Takes the stack of an entry's old key, unless that was done before. */
  private follow(claim: IdentityClaim): void {
    const { key, formerly } = claim;
    if (formerly === undefined) return;
    const own = this.lockedId(key);
    const former = this.lockedId(formerly.key);
    if (formerly.key === key) {
      this.problems.error('bad-formerly', formerly.where, 'names the entry itself', 'remove it');
    } else if (
      former !== undefined &&
      (own === undefined || this.lock.stacks[own]?.formerly?.[key] !== entryName(formerly.key))
    ) {
      this.rename(key, formerly.key, former, formerly.where);
    } else if (own !== undefined) {
      const message = 'the lock file has it: the key may go';
      this.problems.note('formerly-done', formerly.where, message);
    } else this.unknown.push(claim);
  }

  private rename(
    key: string,
    formerKey: string,
    id: string,
    where: NonNullable<IdentityClaim['formerly']>['where'],
  ): void {
    const other = [...this.ids].find(([, taken]) => taken === id)?.[0];
    if (other !== undefined) {
      const message = `${other} is formerly ${entryName(formerKey)} too, and one entry goes on with what it was`;
      this.problems.error('bad-formerly', where, message, 'remove one of the two');
      return;
    }
    this.ids.set(key, id);
    this.lockedKeys.set(key, formerKey);
    this.renamed.add(key);
  }

  private keep(key: string): void {
    const id = this.lockedId(key);
    if (id === undefined || this.ids.has(key) || [...this.ids.values()].includes(id)) return;
    this.ids.set(key, id);
    this.lockedKeys.set(key, key);
  }

  /** An entry must not take the name of a stack that would be destroyed: both would have it until that is done. */
  private checkReplaced(): void {
    for (const { key, formerly } of this.claims) {
      const id = this.lockedId(key);
      if (!this.renamed.has(key) || id === undefined || formerly === undefined) continue;
      if ([...this.ids.values()].includes(id)) continue;
      this.problems.disputed(
        'bad-formerly',
        formerly.where,
        `${key} has a stack of its own in the lock file, ${id}, which would be destroyed under the same name`,
        [{ environment: this.environment, stack: id }],
        `where another entry goes on with ${id}, give it formerly: ${entryName(key)}`,
        `else apply once with ${formerly.key} under its old name and without ${key}, and rename it then`,
      );
    }
  }

  /** An old name that nothing has is harmless, unless something that goes is probably meant. */
  private checkUnknown({ formerly }: IdentityClaim): void {
    if (formerly === undefined) return;
    const held = new Set(this.ids.values());
    const gone = Object.keys(this.lock.stacks)
      .filter((id) => !held.has(id))
      .sort(compareTexts);
    if (gone.length === 0) {
      this.problems.note(
        'formerly-unknown',
        formerly.where,
        `the lock file has no ${formerly.key}: a new one is built`,
      );
      return;
    }
    const names = gone.map((id) => this.lock.stacks[id]?.entry ?? id);
    const statement = {
      must: 'must be the old name of an entry that the lock file has',
      got: quoted(entryName(formerly.key)),
      suggestion: this.meantName(formerly.key, gone),
    };
    const fix = `stacks that are gone from the catalog: ${names.join(', ')}`;
    this.problems.error('bad-formerly', formerly.where, statement, fix);
  }

  /** The old name that was probably meant, as far as the lock file says how the entries of these stacks were called. */
  private meantName(key: string, gone: readonly string[]): string | undefined {
    const named = gone.flatMap((id) => this.lock.stacks[id]?.entry ?? []);
    const networks = Object.keys(this.lock.tunnels).map((line) => connectionParts(line).network);
    const connected = networks.filter((other) => gone.includes(this.lockedId(other) ?? ''));
    return nearest(entryName(key), [...named, ...connected].map(entryName));
  }

  private giveNumbered(key: string): void {
    for (let number = 2; ; number++) {
      const name = `${entryName(key)}-${number}`;
      const id = `${this.birthId(key)}-${number}`;
      const isName = this.claims.some((claim) =>
        [claim, ...claim.parts].some((one) => entryName(one.key) === name),
      );
      if (isName || !this.isFree(id)) continue;
      this.give(key, id, name);
      return;
    }
  }

  private give(key: string, id: string, name: string): void {
    this.ids.set(key, id);
    this.newNames.set(key, name);
  }

  private isFree(id: string): boolean {
    return this.lock.stacks[id] === undefined && ![...this.ids.values()].includes(id);
  }

  private birthId(key: string): string {
    return stackId(this.environment, ...key.split('/'));
  }
}

/** The lock's tunnels under the keys of now; those of networks that are gone keep theirs. */
function currentTunnels(
  claims: readonly IdentityClaim[],
  lock: Lock,
  found: Found,
  lockedId: (key: string) => string | undefined,
  owners: Map<string, string>,
): Lock['tunnels'] {
  const tunnels: Record<string, Allocation> = {};
  const moved = new Set<string>();
  for (const { key } of claims) {
    const lockedKey = found.lockedKeyOf(key);
    if (lockedKey === undefined) continue;
    for (const [line, held] of Object.entries(lock.tunnels)) {
      const { network, gateway } = connectionParts(line);
      if (network !== lockedKey) continue;
      const now = connectionKey(key, gateway === undefined ? {} : { name: gateway });
      tunnels[now] = held;
      owners.set(now, found.idOf(key));
      moved.add(line);
    }
  }
  // A line that belongs to no stack of the lock is that of the entry with its name.
  for (const [key, held] of Object.entries(lock.tunnels)) {
    if (moved.has(key) || tunnels[key] !== undefined) continue;
    tunnels[key] = held;
    const owner = lockedId(connectionParts(key).network);
    if (owner !== undefined) owners.set(key, owner);
  }
  return tunnels;
}

function notEmpty(name: 'keys' | 'formerly', entries: readonly (readonly [string, string])[]): StackMemory {
  return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) };
}
