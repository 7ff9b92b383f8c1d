import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import { isComplete, type Need, type NeighbourNeeds } from '../../../catalog/ground/need';
import { serverOf } from '../../../catalog/kinds/vault/claims';

/** What a plan destroys that others may need. */
export interface Lost {
  /** Paths of mounts. */
  readonly mounts: readonly string[];
  /** Paths of log-in methods below `auth/`. */
  readonly logIns: readonly string[];
}

/** Where a catalog says what it needs in a Vault. */
const SECTIONS = ['providers', 'site', 'vault'];

/** How many keys of one environment a message names. */
const NAMED = 4;

/**
 * Refuses to destroy what other environments of the folder need in the same Vault and namespace: their secrets, keys and
 * log-ins would be gone for good. An environment whose catalog can't be read may need it too, so it refuses as well.
 *
 * @param stack - whose plan it is
 * @throws {@link Failure} that names them
 */
export function refuseLossOfOthers(
  stack: { readonly place: { readonly address: string; readonly namespace?: string } },
  others: readonly NeighbourNeeds[],
  lost: Lost,
): void {
  if (lost.mounts.length + lost.logIns.length === 0) return;
  const server = serverOf(stack.place);
  const needed = new Set<string>();
  const lines = others.flatMap((other) => {
    const { environment, needs } = other;
    const taken = needs.flatMap((need) => {
      const what = need.server === server ? lostBy(need, lost) : undefined;
      return what === undefined ? [] : [{ what, key: need.key }];
    });
    for (const { what } of taken) needed.add(what);
    if (taken.length > 0)
      return [`${environment} needs it: ${keyText([...new Set(taken.map(({ key }) => key))])}`];
    if (isComplete(other, SECTIONS)) return [];
    for (const what of wordsOf(lost)) needed.add(what);
    return [
      `${environment} may need it: its catalog can't be read as a whole (kakehashi validate ${environment})`,
    ];
  });
  if (lines.length === 0) return;
  throw new Failure(
    [
      `${listed(wordsOf(lost).filter((what) => needed.has(what)))}: must stay, because other environments use the same Vault, and what is in it would be destroyed:`,
      ...lines,
      'help: keep these secrets elsewhere and take the keys out of those catalogs first, or leave its create where it is',
    ].join('\n  '),
  );
}

function wordsOf({ mounts, logIns }: Lost): readonly string[] {
  return [...mounts.map((path) => `mount ${path}`), ...logIns.map((path) => `log-in method ${path}`)];
}

/** What of the lost things a need is about: `mount secret`. */
function lostBy({ what, path }: Need, { mounts, logIns }: Lost): string | undefined {
  if (what === 'log-in method') return logIns.includes(path) ? `log-in method ${path}` : undefined;
  const mount = mounts.find((candidate) => `${path}/`.startsWith(`${candidate}/`));
  return mount === undefined ? undefined : `mount ${mount}`;
}

function keyText(keys: readonly string[]): string {
  const more = keys.length - NAMED;
  return listed(more > 1 ? [...keys.slice(0, NAMED), `${more} more`] : keys);
}
