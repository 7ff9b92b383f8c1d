import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import { writeGiven } from '../../base/given-file';
import type { DrawnPlan, MarkedScene } from '../../draw/marks';
import { outsideAddresses } from '../run/scene/outside-addresses';
import { sceneOf } from '../run/scene/scene-of';
import { foldersOf } from '../session/folders';
import { readCatalog, type ShownProblems } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

export type PictureFormat = 'svg' | 'mermaid' | 'dot';

export interface DrawOptions {
  /** @default - by the name of the file; svg for stdout */
  readonly format?: PictureFormat;
  /** A file, or `-`. @default - stdout */
  readonly out?: string;
  /** Whether the saved plans are marked. */
  readonly plan: boolean;
}

const FORMAT_OF: Readonly<Record<string, PictureFormat>> = {
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
};

/** `kakehashi draw`: a picture of the networks of one or more environments, from their catalogs alone. */
export async function draw(
  settings: Settings,
  names: readonly string[],
  { format, out = '-', plan }: DrawOptions,
): Promise<number> {
  const kind = format ?? formatOf(out);
  const { markScene } = require('../../draw/marks') as typeof import('../../draw/marks');
  const { mergeScenes } = require('../../draw/scene') as typeof import('../../draw/scene');
  const report = reportOf(settings, { stdoutTaken: out === '-' });
  const shown: ShownProblems = { problems: new Set(), environments: environmentsOf(settings, names) };
  const scenes = [];
  const plans: DrawnPlan[] = [];
  for (const name of shown.environments) {
    const { settings: own } = targetOf(settings, name);
    const loaded = readCatalog(name, settings, report, { shown, lenient: true });
    scenes.push(sceneOf(loaded, outsideAddresses(loaded, own)));
    if (plan) plans.push(...savedPlans(loaded.catalog.environment, own));
  }
  const text = textOf(
    markScene(mergeScenes(scenes), plan ? plans : undefined, plan && settings.sandbox),
    kind,
  );
  if (out === '-') {
    process.stdout.write(text);
    return EXIT.done;
  }
  const changed = writeGiven(out, text);
  report.event({
    type: 'picture_written',
    file: shownPath(path.resolve(out)),
    format: kind,
    changed,
  });
  report.say(`picture   ${shownPath(path.resolve(out))}${changed ? '' : ', no changes'}`);
  return EXIT.done;
}

/** @throws {@link UsageError} for a file of another kind */
function formatOf(file: string): PictureFormat {
  const extension = path.extname(file);
  const format = extension === '' ? 'svg' : FORMAT_OF[extension];
  if (format !== undefined) return format;
  throw new UsageError({
    where: '--out',
    summary: `must be a file that ends with one of ${Object.keys(FORMAT_OF).join(', ')}, got ${file}`,
    fixes: ['or give --format'],
  });
}

function textOf(marked: MarkedScene, format: PictureFormat): string {
  switch (format) {
    case 'svg':
      return (require('../../draw/svg/svg') as typeof import('../../draw/svg/svg')).sceneSvg(marked);
    case 'dot':
      return (require('../../draw/dot') as typeof import('../../draw/dot')).sceneDot(marked);
    case 'mermaid': {
      const { MERMAID_LIMITS, sceneMermaid } =
        require('../../draw/mermaid') as typeof import('../../draw/mermaid');
      const text = sceneMermaid(marked);
      if (text !== undefined) return text;
      throw new Failure({
        summary: `too much for one Mermaid diagram, which has at most ${MERMAID_LIMITS.characters} characters`,
        fixes: ['name fewer environments, or use --format svg'],
      });
    }
  }
}

/** What the saved plans of an environment do. @throws {@link Failure} where none is saved, or one is damaged */
function savedPlans(environment: string, settings: Settings): readonly DrawnPlan[] {
  const { sandbox, catalogDirectory } = settings;
  const { savedReview } =
    require('../run/review/saved-review') as typeof import('../run/review/saved-review');
  const { drawnPlans } = require('../../review/page/picture') as typeof import('../../review/page/picture');
  // A part of the stacks may have none of them, and is planned nevertheless.
  const saved = savedReview({ folders: foldersOf(environment, { sandbox, catalogDirectory }), environment });
  if (saved !== undefined) return drawnPlans(saved.stacks);
  const flag = sandbox ? ' --sandbox' : '';
  throw new Failure({
    summary: `${environment}: no plan is saved`,
    fixes: [`run: kakehashi plan ${environment}${flag}`],
  });
}
