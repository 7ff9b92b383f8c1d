import path from 'node:path';
import { EXIT, Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { counted } from '../../base/text/counted';
import { Journal } from '../../terraform/journal';
import { processText } from '../run/await-terraform';
import { runningApplies } from '../run/left-apply';
import { type Folders, foldersOf } from '../session/folders';
import { readCatalog } from '../session/read-catalog';
import { holdFolder } from '../session/run-lock';
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
      const free = holdFolder(path.join(folders.root, folders.out), environment);
      try {
        refuseRunning(folders);
        const options = { ...target, folders, report, processes, variables: process.env };
        const seconds = await synthesize(options, loaded);
        const stacks = loaded.stacks.map((stack) => stack.id);
        report.say(
          `${environment}: ${counted(stacks.length, 'stack')} in ${folders.out}   ${seconds.toFixed(1)} s`,
        );
      } finally {
        free();
      }
    }
  } finally {
    endStops();
  }
  return EXIT.done;
}

/** The configuration of a stack must not change under the Terraform of a killed run that still applies it. @throws {@link Failure} */
function refuseRunning(folders: Folders): void {
  const [running] = runningApplies(folders, new Journal(folders.journal));
  if (running === undefined) return;
  throw new Failure(
    `${running.stack}: the terraform of a killed run still applies it (${processText(running)}), output ${shownPath(running.file)}; wait until it has ended, then run the same command again`,
  );
}
