import type { Processes } from '../../base/process';
import type { Loaded } from '../../catalog/environment/catalog';
import type { CatalogError } from '../../catalog/ground/catalog-error';
import type { Report } from '../report/report';
import type { Settings } from '../session/settings';
import type { Vaults } from '../session/vaults';
import { type Finding, failedBy } from './finding';

/** An examination of something before an apply needs it. */
export interface Check {
  /** Its name on the screen: `terraform`, `vault`. */
  readonly name: string;
  /** Returns what it finds, in the order of the screen. An error that it throws becomes a finding. */
  readonly look: (examination: Examination) => Promise<readonly Finding[]>;
}

/** What all checks of one run share. */
export interface Examination {
  readonly environment: string;
  readonly settings: Settings;
  readonly report: Report;
  readonly processes: Processes;
  /** The environment's catalog, or the problems that make it unusable. */
  readonly catalog: Loaded | CatalogError;
  readonly vaults: Vaults;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** @default - those of this process */
  readonly variables: NodeJS.ProcessEnv;
}

/** Runs a check; an error of the check itself becomes a finding. @throws Interrupted */
export async function findingsOf(check: Check, examination: Examination): Promise<readonly Finding[]> {
  try {
    return await check.look(examination);
  } catch (error) {
    return [failedBy(error, check.name)];
  }
}

/** How one of our commands is to be called for the environment that is examined. */
export function calledFor({ environment, settings }: Examination, command: string): string {
  return `kakehashi ${command} --env ${environment}${settings.sandbox ? ' --sandbox' : ''}`;
}
