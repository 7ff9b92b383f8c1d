import type { Controller } from '../../../../catalog/kinds/docker-controller/controller';
import type { Engine } from '../../docker/engine';
import type { HostPaths } from '../host-paths';

/** What the checks of the controller ask. */
export interface Asked {
  readonly engine: Engine;
  readonly controller: Controller;
  readonly paths: HostPaths;
  /** The host, as findings name it. */
  readonly url: string;
  readonly now: Date;
}
