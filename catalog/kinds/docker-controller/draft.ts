import type { ControllerFolders } from '../../../model/docker/controller-host';
import type { EnvironmentVariable } from '../../nodes/environment-variables';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { CONTROLLER } from './keys';

/** The section as far as it could be read. */
export interface ControllerDraft extends ContainerDraft {
  readonly keys: Draft<typeof CONTROLLER>;
  /** Whether it is made here. */
  readonly isBuilt: boolean;
  /** Its address in the site. Absent where neither it nor the site's says it. */
  readonly privateAddress?: string;
  /** The address at which ports are published. */
  readonly bind?: string;
  readonly folders?: ControllerFolders;
  /** Absent where it is not asked for. */
  readonly jupyter?: ContainerDraft;
}

/** One of the containers. */
export interface ContainerDraft {
  /** Of the map that has its environment. */
  readonly place: Place;
  readonly environment: readonly EnvironmentVariable[];
  readonly start?: readonly string[];
}
