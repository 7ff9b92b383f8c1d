import { EXIT, Failure } from '../../base/errors';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { counted } from '../../base/text/counted';
import { catalogWords } from '../report/catalog-line';
import type { Report } from '../report/report';
import type { ReadEnvironment } from '../run/judge-configurations';
import { newReadings, readCatalog, type ShownProblems } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

export interface ValidateOptions {
  /** Whether rules judge what the catalogs make. @default true */
  readonly policy?: boolean;
}

/**
 * `kakehashi validate`: reads and checks catalogs, given by name or by path, and judges what they make by the rules. A file that ends
 * with .tf.json is a configuration of another app, which is judged alone. It needs no Terraform.
 */
export async function validate(
  settings: Settings,
  names: readonly string[],
  { policy = true }: ValidateOptions = {},
): Promise<number> {
  const report = reportOf(settings);
  const files = names.filter((name) => name.endsWith('.tf.json'));
  const catalogs = names.filter((name) => !name.endsWith('.tf.json'));
  const { valid, failed } =
    files.length > 0 && catalogs.length === 0
      ? { valid: [], failed: 0 }
      : readCatalogs(settings, environmentsOf(settings, catalogs), report);
  if (!policy) return failed > 0 ? EXIT.failed : EXIT.done;
  const judged = await judgeAll(settings, valid, files, report);
  if (failed > 0 || judged === EXIT.failed) return EXIT.failed;
  return judged;
}

function readCatalogs(
  settings: Settings,
  environments: readonly string[],
  report: Report,
): { readonly valid: readonly ReadEnvironment[]; readonly failed: number } {
  const valid: ReadEnvironment[] = [];
  let failed = 0;
  const shown: ShownProblems = { problems: new Set(), environments };
  const readings = newReadings();
  for (const name of environments) {
    try {
      const loaded = readCatalog(name, settings, report, { shown, readings, lenient: true });
      valid.push({ loaded, settings: targetOf(settings, name).settings });
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
  return { valid, failed };
}

async function judgeAll(
  settings: Settings,
  valid: readonly ReadEnvironment[],
  files: readonly string[],
  report: Report,
): Promise<number> {
  if (files.length === 0 && valid.every(({ loaded }) => loaded.stacks.every(({ gone }) => gone)))
    return EXIT.done;
  const processes = new Processes();
  const endStops = onStop(() => processes.interrupt());
  try {
    return await (
      require('../run/judge-for-validate') as typeof import('../run/judge-for-validate')
    ).judgeForValidate(settings, valid, files, report, processes);
  } finally {
    endStops();
  }
}
