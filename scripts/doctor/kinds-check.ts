import { driverOf } from '../kinds/registry';
import { type Check, ofCatalog } from './check';

/** What the kinds of the environment's stacks check beside what is checked for all. */
export const KINDS_CHECK: Check = ofCatalog('clouds', async (examination, loaded) => {
  const { variables, withheld } = await examination.terraform();
  const { settings, stop, times } = examination;
  const kinds = [...new Set(loaded.stacks.map(({ kind }) => kind))];
  const found = await Promise.all(
    kinds.map((kind) =>
      driverOf({ kind }).checks?.({
        loaded,
        simulated: settings.sandbox,
        variables,
        withheld: withheld.includes(kind),
        stop,
        times,
      }),
    ),
  );
  return found.flatMap((findings) => findings ?? []);
});
