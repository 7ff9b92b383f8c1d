import type { Loaded } from '../../../catalog/environment/catalog';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import type { Stack } from '../../../catalog/kinds/registry';

/** The controller that a stack makes; undefined for one that is gone. */
export function controllerOf(
  { catalog }: Pick<Loaded, 'catalog'>,
  { id, gone }: Pick<Stack, 'id' | 'gone'>,
): Controller | undefined {
  const controller = catalog.kinds['docker-controller']?.controller;
  return gone || controller?.stack !== id ? undefined : controller;
}
