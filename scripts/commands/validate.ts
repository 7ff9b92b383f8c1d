import { EXIT, Failure } from '../../base/errors';
import { counted } from '../../base/text/counted';
import { catalogWords } from '../report/catalog-line';
import { readCatalog, type ShownProblems } from '../session/read-catalog';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

/** `kakehashi validate`: reads and checks catalogs, given by name or by path. It needs no Terraform. */
export async function validate(settings: Settings, names: readonly string[]): Promise<number> {
  const report = reportOf(settings);
  let failed = 0;
  const shown: ShownProblems = { problems: new Set(), environments: environmentsOf(settings, names) };
  for (const name of shown.environments) {
    try {
      const loaded = readCatalog(name, settings, report, { shown, lenient: true });
      const { environment } = loaded.catalog;
      const warnings = loaded.problems.filter(({ severity }) => severity === 'warning').length;
      report.say(
        `${environment}: ${catalogWords(loaded)}${warnings > 0 ? `, ${counted(warnings, 'warning')}` : ''}`,
      );
      report.event({
        type: 'catalog_valid',
        environment,
        networks: loaded.catalog.networks.length,
        adopted: loaded.catalog.adopted.length,
        warnings,
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.message !== '') report.say(error.message);
      failed += 1;
    }
  }
  return failed > 0 ? EXIT.failed : EXIT.done;
}
