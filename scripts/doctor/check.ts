import type { Processes } from '../../base/process';
import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import type { Binary } from '../../terraform/binary';
import type { ServerTimes } from '../kinds/server-times';
import { type Finding, failedBy, noted } from '../report/finding';
import type { Report } from '../report/report';
import type { Settings } from '../session/settings';
import type { Vaults } from '../session/vaults';
import type { TerraformVariablesOf } from './terraform-variables';
import type { Trial } from './trial';

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
  /** The program that was found; undefined where there is none. */
  readonly binary: { value: Binary | undefined };
  /** What Terraform would get in its environment. */
  readonly terraform: () => Promise<TerraformVariablesOf>;
  readonly trial: Trial;
  /** What servers told of the time. */
  readonly times: ServerTimes;
  /** The providers that a plan would have to download. */
  readonly downloads: string[];
  /** A service that answers with the address from which it is asked. @default - none is asked */
  readonly outsideAddress?: string;
}

/** A check of something that the catalog names. */
export function ofCatalog(
  name: string,
  look: (examination: Examination, loaded: Loaded) => Promise<readonly Finding[]>,
): Check {
  return {
    name,
    look: async (examination) => {
      const { catalog } = examination;
      if (catalog instanceof CatalogError) return [noted(name, 'not checked: the catalog is not valid')];
      return look(examination, catalog);
    },
  };
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
export function calledFor(
  { environment, settings }: Pick<Examination, 'environment' | 'settings'>,
  command: string,
): string {
  return `kakehashi ${command} --env ${environment}${settings.sandbox ? ' --sandbox' : ''}`;
}
