import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXIT, UsageError } from '../base/errors';
import { casesOf, isPossible, TARGETS, type Target, type Wanted } from './kills/cases';
import { ENVIRONMENTS, newProject } from './kills/environments';
import { removeRun, runCase } from './kills/one-run';
import { outcomesTable, outcomeText } from './kills/outcome-text';
import { measureReference, prepare, type Reference } from './kills/reference';

const USAGE =
  'usage: npm run kills -- [--seed N] [--runs N] [--run N] [--env NAME…] [--only STACK…] [--what driver|driver+provider|terraform|provider|all|fault…] [--signal SIGKILL|SIGINT] [--keep]';

interface Options extends Wanted {
  /** The one run of the seed that is done. @default - all */
  readonly run?: number;
  readonly environments: readonly string[];
  readonly stacks: readonly string[];
  /** Whether the folders of runs that are not clean stay. */
  readonly keep: boolean;
}

/** @throws {@link UsageError} */
export function readOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const signal = values.signal;
  if (signal !== 'SIGKILL' && signal !== 'SIGINT') throw wrong('--signal', 'SIGKILL or SIGINT', signal);
  const what = values.what ?? (signal === 'SIGINT' ? ['driver', 'terraform'] : [...TARGETS, 'fault']);
  const targets = what.filter(isTarget);
  const unknown = what.find((name) => !isTarget(name) && name !== 'fault');
  if (unknown !== undefined) throw wrong('--what', `one of ${TARGETS.join(', ')}, fault`, unknown);
  if (signal === 'SIGINT' && targets.some((name) => name === 'provider' || name === 'all'))
    throw new UsageError('--signal: SIGINT goes to driver, driver+provider or terraform');
  const environments =
    values.env ?? (values.only === undefined ? ENVIRONMENTS.map(({ name }) => name) : ['dev']);
  const stranger = environments.find((name) => ENVIRONMENTS.every((one) => one.name !== name));
  if (stranger !== undefined)
    throw wrong('--env', `one of ${ENVIRONMENTS.map(({ name }) => name).join(', ')}`, stranger);
  return {
    seed: wholeNumber('--seed', values.seed),
    runs: wholeNumber('--runs', values.runs),
    ...(values.run === undefined ? {} : { run: wholeNumber('--run', values.run) }),
    environments,
    stacks: values.only ?? [],
    targets,
    faults: what.includes('fault'),
    signal,
    keep: values.keep,
  };
}

function parsed(args: readonly string[]) {
  const options = {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '20' },
    run: { type: 'string' },
    env: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    what: { type: 'string', multiple: true },
    signal: { type: 'string', default: 'SIGKILL' },
    keep: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function isTarget(name: string): name is Target {
  return TARGETS.some((target) => target === name);
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw wrong(option, 'a whole number', text);
  return Number(text);
}

function wrong(option: string, demand: string, got: string): UsageError {
  return new UsageError(`${option}: must be ${demand}, got "${got}"`);
}

/** @returns whether every run was clean */
async function kills(options: Options): Promise<boolean> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const references: Reference[] = [];
  const templates = new Map<Reference, string>();
  try {
    for (const environment of ENVIRONMENTS.filter(({ name }) => options.environments.includes(name))) {
      if (!options.faults && !options.targets.some((target) => isPossible(target, { environment }))) continue;
      const reference = await measureReference(environment, options.stacks);
      references.push(reference);
      const template = newProject(environment);
      templates.set(reference, template);
      if (options.stacks.length > 0) await prepare(template, environment, options.stacks);
      const sum = [...reference.created.values()].reduce((total, count) => total + count, 0);
      say(
        `${environment.name}: ${sum} objects of ${reference.created.size} types in ${reference.seconds.toFixed(1)} s`,
      );
    }
    const cases = casesOf(references, options);
    const outcomes = [];
    for (const one of cases.filter(({ number }) => options.run === undefined || number === options.run)) {
      const outcome = await runCase(one, templates.get(one.reference) ?? '');
      outcomes.push(outcome);
      say(outcomeText(outcome));
      const isClean = outcome.wrongs.length === 0;
      if (isClean || !options.keep) removeRun(outcome);
      else say(`       ${outcome.folder}`);
    }
    say(`\nseed ${options.seed}\n${outcomesTable(outcomes)}`);
    return outcomes.every(({ wrongs }) => wrongs.length === 0);
  } finally {
    for (const folder of templates.values()) rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  try {
    return (await kills(readOptions(process.argv.slice(2)))) ? EXIT.done : EXIT.failed;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n${isUsage ? `${USAGE}\n` : ''}`);
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

if (require.main === module) {
  main().then((code) => {
    process.exitCode = code;
  });
}
