import type { Attributes } from '../../provider/attributes';
import type { Engine } from '../engine';

/** An object as the provider has it in a state. */
export interface Made {
  readonly id: string;
  /** The attributes that the provider read from the engine. All others of a state are those that were planned, or were there before. */
  readonly found: Attributes;
}

/** A creation failed after the object was made, which is in the state, and tainted. */
export class Left extends Error {
  constructor(
    readonly id: string,
    readonly reason: unknown,
  ) {
    super('the object was made, but not finished');
  }
}

/** The provider's behaviour for one resource type. Its functions throw {@link ProviderError}. */
export interface DockerResource {
  /** @param given the plan, with null in place of unknown values. @throws {@link Left} if the object is made, and then something fails */
  create(engine: Engine, given: Attributes): Made;
  /** The object of a state; undefined if it no longer exists. */
  read(engine: Engine, id: string, state: Attributes): Made | undefined;
  /** Changes the object in place. @returns what the provider reads afterwards; undefined if it reads nothing, and the plan is the state */
  update?(engine: Engine, id: string, given: Attributes, prior: Attributes): Made | undefined;
  delete(engine: Engine, id: string, state: Attributes): void;
}
