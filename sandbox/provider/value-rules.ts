import type { Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

/** What the recorded words of a refusal demand of values in general: the words, and whether a value satisfies them. */
export type Demand = readonly [words: RegExp, holds: (value: string, match: RegExpMatchArray) => boolean];

/** How a provider treats values, where that follows neither from its schema nor from the recordings. */
export interface ValueRules {
  /** Demands that the provider's own words make; they are looked at before those of the SDK. */
  readonly demands: readonly Demand[];
  /**
   * The value that the provider plans for a configured text, or undefined where it plans the text itself.
   *
   * @param before the value in the state; undefined for a new object
   */
  readonly plannedText?: (
    type: ResourceType,
    path: string,
    configured: string,
    before: Value | undefined,
  ) => Value | undefined;
  /** The form of a text that is a member of an object in a list or set. */
  readonly memberText?: (name: string, text: string) => string;
}

/** The rules of a provider that has none of its own. */
export const PLAIN_VALUES: ValueRules = { demands: [] };
