import { writeAtomically } from '../../base/files';
import { EXIT } from '../../base/errors';
import { type MarkedScene, markScene } from '../../draw/marks';
import { mergeScenes } from '../../draw/scene';
import { sceneOf } from '../run/scene/scene-of';
import { readCatalog, type ShownProblems } from '../session/read-catalog';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

export async function draw(settings: Settings, names: readonly string[], out?: string): Promise<number> {
  const report = reportOf(settings);
  const shown: ShownProblems = { problems: new Set(), environments: environmentsOf(settings, names) };
  const scenes = shown.environments.map((name) => sceneOf(readCatalog(name, settings, report, { shown, lenient: true })));
  const marked: MarkedScene = markScene(mergeScenes(scenes));
  const { sceneSvg } = require('../../draw/svg/svg') as typeof import('../../draw/svg/svg');
  const text = sceneSvg(marked);
  if (out === undefined) process.stdout.write(text);
  else writeAtomically(out, text);
  return EXIT.done;
}
