import type { Stack } from '../../../catalog/kinds/registry';
import { hostPart } from '../docker/scene';
import { type Drawn, type KindScene, partsOf } from '../scene';
import { controllerOf } from './controller-of';

/** What a picture shows of the controller's containers on their host. */
export function controllerScene({ loaded }: Drawn, stack: Stack<'docker-controller'>): KindScene {
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return { parts: [], links: [] };
  const { environment, site } = loaded.catalog;
  const host = hostPart(environment, controller.host, site);
  const { privateIpmask, occtr, jupyter } = controller;
  const part = partsOf(environment, stack.id)(`${environment}/controller`, 'server', 'VC controller', {
    lines: [
      `${privateIpmask.address}/${privateIpmask.prefix}`,
      `container ${occtr.name}`,
      ...(jupyter === undefined ? [] : [`notebook ${jupyter.name}`]),
    ],
    within: host.id,
    resources: ['*'],
  });
  return { parts: [part, host], links: [] };
}
