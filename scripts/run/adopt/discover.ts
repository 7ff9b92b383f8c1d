import { readFileSync } from 'node:fs';
import { Failure } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { StateInstance } from '../../../terraform/state/state-file';
import type { AdoptionInput, KindAdoption } from '../../kinds/adoption';
import { stackFolder } from '../../session/folders';
import { loadCatalog } from '../../session/read-catalog';
import type { Session } from '../../session/session';
import { synthesize } from '../../session/synthesize';
import { provideCredentials } from '../credentials';
import { readConfiguration } from './configuration';
import { makeScratch } from './scratch';
import { TrialFolder } from './trial-folder';

/** The name of the entry whose stack's provider asks; no catalog has it. */
const PROVISIONAL = 'kakehashi-import';

/** What a network is found by. */
interface Search {
  readonly adoption: KindAdoption;
  readonly ids: AdoptionInput['ids'];
  readonly region?: string;
}

/** Finds and reads the objects of a network in the cloud, and changes nothing there. @throws TerraformError, Failure */
export async function discover(
  session: Session,
  { catalog }: Loaded,
  { adoption, ids, region }: Search,
): Promise<readonly StateInstance[]> {
  const { discovery, provider } = adoption;
  const questions = discovery.questions(ids);
  const { insertEntry } =
    require('../../../catalog/out/insert-entry') as typeof import('../../../catalog/out/insert-entry');
  const text = insertEntry(readFileSync(catalog.file, 'utf8'), {
    provider,
    name: PROVISIONAL,
    values: discovery.provisional(region ?? ''),
  });
  if (text === undefined) throw new Failure(`${shownPath(catalog.file)}: is no plain YAML file`);
  const scratch = makeScratch(session, catalog.file, text);
  try {
    const trial = scratch.session;
    const loaded = loadCatalog(session.environment, trial.settings);
    const stack = loaded.stacks.find(({ network }) => network === `${provider}/${PROVISIONAL}`);
    if (stack === undefined) throw new Error('the provisional entry has no stack');
    await synthesize(trial, loaded);
    await provideCredentials(session, loaded);
    const folder = new TrialFolder(trial, stack, readConfiguration(stackFolder(trial.folders, stack.id)));
    const answers = await folder.ask(questions);
    const first = await folder.importGiven(discovery.objects(ids, answers));
    const further = await folder.importGiven(discovery.further(first));
    const instances = [...first, ...further];
    return [...instances, ...discovery.written(instances, answers)];
  } finally {
    scratch.remove();
  }
}
