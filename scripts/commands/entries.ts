import path from 'node:path';
import { EXIT, UsageError } from '../../base/errors';
import { readIfThere, shownPath } from '../../base/files';
import { collectEntries, entriesText, writeEntries } from '../run/entries-file';
import { settledCatalog } from '../run/settle';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import { needConfiguration } from '../session/outputs';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';

/** `kakehashi entries`: prints the catalog entries of the current states, as YAML and nothing else on stdout. */
export async function entries(
  settings: Settings,
  position: string | undefined,
  out: string | undefined,
): Promise<number> {
  const stdoutTaken = out === undefined;
  if (stdoutTaken && settings.json)
    throw new UsageError('entries: stdout is for the YAML; with --json also give --out FILE');
  return withSession({ command: 'entries', stdoutTaken }, settings, position, async (session) => {
    const { loaded } = await settledCatalog(session);
    if (needConfiguration(session, loaded.stacks)) await synthesize(session, loaded);
    const found = await collectEntries(session, loaded, new Initializer(session), new Map());
    if (out === undefined) {
      process.stdout.write(entriesText(session, found, readIfThere(session.folders.entries)));
    } else {
      writeEntries(session, found, path.resolve(out));
      session.report.say(`entries   ${shownPath(path.resolve(out))}`);
    }
    return EXIT.done;
  });
}
