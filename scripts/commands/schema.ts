import path from 'node:path';
import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import { writeGiven } from '../../base/given-file';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';

/** The name that the first line of a catalog refers to. */
const NAME = 'catalog.schema.json';

/**
 * `kakehashi schema`: writes the JSON schema of catalogs, with which an editor completes and explains keys.
 *
 * @param out - a file; `-` for stdout. @default - `catalog.schema.json` in the catalogs' folder
 */
export async function schema(settings: Settings, out: string | undefined): Promise<number> {
  const { catalogSchema } = require('../../catalog/out/schema') as typeof import('../../catalog/out/schema');
  const text = `${JSON.stringify(catalogSchema(), null, 2)}\n`;
  if (out === '-') {
    process.stdout.write(text);
    return EXIT.done;
  }
  const file = path.resolve(out ?? path.join(settings.catalogDirectory, NAME));
  const report = reportOf(settings);
  const isSame = !writeGiven(file, text);
  report.event({ type: 'schema_written', file: shownPath(file), changed: !isSame });
  report.say(`schema    ${shownPath(file)}${isSame ? ', no changes' : ''}`);
  report.say(`          begin each catalog beside it with this line:`);
  report.show(`          # yaml-language-server: $schema=./${path.basename(file)}`);
  return EXIT.done;
}
