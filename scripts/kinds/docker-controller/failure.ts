import { lastLogLines } from '../docker/last-log-lines';
import { engineOf } from '../docker/stacks';
import type { FailedApply } from '../kind';
import { controllerOf } from './controller-of';
import { containersOf } from './secrets';

/** What the controller's containers said before they failed. @throws Failure */
export async function controllerLogLines({
  session,
  stack,
  loaded,
  errors,
}: FailedApply<'docker-controller'>): Promise<readonly string[]> {
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return [];
  const names = containersOf(controller).map(({ name }) => name);
  return lastLogLines(engineOf(session, stack), errors, names);
}
