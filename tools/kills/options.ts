import { parseArgs } from 'node:util';
import { UsageError } from '../../base/errors';
import { listed } from '../../base/text/listed';
import { isPossible, TARGETS, type Target, type Wanted } from './cases';
import { ENVIRONMENTS } from './environments';

export const USAGE =
  'usage: npm run kills -- [--seed N] [--runs N] [--run N] [--env NAME…] [--only STACK…] [--what driver|driver+provider|terraform|provider|all|fault…] [--signal SIGKILL|SIGINT] [--keep]';

export interface Options extends Wanted {
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
  const faults = what.includes('fault');
  const chosen = ENVIRONMENTS.filter(({ name }) => environments.includes(name));
  if (!faults && !chosen.some((environment) => targets.some((target) => isPossible(target, { environment }))))
    throw new UsageError(`--what: ${listed(targets)} can't be killed apart in ${listed(environments)}`);
  const runs = numberFromOne('--runs', values.runs);
  const run = values.run === undefined ? undefined : numberFromOne('--run', values.run);
  if (run !== undefined && run > runs) throw wrong('--run', `one of the ${runs} runs`, String(run));
  return {
    seed: wholeNumber('--seed', values.seed),
    runs,
    ...(run === undefined ? {} : { run }),
    environments,
    stacks: values.only ?? [],
    targets,
    faults,
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

function numberFromOne(option: string, text: string): number {
  const number = wholeNumber(option, text);
  if (number === 0) throw wrong(option, 'a whole number from 1 on', text);
  return number;
}

function wrong(option: string, demand: string, got: string): UsageError {
  return new UsageError(`${option}: must be ${demand}, got "${got}"`);
}
