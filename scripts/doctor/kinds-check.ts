import { driverOf } from '../kinds/registry';
import { foldersOf } from '../session/folders';
import { type Check, ofCatalog } from './check';

/** What the kinds of the environment's stacks check beside what is checked for all. */
export const KINDS_CHECK: Check = ofCatalog('clouds', async (examination, loaded) => {
  const { variables, withheld } = await examination.terraform();
  const { settings, stop, times, processes, environment } = examination;
  const { sandbox, catalogDirectory } = settings;
  const folders = foldersOf(environment, { sandbox, catalogDirectory });
  const kinds = [...new Set(loaded.stacks.map(({ kind }) => kind))];
  // Kinds of one cloud have one check, which looks at all their stacks.
  const checks = new Set(kinds.flatMap((kind) => driverOf({ kind }).checks ?? []));
  const found = await Promise.all(
    [...checks].map((check) =>
      check({
        loaded,
        simulated: sandbox,
        processes,
        folders,
        variables,
        withheld: withheld.some((kind) => driverOf({ kind }).checks === check),
        stop,
        times,
      }),
    ),
  );
  return found.flat();
});
