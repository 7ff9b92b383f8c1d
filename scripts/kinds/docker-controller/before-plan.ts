import { resolve } from 'node:path';
import { registryVariables } from '../docker/registry-login';
import type { Planning } from '../kind';

/** The variables of a controller's plan. */
export async function controllerVariables({
  session,
  stack,
  loaded,
}: Planning<'docker-controller'>): Promise<NodeJS.ProcessEnv> {
  const controller = loaded.catalog.kinds['docker-controller']?.controller;
  if (stack.gone || controller === undefined) return {};
  return {
    TF_VAR_certificate: JSON.stringify({ fingerprint: 'simulated-000000000000', end: 'simulated' }),
    TF_VAR_secrets_version: '0'.repeat(32),
    TF_VAR_project_folder: resolve('.'),
    ...(await registryVariables(session, loaded, controller.occtr.image.registry)),
  };
}
