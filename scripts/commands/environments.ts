import { environmentOf, type Settings } from '../cli/settings';
import { shownDirectory } from '../run/read-catalog';

/** The environments that a command is about which takes several: those named, else `--env`, else all. */
export function environmentsOf(settings: Settings, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names.map((name) => environmentOf(settings, name));
  if (settings.environment !== undefined) return [settings.environment.name];
  const { listEnvironments } = require('../../catalog/load') as typeof import('../../catalog/load');
  return listEnvironments(shownDirectory(settings));
}
