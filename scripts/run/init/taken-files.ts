import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, UsageError } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import type { TakenFiles } from '../../../scaffold/catalog/taken-catalog';
import type { Report } from '../../report/report';
import { readCatalog } from '../../session/read-catalog';
import type { Settings } from '../../session/settings';

/** A controller's files, which were checked. */
export interface Taken {
  readonly files: TakenFiles;
  /** The environment's name that the catalog has, where it has one. */
  readonly environment?: string;
  /** Whether the catalog has a site, or a backend, of its own. */
  readonly has: { readonly site: boolean; readonly backend: boolean };
}

/**
 * Reads the catalog that `--from` names, and the `sakura_config.yml` beside it, with the messages of `validate`.
 *
 * @throws {@link Failure} for what `validate` refuses, and for a catalog that belongs to a project of ours
 */
export function takenFiles(given: string, settings: Settings, report: Report): Taken {
  const file = path.resolve(given);
  const shown = shownPath(file);
  if (path.dirname(file) === path.resolve('catalog'))
    throw new UsageError(
      `--from ${given}: is in the project's own folder of catalogs already; run init without --from`,
    );
  const loaded = readCatalog(isPath(shown) ? shown : `./${shown}`, settings, report, { lenient: true });
  if (
    loaded.files.filter((one) => path.resolve(one) !== file && !one.endsWith('sakura_config.yml')).length > 0
  )
    throw new Failure(
      `${shown}: stands on other files (${loaded.files.map((one) => path.basename(one)).join(', ')}), so it is of a project of kakehashi already; copy its folder of catalogs`,
    );
  const catalog = readFileSync(file, 'utf8');
  const { readYaml } =
    require('../../../catalog/out/yaml-document') as typeof import('../../../catalog/out/yaml-document');
  const root = readYaml(catalog)?.root;
  const beside = path.join(path.dirname(file), 'sakura_config.yml');
  const name = root?.get('environment');
  return {
    files: {
      catalog,
      ...(existsSync(beside) && root?.has('sakura_config') === false && root.has('sakura')
        ? { sakuraConfig: readFileSync(beside, 'utf8') }
        : {}),
    },
    ...(typeof name === 'string' ? { environment: name } : {}),
    has: { site: root?.has('site') === true, backend: root?.has('backend') === true },
  };
}

function isPath(text: string): boolean {
  return /[/\\]/.test(text);
}
