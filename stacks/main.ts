import './fast-tokens';
import { resolve } from 'node:path';
import { App } from 'cdktf';
import { SWITCH_VALUES, switchValue } from '../base/switch-variable';
import { listEnvironments } from '../catalog/environment/folder';
import { CatalogError } from '../catalog/ground/catalog-error';
import type { StackName } from '../catalog/ground/problem';
import { loadEnvironment } from '../catalog/load';
import { formatProblems } from '../catalog/out/print-problems';
import { PropsError } from '../constructs/props-error';
import { synthesize } from './synthesize';

/**
 * The cdktf app.
 *
 * Synthesizes the environment of `KAKEHASHI_ENV`, else of the context key `environment` in cdktf.json, else all, from
 * the folder `KAKEHASHI_CATALOG` (default `catalog`). `KAKEHASHI_SANDBOX=1` puts the states into the sandbox's folder.
 */
function main(): void {
  const directory = process.env.KAKEHASHI_CATALOG ?? 'catalog';
  const sandbox = switchValue(process.env.KAKEHASHI_SANDBOX);
  if (sandbox === undefined)
    throw new Error(`KAKEHASHI_SANDBOX: must be ${SWITCH_VALUES}, got "${process.env.KAKEHASHI_SANDBOX}"`);
  const chosen = process.env.KAKEHASHI_ENV ?? new App().node.tryGetContext('environment');
  const environments: readonly string[] =
    typeof chosen === 'string' && chosen !== '' ? [chosen] : listEnvironments(directory);
  const lockAdditions = sandbox ? (name: string) => resolve('sandbox.out', name, 'lock.yml') : undefined;
  const options = { directory, lockAdditions, unapplied: unappliedStacks(), lenient: isUnsettled() };
  synthesize(
    environments.map((environment) => loadEnvironment({ ...options, environment })),
    { sandbox },
  );
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
