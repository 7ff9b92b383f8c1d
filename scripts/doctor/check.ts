import type { Processes } from '../../base/process';
import type { CatalogError } from '../../catalog/ground/problem';
import type { Loaded } from '../../catalog/load';
import type { Report } from '../report/report';
import type { Settings } from '../session/settings';
import type { Vaults } from '../session/vaults';
import { type Finding, failedBy } from './finding';

/** Something that is looked at before it is needed. */
export interface Check {
  /** The word at the left: `terraform`, `vault`. */
  readonly name: string;
  /** What it finds, in the order in which it is read; what it throws is a finding too. */
  readonly look: (examination: Examination) => Promise<readonly Finding[]>;
}

/** What all checks of one run share. */
export interface Examination {
  readonly environment: string;
  readonly settings: Settings;
  readonly report: Report;
  readonly processes: Processes;
  /** The environment's catalog, or what is wrong with it. */
  readonly catalog: Loaded | CatalogError;
  readonly vaults: Vaults;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** @default - those of this process */
  readonly variables: NodeJS.ProcessEnv;
}

/** Runs a check; a failure of its own is what it found. @throws Interrupted */
export async function findingsOf(check: Check, examination: Examination): Promise<readonly Finding[]> {
  try {
    return await check.look(examination);
  } catch (error) {
    return [failedBy(error, check.name)];
  }
}

/** A command of ours, as it is to be called for what is examined. */
export function calledFor({ environment, settings }: Examination, command: string): string {
  return `${command} --env ${environment}${settings.sandbox ? ' --sandbox' : ''}`;
}
