import type { AddressedResource } from '../../terraform/plan/prior-resources';
import type { LeftQuestion } from './left';

/** How drift of a kind's stacks is looked for beside what Terraform compares. Types of one cloud have one table. */
export interface KindDrift {
  /** What lies in a stack's networks and nobody manages, as far as what was refreshed tells it. */
  readonly unmanaged?: (resources: readonly AddressedResource[]) => readonly Unmanaged[];
  /** What must be asked of the cloud for it, and how the answers are read. @default - nothing */
  readonly questions?: (resources: readonly AddressedResource[]) => readonly UnmanagedQuestion[];
  /** What of it the cloud can't be asked, as a sentence. @default - all of it can be asked */
  readonly unasked?: string;
  /**
   * A command that asks the cloud's own log who changed an object.
   *
   * @param since - in UTC by ISO 8601
   * @param resources - of its stack
   */
  readonly who?: (
    object: ChangedObject,
    since: string | undefined,
    resources: readonly AddressedResource[],
  ) => string | undefined;
}

export interface UnmanagedQuestion {
  readonly question: LeftQuestion;
  readonly read: (answer: unknown) => readonly Unmanaged[];
}

/** Something that is there, and that no state of ours has. */
export interface Unmanaged {
  /** Its kind, as people say it: `rule`, `route`. */
  readonly what: string;
  /** By what it is told from others, and stays the same: the cloud's id, or what it lets through. */
  readonly id: string;
  /** The resource of ours that it is in. @default - none in particular */
  readonly in?: string;
  /** The attribute of it that lists it: where the configuration sets that, Terraform itself compares. */
  readonly listedIn?: string;
}

/** An object of a stack that was changed. */
export interface ChangedObject {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}
