import { userKind } from '../../../model/vault/roles';
import type { VaultDraft } from '../../environment/drafts';
import type { Neighbour } from '../../environment/neighbours';
import type { ProblemList } from '../../ground/problem-list';
import type { Path } from '../../source/node';
import { parseVaultAddress } from './formats';
import { overlap } from './mounts';

/** Something that an environment makes in its Vault. */
interface Made {
  readonly kind: 'mount' | 'policy' | 'log-in method' | 'audit device';
  readonly name: string;
  /** Below `vault`. */
  readonly steps: Path;
}

/** What two environments of the folder make at one server: each would take it from the other, plan by plan. */
export function checkVaultNeighbours(
  environment: string,
  vault: VaultDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  const server = serverOf(vault);
  if (server === undefined) return;
  for (const { environment: name, draft } of neighbours) {
    if (!draft?.vault || serverOf(draft.vault) !== server) continue;
    const theirs = madeBy(draft.environment, draft.vault);
    for (const own of madeBy(environment, vault)) {
      const other = theirs.find((candidate) => isSame(own, candidate));
      if (!other) continue;
      const { section } = vault;
      const message = `the environment ${name} makes the ${own.kind} ${other.name} too, in the same Vault (${server})`;
      const mend =
        own.kind === 'log-in method'
          ? 'make all AppRoles of a server in one environment: name these there too'
          : 'make it in one environment; in the other, leave create out';
      const position = section.keyAt(...own.steps);
      problems.error('made-twice', section.pathOf(...own.steps), message, position, mend);
    }
  }
}

/** A server and the namespace in it; however its address is spelled. */
function serverOf({ address, namespace }: VaultDraft): string | undefined {
  if (address === undefined) return undefined;
  return `${parseVaultAddress(address)}${namespace === undefined ? '' : `, namespace ${namespace}`}`;
}

function madeBy(
  environment: string,
  { mounts, policies, users, approles, audits }: VaultDraft,
): readonly Made[] {
  const made = <T extends { readonly create: boolean }>(things: readonly T[]): readonly T[] =>
    things.filter(({ create }) => create);
  return [
    ...made(mounts).map(({ path }) => thing('mount', path, ['mounts', path])),
    ...made(policies).map(({ name }) => thing('policy', name, ['policies', name])),
    ...made(users).map((user) =>
      thing('policy', userKind(environment, user.role, user.api), ['users', user.name]),
    ),
    // The method of all AppRoles is made with the first of them, whatever their names are.
    ...made(approles)
      .slice(0, 1)
      .map(({ name }) => thing('log-in method', 'approle', ['approles', name])),
    ...made(audits).map(({ path }) => thing('audit device', path, ['audits', path])),
  ];
}

function thing(kind: Made['kind'], name: string, steps: Path): Made {
  return { kind, name, steps };
}

function isSame(one: Made, other: Made): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind === 'mount' ? overlap(one.name, other.name) : one.name === other.name;
}
