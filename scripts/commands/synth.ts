import { EXIT } from '../../base/errors';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { counted } from '../../base/text/counted';
import { foldersOf } from '../session/folders';
import { readCatalog } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';
import { environmentsOf } from './environments';

/** `kakehashi synth`: runs the cdktf app for each environment. It needs no Terraform, and with `--sandbox` no sandbox. */
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
      const seconds = await synthesize(options, loaded.stacks);
      const stacks = loaded.stacks.map((stack) => stack.id);
      report.say(
        `${environment}: ${counted(stacks.length, 'stack')} in ${folders.out}   ${seconds.toFixed(1)} s`,
      );
    }
  } finally {
    endStops();
  }
  return EXIT.done;
}
