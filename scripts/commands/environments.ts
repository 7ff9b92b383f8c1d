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
    require('../../catalog/load') as typeof import('../../catalog/load');
  const folder = shownDirectory(settings);
  const [summary, fix] = folderProblem(folder) ?? [
    `${folder}: no environment in it`,
    `write ${folder}/dev.yml`,
  ];
  const environments = listEnvironments(folder);
  if (environments.length === 0) throw new UsageError({ summary, fixes: [fix] });
  return environments;
}
