import type { Settings } from '../cli/settings';
import { EXIT } from '../errors';
import { Processes } from '../process';
import { foldersOf } from '../run/folders';
import { readCatalog } from '../run/read-catalog';
import { reportOf, targetOf } from '../run/session';
import { onStop } from '../run/signals';
import { synthesize } from '../run/synthesize';
import { environmentsOf } from './environments';

/** `kakehashi synth`: the cdktf app, per environment. It needs no Terraform, and no sandbox even with `--sandbox`. */
export async function synth(settings: Settings, names: readonly string[]): Promise<number> {
  const report = reportOf(settings);
  const processes = new Processes();
  const endStops = onStop(() => processes.interrupt());
  const chosen = environmentsOf(settings, names);
  try {
    for (const name of chosen) {
      const target = targetOf(settings, name);
      const { environment } = target;
      const folders = foldersOf(environment, {
        sandbox: settings.sandbox,
        catalogDirectory: target.settings.catalogDirectory,
      });
      const loaded = readCatalog(environment, target.settings, report);
      const options = { ...target, folders, report, processes, variables: process.env };
      const seconds = await synthesize(options, loaded.units);
      const units = loaded.units.map((unit) => unit.id);
      report.say(
        `${environment}: ${units.length} ${units.length === 1 ? 'unit' : 'units'} in ${folders.out}   ${seconds.toFixed(1)} s`,
      );
    }
  } finally {
    endStops();
  }
  return EXIT.done;
}
