import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { FolderReadings } from '../../../catalog/environment/neighbours';
import { tunnelsOf } from '../../kinds/registry';
import { foldersOf, sandboxLockFile } from '../../session/folders';
import { isUnapplied } from '../../session/outputs';
import { newReadings, shownDirectory } from '../../session/read-catalog';
import { targetOf } from '../../session/session';
import type { Settings } from '../../session/settings';
import { isNeverApplied } from './neighbours';

/**
 * One environment for each gateway host that the named environments end at. An environment whose catalog can't be read is
 * included: the error appears when it is read again.
 *
 * @param isChosen - whether the user named them; otherwise those without anything to render are left out
 * @throws {@link Failure} for a chosen environment without a site, or of which nothing is applied
 */
export function hostEnvironments(
  settings: Settings,
  names: readonly string[],
  isChosen: boolean,
): readonly string[] {
  const hosts = new Map<string, string>();
  const readings = newReadings();
  for (const name of names) {
    const loaded = quietly(settings, name, readings);
    if (loaded === undefined) {
      if (isChosen || !isNeverApplied(runOf(settings, name), targetOf(settings, name).environment))
        hosts.set(name, name);
      continue;
    }
    // All environments of one gateway have the same gateways.
    const publicIp = loaded.catalog.site?.gateways[0].publicIp;
    const problem =
      publicIp === undefined
        ? `${name}: has no site, so nothing ends at a gateway`
        : isAllUnapplied(settings, name, loaded)
          ? nothingApplied(name, loaded, settings.sandbox)
          : undefined;
    if (problem !== undefined && isChosen) throw new Failure(problem);
    if (problem === undefined && publicIp !== undefined && !hosts.has(publicIp)) hosts.set(publicIp, name);
  }
  return [...hosts.values()];
}

/** The message for an environment that has no tunnel yet, or whose tunnels are those of others. */
export function nothingApplied(environment: string, { catalog }: Loaded, sandbox: boolean): string {
  const others = new Set(catalog.networks.flatMap(({ tunnelsOf: other }) => other ?? []));
  if (others.size > 0 && catalog.networks.every(({ vpn }) => vpn === undefined))
    return `${environment}: its tunnels are those of hubs that other environments make; name the environment instead: ${[...others].join(', ')}`;
  return `${environment}: no network with a VPN tunnel is applied yet; run: kakehashi apply ${environment}${sandbox ? ' --sandbox' : ''}`;
}

function quietly(settings: Settings, name: string, readings: FolderReadings): Loaded | undefined {
  const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  const target = targetOf(settings, name);
  try {
    return loadEnvironment({
      directory: shownDirectory(target.settings),
      environment: target.environment,
      lenient: true,
      readings,
      ...(settings.sandbox ? { lockAdditions: (other: string) => sandboxLockFile(other) } : {}),
    });
  } catch (error) {
    if (error instanceof CatalogError) return undefined;
    throw error;
  }
}

function runOf(settings: Settings, name: string) {
  const { environment, settings: own } = targetOf(settings, name);
  const { sandbox: simulated, catalogDirectory } = own;
  return {
    simulated,
    settings: own,
    folders: foldersOf(environment, { sandbox: simulated, catalogDirectory }),
  };
}

function isAllUnapplied(settings: Settings, name: string, { stacks }: Loaded): boolean {
  const run = runOf(settings, name);
  return stacks
    .filter((stack) => !stack.gone && tunnelsOf(stack) !== undefined)
    .every((stack) => isUnapplied(run, stack));
}
