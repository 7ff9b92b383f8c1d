import { Cidr } from '../../model/net/cidr';
import type { NetworkClaim } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';
import type { EnvironmentDraft } from './draft';
import { type Neighbour, sharesAddress } from './neighbours';

/** A block that is taken. */
interface Taken {
  readonly cidr: Cidr;
  /** Whose it is: `site.subnets`, `aws.osaka.create.vpc_cidr`, `aws.default of prod`. */
  readonly name: string;
  readonly isError: boolean;
}

/** How many of the networks that one overlaps are named. */
const MOST_NAMED = 3;

/** A created network must overlap nothing that its nodes or its site may want to reach. */
export function checkOverlaps(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  const foreign = neighbours.flatMap((neighbour) => takenBy(neighbour, draft));
  const site = (draft.site?.subnets ?? []).map(
    (cidr): Taken => ({ cidr, name: 'site.subnets', isError: true }),
  );
  const earlier: (Taken & Pick<NetworkClaim, 'key'>)[] = [];
  for (const claim of draft.claims.networks) {
    // Blocks of one network are compared by its kind.
    const others = earlier.filter(({ key }) => key !== claim.key);
    check(claim, [site, others, takenByAdopted(draft, claim), foreign], problems);
    earlier.push({ key: claim.key, cidr: claim.cidr, name: claim.name, isError: true });
  }
}

function check(
  { cidr, where }: NetworkClaim,
  taken: readonly (readonly Taken[])[],
  problems: ProblemList,
): void {
  const overlapping = taken.flatMap((some) => some.filter((other) => other.cidr.overlaps(cidr)));
  if (overlapping.length === 0) return;
  const free = freeBlock(
    cidr,
    taken.flat().map((other) => other.cidr),
  );
  const fix = `choose a block that no other network of the catalog uses${free}`;
  for (const other of overlapping.slice(0, MOST_NAMED)) {
    const message = `${cidr} overlaps ${other.name} (${other.cidr})`;
    if (other.isError) problems.error('overlap', where, message, fix);
    else problems.warning('overlap', where, message, 'they do not share a gateway', fix);
  }
}

/** Networks of entries that exist already, but for those that lie in this very network. */
function takenByAdopted({ adopted }: EnvironmentDraft, claim: NetworkClaim): readonly Taken[] {
  return adopted.flatMap((entry): Taken[] => {
    if (entry.cidr === undefined || claim.holds(entry)) return [];
    const name = `${entry.provider}.${entry.name}.private_network_ipmask`;
    return [{ cidr: entry.cidr, name, isError: true }];
  });
}

/** Networks of another environment; an error where both end at one gateway. */
function takenBy({ draft: other, environment }: Neighbour, draft: EnvironmentDraft): readonly Taken[] {
  if (!other) return [];
  const isShared = sharesAddress(other, draft);
  const networks = other.claims.networks.map(
    ({ cidr, name }): Taken => ({ cidr, name: `${name} of ${environment}`, isError: isShared }),
  );
  const site = isShared ? (other.site?.subnets ?? []) : [];
  const own = new Set(draft.site?.subnets.map(String));
  const subnets = site
    .filter((cidr) => !own.has(cidr.toString()))
    .map((cidr): Taken => ({ cidr, name: `site.subnets of ${environment}`, isError: true }));
  return [...networks, ...subnets];
}

/** `, for instance 172.30.0.0/16`: a free block of the same size in 172.16.0.0/12 or 10.0.0.0/8, from the top. */
function freeBlock({ prefixLength }: Cidr, taken: readonly Cidr[]): string {
  if (prefixLength < 16) return '';
  for (const [first, last] of [
    [Cidr.parse('172.16.0.0/16'), Cidr.parse('172.30.0.0/16')],
    [Cidr.parse('10.1.0.0/16'), Cidr.parse('10.254.0.0/16')],
  ] as const) {
    for (let address = last.first; address >= first.first; address -= 65536) {
      const block = Cidr.of(address, prefixLength);
      if (!taken.some((cidr) => cidr.overlaps(block))) return `, for instance ${block}`;
    }
  }
  return '';
}
