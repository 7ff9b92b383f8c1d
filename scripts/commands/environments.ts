import { UsageError } from '../../base/errors';
import { shownDirectory } from '../session/read-catalog';
import { environmentOf, type Settings } from '../session/settings';

/**
 * The environments of a command that takes several: those named, else that of `--env`, else all of the folder.
 *
 * @throws {@link UsageError} when the folder holds none
 */
export function environmentsOf(settings: Settings, names: readonly string[]): readonly string[] {
  if (names.length > 0) return [...new Set(names.map((name) => environmentOf(settings, name)))];
  if (settings.environment !== undefined) return [settings.environment.name];
  const { folderProblem, listEnvironments } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  const folder = shownDirectory(settings);
  const environments = listEnvironments(folder);
  if (environments.length === 0) {
    const nothing = {
      must: `${folder}: no environment in it`,
      fix: `write ${folder}/dev.yml (kakehashi validate --help names the page on catalogs), then: kakehashi validate dev`,
    };
    const { must, fix } = folderProblem(folder) ?? nothing;
    throw new UsageError({ summary: must, fixes: [fix] });
  }
  return environments;
}
