import type { ObjectValue } from '../../protocol/values';
import type { Change } from '../../provider/simulated-provider';
import type { Api } from './api';

/** A new object: its id, and the attributes that only the answer to its creation holds. */
export interface Made {
  readonly id: string;
  readonly computed?: ObjectValue;
}

/** The provider's behaviour for one resource type. Its functions throw errors of the server. */
export interface VaultResource {
  /** @param given the plan, with null in place of unknown values. @param config the configuration, with its write-only values */
  create(api: Api, given: ObjectValue, config: ObjectValue): Made;
  /** The attributes that the server knows; undefined if the object no longer exists. */
  read(api: Api, id: string, state: ObjectValue): ObjectValue | undefined;
  /** Changes the object in place. @returns its id, if that changes */
  update?(api: Api, id: string, change: Change): string | undefined;
  delete(api: Api, id: string, state: ObjectValue): void;
}
