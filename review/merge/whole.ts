import { counted } from '../../base/text/counted';
import { listed } from '../../base/text/listed';
import { recordFileName } from '../record/files';
import type { EnvironmentRecord, ReviewRecord, StackRecord } from '../record/record';
import type { ReviewProblem } from '../review';
import type { Found } from './doubled';

/** How many stacks a message names. */
const SHOWN = 5;

/** The records of one environment, one for each stack and each part. */
export interface Parts {
  readonly stacks: readonly Found<StackRecord>[];
  readonly environments: readonly Found<EnvironmentRecord>[];
  /** Files that should be records of it. */
  readonly damaged: readonly string[];
}

/** What is missing for the whole: stacks without a record, and parts that no machine planned. */
export function missingProblems(environment: string, parts: Parts): readonly ReviewProblem[] {
  return [...missingStacks(environment, parts), ...missingParts(environment, parts)];
}

function missingStacks(
  environment: string,
  { stacks, environments, damaged }: Parts,
): readonly ReviewProblem[] {
  const all: readonly ReviewRecord[] = [...stacks, ...environments].map(({ record }) => record);
  const wanted = new Set(all.flatMap(({ stacks: every, chosen = every }) => chosen));
  const there = new Set(stacks.map(({ record }) => record.stack));
  // A damaged one has a message of its own.
  const isDamaged = (stack: string) => damaged.some((file) => fileName(file) === `${stack}.stack.json`);
  const missing = [...wanted].filter((stack) => !there.has(stack) && !isDamaged(stack));
  if (missing.length === 0) return [];
  const more = missing.length - SHOWN;
  const names = listed(more > 1 ? [...missing.slice(0, SHOWN), `${more} more`] : missing);
  const them = missing.length === 1 ? 'that stack' : 'those stacks';
  return [
    {
      kind: 'missing',
      text: `${environment} has ${counted(wanted.size, 'stack')}, and there is no record of ${names}`,
      help: `hand over the records of the machine that planned ${them}, or plan ${them} again`,
    },
  ];
}

function missingParts(
  environment: string,
  { stacks, environments, damaged }: Parts,
): readonly ReviewProblem[] {
  if (environments.length === 0) {
    const isDamaged = damaged.some((file) => fileName(file).endsWith('.environment.json'));
    if (isDamaged || stacks.length === 0) return [];
    return [
      {
        kind: 'no environment',
        text: `there is no record of ${environment} as a whole: ${environment}.environment.json`,
        help: 'hand over all files of the folder that plan --export wrote',
      },
    ];
  }
  const shards = environments.flatMap(({ record }) => record.shard ?? []);
  const counts = [...new Set(shards.map((shard) => Number(shard.split('/')[1])))];
  if (counts.length > 1 || (shards.length > 0 && shards.length < environments.length))
    return [
      {
        kind: 'mixed',
        text: `${environment} was planned in different divisions: ${listed(environments.map(({ file }) => file))}`,
        help: 'give all machines the same number of parts (--shard 1/N to N/N)',
      },
    ];
  const [count = 0] = counts;
  const missing = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter(
    (shard) => !shards.includes(shard) && !isDamagedPart(environments, shard, damaged),
  );
  if (missing.length === 0) return [];
  return [
    {
      kind: 'missing',
      text: `${counted(missing.length, 'part')} of ${environment} ${missing.length === 1 ? 'is' : 'are'} missing: ${listed(missing)}`,
      help: 'hand over the records of that machine, or plan that part again',
    },
  ];
}

function isDamagedPart(
  [first]: readonly Found<EnvironmentRecord>[],
  shard: string,
  damaged: readonly string[],
): boolean {
  if (first === undefined) return false;
  const name = recordFileName({ ...first.record, shard });
  return damaged.some((file) => fileName(file) === name);
}

function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
