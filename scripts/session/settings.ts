import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../base/errors';
import { SWITCH_VALUES, switchValue } from '../../base/switch-variable';
import { listed } from '../../base/text/listed';
import { LOG_LEVELS, type LogLevel } from '../report/log-level';
import { parseShard, type Shard } from './shard';

/** The settings of a run: a flag takes precedence over `KAKEHASHI_*`, and that over the default. */
export interface Settings {
  /** The folder where the command was called. The program itself works in the project's folder. */
  readonly calledIn: string;
  /** The absolute path of the catalogs' folder. */
  readonly catalogDirectory: string;
  readonly sandbox: boolean;
  readonly terraformBin?: string;
  readonly json: boolean;
  readonly yes: boolean;
  /** Globs of stack ids; empty for all stacks. */
  readonly stacks: readonly string[];
  /** The number of stacks in work at once. @default 4 */
  readonly parallelism?: number;
  readonly frozen: boolean;
  /** Whether old and new values and whole differences are shown. */
  readonly full: boolean;
  /** Whether ceilings of the catalog may be passed. */
  readonly overCeiling: boolean;
  /** The part of each environment's stacks that this machine works on. @default - all of them */
  readonly shard?: Shard;
  readonly logLevel: LogLevel;
  readonly color: boolean;
  /** The environment of `--env`, else of `KAKEHASHI_ENV`. */
  readonly environment?: { readonly name: string; readonly from: 'flag' | 'variable' };
}

/** The flags as commander returns them. */
export interface Flags {
  readonly env?: string;
  readonly catalog?: string;
  readonly sandbox?: boolean;
  readonly terraformBin?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly stack?: readonly string[];
  /** The former name of `stack`. */
  readonly unit?: readonly string[];
  readonly parallelism?: string;
  readonly frozen?: boolean;
  readonly full?: boolean;
  readonly overCeiling?: boolean;
  readonly shard?: string;
  readonly logLevel?: string;
  readonly color?: boolean;
}

/** The settings of these flags and variables. @throws {@link UsageError} for an invalid value */
export function settingsOf(flags: Flags, variables: NodeJS.ProcessEnv, calledIn = process.cwd()): Settings {
  const terraformBin = flags.terraformBin ?? nonEmpty(variables.KAKEHASHI_TERRAFORM_BIN);
  const parallelism = flags.parallelism ?? nonEmpty(variables.KAKEHASHI_PARALLELISM);
  const fromVariable = nonEmpty(variables.KAKEHASHI_ENV);
  const environment =
    flags.env !== undefined
      ? ({ name: flags.env, from: 'flag' } as const)
      : fromVariable !== undefined
        ? ({ name: fromVariable, from: 'variable' } as const)
        : undefined;
  return {
    calledIn,
    catalogDirectory: path.resolve(flags.catalog ?? nonEmpty(variables.KAKEHASHI_CATALOG) ?? 'catalog'),
    sandbox: flags.sandbox ?? onOrOff('KAKEHASHI_SANDBOX', variables),
    ...(terraformBin === undefined ? {} : { terraformBin }),
    json: flags.json ?? onOrOff('KAKEHASHI_JSON', variables),
    yes: flags.yes ?? false,
    stacks: [...(flags.stack ?? []), ...(flags.unit ?? [])],
    ...(parallelism === undefined ? {} : { parallelism: wholeNumber('--parallelism', parallelism) }),
    full: flags.full ?? false,
    overCeiling: flags.overCeiling ?? false,
    ...(flags.shard === undefined ? {} : { shard: parseShard(flags.shard) }),
    frozen: flags.frozen ?? onOrOff('KAKEHASHI_FROZEN', variables),
    logLevel: logLevel(flags.logLevel ?? nonEmpty(variables.KAKEHASHI_LOG_LEVEL) ?? 'info'),
    color: (flags.color ?? true) && nonEmpty(variables.NO_COLOR) === undefined && !truth(variables.CI),
    ...(environment === undefined ? {} : { environment }),
  };
}

/**
 * The environment of a command: by position, `--env` or `KAKEHASHI_ENV`. It may be a path to its file.
 *
 * @throws {@link UsageError} when none is given, or position and `--env` differ
 */
export function environmentOf(settings: Settings, position: string | undefined): string {
  const { environment } = settings;
  if (position !== undefined && environment?.from === 'flag' && environment.name !== position) {
    throw new UsageError(`two environments: "${position}" by position and "${environment.name}" by --env`);
  }
  const name = position ?? environment?.name;
  if (name === undefined) throw new UsageError(whichEnvironment(settings));
  return name;
}

/** The question for a name, with those that the folder of catalogs has. */
function whichEnvironment({ catalogDirectory }: Settings): string {
  const { listEnvironments } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  const names = listEnvironments(catalogDirectory);
  const [first = 'dev'] = names;
  const there = names.length === 0 ? '' : ` there ${names.length === 1 ? 'is' : 'are'} ${listed(names)};`;
  return `which environment?${there} name one, for instance: kakehashi plan ${first}`;
}

/** This package's version. */
export function packageVersion(): string {
  const file = path.join(__dirname, '../../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** A switch. Anything else is refused, because a misspelt word must not decide whether something real is built. */
function onOrOff(name: string, variables: NodeJS.ProcessEnv): boolean {
  const value = switchValue(variables[name]);
  if (value !== undefined) return value;
  throw new UsageError(`${name}: must be ${SWITCH_VALUES}, got "${variables[name]}"`);
}

function truth(text: string | undefined): boolean {
  return text !== undefined && text !== '' && text !== '0' && text.toLowerCase() !== 'false';
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text)) {
    throw new UsageError(`${name}: must be a whole number from 1 to 999, got "${text}"`);
  }
  return Number(text);
}

function logLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined)
    throw new UsageError(`--log-level: must be one of ${LOG_LEVELS.join(', ')}, got "${text}"`);
  return level;
}
