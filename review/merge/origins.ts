import { counted } from '../../base/text/counted';
import { listed } from '../../base/text/listed';
import type { EnvironmentRecord, ReviewRecord, StackRecord } from '../record/record';
import type { ReviewProblem } from '../review';
import type { Found } from './doubled';

/** How many files a message names. */
const SHOWN = 3;

/** What all records of one review must agree on, and what to do where they do not. */
interface Agreement {
  /** As a sentence has it: `commit`. */
  readonly what: string;
  readonly of: (record: ReviewRecord) => string | undefined;
  readonly help: string;
}

const SAME_PLACE = 'plan all parts of the same commit, with the same files';

const AGREEMENTS: readonly Agreement[] = [
  { what: 'commit', of: ({ origin }) => origin.commit?.slice(0, 12) ?? 'none', help: SAME_PLACE },
  {
    what: 'state of the files',
    of: ({ origin }) => (origin.dirty ? 'with changes that are not committed' : 'as committed'),
    help: SAME_PLACE,
  },
  { what: 'catalog', of: ({ origin }) => shortDigest(origin.catalog), help: SAME_PLACE },
  { what: 'lock file', of: ({ origin }) => shortDigest(origin.lock), help: SAME_PLACE },
  {
    what: 'version of kakehashi',
    of: ({ origin }) => origin.kakehashi,
    help: 'plan all parts with the same version',
  },
  {
    what: 'version of Terraform',
    of: ({ origin }) => origin.terraform,
    help: 'plan all parts with the same version',
  },
  { what: 'list of stacks', of: ({ stacks }) => stacks.join(), help: SAME_PLACE },
];

/** Records that are of another commit, catalog or version than the others, and simulated ones beside real ones. */
export function originProblems(
  environment: string,
  found: readonly Found<ReviewRecord>[],
): readonly ReviewProblem[] {
  return [
    ...mixed(environment, found),
    ...AGREEMENTS.flatMap((agreement) => disagreement(environment, found, agreement)),
    ...providersOf(found).flatMap((source) =>
      disagreement(environment, found, {
        what: `version of the provider ${source}`,
        of: ({ origin }) => origin.providers[source],
        help: 'plan all parts with the same versions: keep .terraform.lock.hcl in the repository',
      }),
    ),
  ];
}

/** Records of stacks that none of the runs wrote which the environment's records are of: the ends and findings there are of other plans. */
export function otherRunProblems(
  environment: string,
  stacks: readonly Found<StackRecord>[],
  parts: readonly Found<EnvironmentRecord>[],
): readonly ReviewProblem[] {
  // Without a record of the environment, that one is missing.
  if (parts.length === 0) return [];
  const others = stacks.filter(
    ({ record: { stack }, seal }) =>
      seal !== undefined &&
      !parts.some(({ seals = {} }) => Object.hasOwn(seals, stack) && seals[stack] === seal),
  );
  if (others.length === 0) return [];
  return [
    {
      kind: 'other origin',
      text: `${counted(others.length, 'record')} of ${environment} ${others.length === 1 ? 'is' : 'are'} of another run than ${files(parts)}: ${files(others)}`,
      help: 'plan again into an empty folder, and hand the whole folder over',
    },
  ];
}

function mixed(environment: string, found: readonly Found<ReviewRecord>[]): readonly ReviewProblem[] {
  const simulated = found.filter(({ record }) => record.origin.simulated);
  if (simulated.length === 0 || simulated.length === found.length) return [];
  return [
    {
      kind: 'mixed',
      text: `${environment} has ${counted(simulated.length, 'simulated record')} beside ${found.length - simulated.length} of the real clouds: ${files(simulated)}`,
      help: 'plan all parts with --sandbox, or none',
    },
  ];
}

function disagreement(
  environment: string,
  found: readonly Found<ReviewRecord>[],
  { what, of, help }: Agreement,
): readonly ReviewProblem[] {
  const groups = new Map<string, Found<ReviewRecord>[]>();
  for (const one of found) {
    const value = of(one.record);
    if (value !== undefined) groups.set(value, [...(groups.get(value) ?? []), one]);
  }
  // Those that most of them agree on are taken for right.
  const [most, ...others] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined) return [];
  return others.map(([value, own]) => ({
    kind: 'other origin',
    text:
      what === 'list of stacks'
        ? `${counted(own.length, 'record')} of ${environment} ${own.length === 1 ? 'has' : 'have'} another list of stacks than the others: ${files(own)}`
        : `${counted(own.length, 'record')} of ${environment} ${own.length === 1 ? 'has' : 'have'} another ${what} (${value}) than the others (${most[0]}): ${files(own)}`,
    help,
  }));
}

function providersOf(found: readonly Found<ReviewRecord>[]): readonly string[] {
  return [...new Set(found.flatMap(({ record }) => Object.keys(record.origin.providers)))].sort();
}

function files(found: readonly Found<ReviewRecord>[]): string {
  const names = found.map(({ file }) => file);
  const more = names.length - SHOWN;
  return listed(more > 1 ? [...names.slice(0, SHOWN), `${more} more`] : names);
}

function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
