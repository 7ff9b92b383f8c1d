import { rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../../base/files';
import { priorResources, type StateResource } from '../../../terraform/plan/prior-resources';
import { PLAN_FILE } from '../../../terraform/plan/saved-plan';
import type { Attributes } from '../../../terraform/state/state-file';
import { type Folders, stackFolder } from '../../session/folders';
import { Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import { readConfiguration, withLocalState } from '../adopt/configuration';

/**
 * What data sources answer, asked by the provider of an initialised stack: with its credentials, in a folder of its own, without its
 * state. Nothing is applied.
 * {@link removeQuestions} must follow.
 *
 * @param data - as a configuration's `data` has them
 * @throws TerraformError
 */
export async function askDataSources(
  session: Session,
  stack: string,
  data: Attributes,
): Promise<readonly StateResource[]> {
  const configuration = readConfiguration(stackFolder(session.folders, stack));
  const folders = foldersOfQuestions(session.folders);
  const folder = stackFolder(folders, stack);
  makePrivate(folder);
  const { provider } = configuration;
  const asking = { terraform: withLocalState(configuration), provider, data };
  writeExactly(path.join(folder, 'cdk.tf.json'), `${JSON.stringify(asking, null, 2)}\n`, 0o600);
  await new Initializer({ ...session, folders }).init(stack);
  await session.terraform.plan(folder, PLAN_FILE, { destroy: false }, () => undefined);
  return priorResources(await session.terraform.show(folder, path.join(folder, PLAN_FILE)));
}

/** Removes the folders of all questions. */
export function removeQuestions({ folders }: Pick<Session, 'folders'>): void {
  const { root, out } = foldersOfQuestions(folders);
  rmSync(path.join(root, out), { recursive: true, force: true });
}

/** They are as deep as the stacks' own: paths in a provider's block are relative. */
function foldersOfQuestions(folders: Folders): Folders {
  return { ...folders, out: `${folders.out}.questions` };
}
