import type { ObjectValue, Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

/** A pattern of recorded error messages, and whether a value satisfies what such a message demands. */
export type Demand = readonly [message: RegExp, holds: (value: string, match: RegExpMatchArray) => boolean];

/** The messages about each of two kinds of values that an argument takes, such as an account's number and an ARN. */
export type Alternatives = readonly [one: RegExp, other: RegExp];

/** A provider's treatment of values that follows neither from its schema nor from the recordings. */
export interface ValueRules {
  /** Messages about values that its published source gives and no recording has, by type and path of the argument. @default - none */
  readonly documented?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Arguments that take two kinds of values, by type and path: only a value of neither kind is refused. @default - none */
  readonly alternatives?: Readonly<Record<string, Readonly<Record<string, Alternatives>>>>;
  /** Demands that only this provider's messages make. They are matched before the demands of the SDK. */
  readonly demands: readonly Demand[];
  /**
   * The value that the provider plans for a configured text, or undefined if it plans the text like any other value.
   *
   * @param before the value in the state; undefined for a new object
   */
  readonly plannedText?: (
    type: ResourceType,
    path: string,
    configured: string,
    before: Value | undefined,
  ) => Value | undefined;
  /** The elements that the provider plans for a configured list or set of objects. @param before the value in the state */
  readonly plannedList?: (
    type: ResourceType,
    path: string,
    planned: readonly Value[],
    before: Value | undefined,
  ) => readonly Value[];
  /** The elements that the provider plans for blocks in a list or set. @param before those in the state */
  readonly plannedBlocks?: (
    type: ResourceType,
    path: string,
    planned: readonly Value[],
    before: Value,
  ) => readonly Value[];
  /** Computed attributes whose value a change in place makes unknown. */
  readonly recomputed?: (type: ResourceType, prior: ObjectValue, planned: ObjectValue) => readonly string[];
  /** Attributes that replace the object because of the value of another one. */
  readonly replacing?: (type: ResourceType, prior: ObjectValue, planned: ObjectValue) => readonly string[];
  /** The form of a text that is a member of an object in a list or set. */
  readonly memberText?: (name: string, text: string) => string;
}

/** The rules of a provider that has none of its own. */
export const PLAIN_VALUES: ValueRules = { demands: [] };
