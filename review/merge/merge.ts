import { NO_ENDS } from '../both-ends';
import { environmentDigest, standings } from '../record/environment-digest';
import type { ReadRecord } from '../record/read-records';
import type { EnvironmentRecord, Origin, StackRecord } from '../record/record';
import type { Review, ReviewProblem } from '../review';
import { type Found, undoubled } from './doubled';
import { joinedEnds } from './ends';
import { originProblems, otherRunProblems } from './origins';
import { missingProblems } from './whole';

/** Of an environment of which no record can be read. */
const UNKNOWN_ORIGIN: Origin = {
  dirty: false,
  catalog: '',
  lock: '',
  kakehashi: '',
  terraform: '',
  providers: {},
  simulated: false,
  made: '',
};

/** The records of one environment, and what is no record. */
interface Gathered {
  readonly stacks: Found<StackRecord>[];
  readonly environments: Found<EnvironmentRecord>[];
  readonly problems: ReviewProblem[];
  /** The files of its records that can't be used. */
  readonly damaged: string[];
}

/**
 * Puts the records of any number of machines together: one review for each environment, by name. A review that is not the whole has
 * `problems` and no digest; it is made nevertheless, so that a page can say it.
 */
export function mergeRecords(read: readonly ReadRecord[]): readonly Review[] {
  const gathered = new Map<string, Gathered>();
  const of = (environment: string): Gathered => {
    const found = gathered.get(environment) ?? { stacks: [], environments: [], problems: [], damaged: [] };
    gathered.set(environment, found);
    return found;
  };
  for (const { record, damage, ...rest } of read) {
    const { file } = rest;
    if (record?.record === 'stack') of(record.environment).stacks.push({ ...rest, record });
    else if (record !== undefined) of(record.environment).environments.push({ ...rest, record });
    else {
      const environment = of(environmentOf(file));
      environment.damaged.push(file);
      if (damage !== undefined)
        environment.problems.push({
          kind: damage.kind,
          text: `${file} ${damage.text}`,
          help:
            damage.kind === 'damaged'
              ? 'plan these stacks again, and hand the whole folder over'
              : 'review with the version of kakehashi that planned',
        });
    }
  }
  return [...gathered.keys()].sort().map((name) => review(name, of(name)));
}

function review(environment: string, { stacks, environments, problems, damaged }: Gathered): Review {
  const [ownStacks, doubledStacks] = undoubled(stacks, ({ stack }) => stack);
  const [parts, doubledParts] = undoubled(
    environments,
    ({ shard = 'all', chosen }) => `${shard} ${chosen?.join() ?? ''}`,
  );
  const records = [...ownStacks, ...parts];
  const all = [
    ...problems,
    ...originProblems(environment, records),
    ...otherRunProblems(environment, ownStacks, parts),
    ...doubledStacks,
    ...doubledParts,
    ...missingProblems(environment, { stacks: ownStacks, environments: parts, damaged }),
    ...ownStacks.flatMap(failedProblem),
  ];
  const heads = records.map(({ record }) => record);
  const order = heads[0]?.stacks ?? [];
  const sorted = ownStacks
    .map(({ record }) => record)
    .sort((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack) || (a.stack < b.stack ? -1 : 1));
  const floor = parts.flatMap(({ record }) => record.floor ?? [])[0];
  const scene = parts.flatMap(({ record }) => record.scene ?? [])[0];
  return {
    environment,
    origin: originOf(heads.map(({ origin }) => origin)),
    ...(all.length === 0 ? { digest: environmentDigest(sorted) } : {}),
    stacks: asOneMachine(sorted),
    problems: all,
    ends: parts.length === 0 ? NO_ENDS : joinedEnds(parts.map(({ record }) => record.ends)),
    notes: [...new Set(parts.flatMap(({ record }) => record.notes))],
    findings: distinct(parts.flatMap(({ record }) => record.findings)),
    requireReview: parts.some(({ record }) => record.requireReview),
    ...(floor === undefined ? {} : { floor }),
    ...(scene === undefined ? {} : { scene }),
  };
}

/** A plan whose requirement changes in another part is made anew after that apply: the run of one machine would have deferred it. */
function asOneMachine(records: readonly StackRecord[]): readonly StackRecord[] {
  const found = standings(records);
  return records.map((record) => {
    const standing = found.get(record.stack);
    return standing?.kind === 'deferred' && record.outcome.kind === 'planned'
      ? { ...record, outcome: { kind: 'deferred', because: standing.because } }
      : record;
  });
}

/** The origin of all, with the time of the newest and the versions of all providers. */
function originOf(origins: readonly Origin[]): Origin {
  const [first = UNKNOWN_ORIGIN] = origins;
  const providers = Object.assign({}, ...origins.map((one) => one.providers)) as Origin['providers'];
  const made =
    origins
      .map((one) => one.made)
      .sort()
      .at(-1) ?? '';
  const dirty = origins.some((one) => one.dirty);
  const simulated = origins.some((one) => one.simulated);
  return { ...first, dirty, simulated, providers: sortedKeys(providers), made };
}

function sortedKeys(values: Origin['providers']): Origin['providers'] {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function failedProblem({ record: { stack, outcome } }: Found<StackRecord>): readonly ReviewProblem[] {
  if (outcome.kind !== 'failed') return [];
  const [first = 'no reason is known'] = outcome.lines;
  return [
    { kind: 'failed', text: `the plan of ${stack} failed: ${first}`, help: 'correct that, and plan again' },
  ];
}

/** The environment of a file that can't be read: the first word of its name, as ids of stacks begin with it. */
function environmentOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /^[a-z][a-z0-9]*/.exec(name)?.[0] ?? 'unknown';
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
