import path from 'node:path';
import type { Processes } from '../../base/process';
import type { Circumstances } from '../../terraform/plan/saved-plan';
import type { Terraform } from '../../terraform/terraform';
import { Report } from '../report/report';
import type { Folders } from './folders';
import type { HeldFolders } from './run-lock';
import { environmentOf, type Settings } from './settings';
import type { Vaults } from './vaults';

/** What all parts of one run on one environment share. */
export interface Session {
  readonly environment: string;
  readonly settings: Settings;
  readonly folders: Folders;
  readonly report: Report;
  readonly processes: Processes;
  readonly terraform: Terraform;
  /** The variables of child processes, without credentials that the catalog keeps in Vault. */
  readonly variables: NodeJS.ProcessEnv;
  /** The Vaults of this run's catalogs. Each is connected at its first use. */
  readonly vaults: Vaults;
  /** The output folders that the run holds. */
  readonly held: HeldFolders;
  readonly simulated: boolean;
  /** The simulated providers, with versions. */
  readonly simulatedProviders: readonly string[];
  /** Chooses which server the sandbox's Vault is, before it is used. @default - nothing to choose */
  readonly simulateVault?: (server: 'vault' | 'openbao') => void;
  readonly circumstances: Circumstances;
  readonly parallelism: number;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Names the resource that a first Ctrl-C waits for; set by whoever runs something long. */
  readonly waitsFor: { text: () => string | undefined };
}

/** The environment's name and its settings. Where it is given as a path to its file, the folder of catalogs is that file's. */
export function targetOf(
  settings: Settings,
  position: string | undefined,
): { readonly environment: string; readonly settings: Settings } {
  const named = environmentOf(settings, position);
  if (!named.endsWith('.yml')) return { environment: named, settings };
  return {
    environment: path.basename(named, '.yml'),
    settings: { ...settings, catalogDirectory: path.resolve(path.dirname(named)) },
  };
}

/** The report of a command with these settings. What variables of secrets hold is masked in all that it shows. */
export function reportOf(
  settings: Settings,
  options: { readonly stdoutTaken?: boolean } = {},
  logFolder?: string,
): Report {
  const report = new Report({
    json: settings.json,
    color: settings.color,
    level: settings.logLevel,
    stdoutTaken: options.stdoutTaken ?? false,
    ...(logFolder === undefined ? {} : { logFolder }),
  });
  report.log.masks.addVariables(process.env);
  return report;
}
