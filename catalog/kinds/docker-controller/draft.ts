import type { EnvironmentVariable } from '../../nodes/environment-variables';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { ControllerFolders } from './controller';
import type { CONTROLLER } from './keys';

/** The section as far as it could be read. */
export interface ControllerDraft {
  readonly place: Place;
  readonly keys: Draft<typeof CONTROLLER>;
  /** Whether it is made here. */
  readonly isBuilt: boolean;
  readonly folders?: ControllerFolders;
  readonly environment: readonly EnvironmentVariable[];
  /** Absent where it is not asked for. */
  readonly jupyter?: JupyterDraft;
}

/** The notebook. */
export interface JupyterDraft {
  readonly place: Place;
  readonly environment: readonly EnvironmentVariable[];
  readonly start?: readonly string[];
}
