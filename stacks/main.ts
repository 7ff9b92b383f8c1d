import './fast-tokens';
import { resolve } from 'node:path';
import { App } from 'cdktf';
import { SWITCH_VALUES, switchValue } from '../base/switch-variable';
import type { Loaded } from '../catalog/environment/catalog';
import { listEnvironments } from '../catalog/environment/folder';
import { FolderReadings } from '../catalog/environment/neighbours';
import { CatalogError } from '../catalog/ground/catalog-error';
import type { StackName } from '../catalog/ground/problem';
import { loadEnvironment } from '../catalog/load';
import { formatProblems } from '../catalog/out/print-problems';
import { PropsError } from '../constructs/props-error';
import { synthesize } from './synthesize';

/**
 * The cdktf app.
 *
 * Synthesizes the environment of `KAKEHASHI_ENV`, or several with commas between them, else that of the context key `environment` in cdktf.json, else all, from
 * the folder `KAKEHASHI_CATALOG` (default `catalog`). `KAKEHASHI_SANDBOX=1` puts the states into the sandbox's folder.
 */
function main(): void {
  const directory = process.env.KAKEHASHI_CATALOG ?? 'catalog';
  const sandbox = switchValue(process.env.KAKEHASHI_SANDBOX);
  if (sandbox === undefined)
    throw new Error(`KAKEHASHI_SANDBOX: must be ${SWITCH_VALUES}, got "${process.env.KAKEHASHI_SANDBOX}"`);
  const chosen = process.env.KAKEHASHI_ENV ?? new App().node.tryGetContext('environment');
  const environments: readonly string[] =
    typeof chosen === 'string' && chosen !== '' ? chosen.split(',') : listEnvironments(directory);
  const lockAdditions = sandbox ? (name: string) => resolve('sandbox.out', name, 'lock.yml') : undefined;
  const readings = new FolderReadings();
  const options = {
    directory,
    lockAdditions,
    unapplied: unappliedStacks(),
    lenient: isUnsettled(),
    readings,
  };
  const loaded = environments.map((environment) => loadEnvironment({ ...options, environment }));
  synthesize(onlyChosen(loaded), { sandbox });
}

/** The stacks of which the driver found, in their states, that they were never applied. */
function unappliedStacks(): readonly StackName[] | undefined {
  const names = process.env.KAKEHASHI_UNAPPLIED ?? '';
  if (names === '') return undefined;
  return names.split(',').map((name) => {
    const [environment = '', stack = ''] = name.split('/');
    return { environment, stack };
  });
}

/** The environments with those of their stacks that the driver wants to compare: by default with all. */
function onlyChosen(environments: readonly Loaded[]): readonly Loaded[] {
  const chosen = new Set((process.env.KAKEHASHI_STACKS ?? '').split(',').filter((id) => id !== ''));
  if (chosen.size === 0) return environments;
  return environments.map((one) => ({ ...one, stacks: one.stacks.filter(({ id }) => chosen.has(id)) }));
}

/** Whether the driver only wants to look at states, before it decides what of the lock file holds. */
function isUnsettled(): boolean {
  return process.env.KAKEHASHI_UNSETTLED === '1';
}

try {
  main();
} catch (error) {
  if (error instanceof CatalogError) {
    process.stderr.write(`${formatProblems(error.problems, { color: process.stderr.isTTY === true })}\n`);
  } else if (error instanceof PropsError) {
    process.stderr.write(`kakehashi: ${error.message}\n`);
  } else {
    process.stderr.write(`kakehashi: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.exitCode = 1;
}
