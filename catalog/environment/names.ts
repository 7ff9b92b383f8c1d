import type { NameClaim } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';
import type { EnvironmentDraft } from './draft';
import type { Neighbour } from './neighbours';

/** Checks that names which must differ do: of entries, of their copies, and of what is made at a server. */
export function checkNames(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  checkEntries(draft, problems);
  checkCopies(draft, problems);
  checkServers(draft, neighbours, problems);
}

/** `Tokyo-1` and `tokyo_1` would be one file on some systems and one name in some clouds. */
function checkEntries({ claims }: EnvironmentDraft, problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const { provider, name, where, isCopy } of claims.entries) {
    if (isCopy) continue;
    const plain = `${provider}/${name.toLowerCase().replaceAll('-', '_')}`;
    const other = seen.get(plain);
    if (other === undefined) {
      seen.set(plain, name);
      continue;
    }
    const message = `the name differs from "${other}" in letter case or - and _ only`;
    const fix = 'rename one; both become names of files and cloud objects';
    problems.error('name-clash', where, message, fix);
  }
}

/** A copy of an entry must not be published over an entry that the catalog has already. */
function checkCopies({ claims, adopted }: EnvironmentDraft, problems: ProblemList): void {
  const there = new Set(adopted.map(({ provider, name }) => `${provider}/${name}`));
  for (const { provider, name, where, isCopy } of claims.entries) {
    if (!isCopy || !there.has(`${provider}/${name}`)) continue;
    const message = `would publish ${provider}.${name}, which the catalog has already`;
    problems.error('spot-twice', where, message, 'remove one of them');
  }
}

/** What two environments of the folder make at one server, each would take from the other, plan by plan. */
function checkServers(
  { claims }: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  for (const { environment, draft } of neighbours) {
    for (const own of claims.names) {
      const other = draft?.claims.names.find((candidate) => isSame(own, candidate));
      if (!other) continue;
      const message = `the environment ${environment} makes the ${own.what} ${other.name} too, in the same ${own.server}`;
      problems.error('made-twice', own.where, message, own.fix);
    }
  }
}

function isSame(one: NameClaim, other: NameClaim): boolean {
  if (one.server !== other.server || one.what !== other.what) return false;
  if (!one.isPath) return one.name === other.name;
  const [a, b] = [`${one.name}/`, `${other.name}/`];
  return a.startsWith(b) || b.startsWith(a);
}
