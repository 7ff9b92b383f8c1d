/** What `kakehashi drift` found, and the file in which the next run finds it. No secret is in it. docs/reference/drift.schema.json */
export interface DriftReport {
  readonly version: 1;
  readonly environments: readonly EnvironmentDrift[];
}

export interface EnvironmentDrift {
  readonly environment: string;
  /** When it was looked at, in UTC by ISO 8601. */
  readonly made: string;
  readonly simulated: boolean;
  /** The commit of the project. Absent where it is in no repository. */
  readonly commit?: string;
  /**
   * - `none`: nothing drifted
   * - `drift`: something did
   * - `unknown`: a stack could not be read; what the others show is there
   */
  readonly outcome: 'none' | 'drift' | 'unknown';
  /** Sorted by stack. */
  readonly stacks: readonly StackDrift[];
  /** What was reported before and is not there any more. */
  readonly gone: readonly DriftItem[];
  /** Remarks: expectations that have ended, or fit nothing, and what a cloud can't be asked. */
  readonly notes: readonly string[];
}

export interface StackDrift {
  readonly stack: string;
  readonly kind: string;
  /** `not applied`: its state holds nothing. */
  readonly state: 'read' | 'not applied' | 'failed';
  /** Of a failed one, why. */
  readonly lines?: readonly string[];
  /** When it was applied last, as far as this folder tells. */
  readonly applied?: string;
  /** The commit of the project at that apply. Absent where it is in no repository, or the folder does not tell. */
  readonly appliedCommit?: string;
  readonly items: readonly DriftItem[];
}

/** One thing that is not as it was applied. */
export interface DriftItem {
  readonly stack: string;
  /** `unmanaged`: it is in our network, and in no state of ours. */
  readonly what: 'changed' | 'deleted' | 'unmanaged';
  /** The resource of ours; of an unmanaged thing that in which it is, or what it is. */
  readonly address: string;
  /** Of a change. */
  readonly attribute?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** The cloud's id; of an unmanaged thing also what tells it from others. */
  readonly id?: string;
  /** Of an unmanaged thing: `rule`, `VPN connection`. */
  readonly noun?: string;
  readonly state: 'new' | 'still' | 'gone';
  /** When a report named it first. */
  readonly firstSeen: string;
  /** Its stack could not be read this time: it is as the last report had it. */
  readonly unread?: true;
  /** A command that asks the cloud's log who did it. */
  readonly who?: string;
}

/** What tells one item from others in all reports. */
export function keyOf({ stack, what, address, attribute, id, noun }: DriftItem): string {
  return JSON.stringify(
    what === 'unmanaged' ? [stack, what, address, noun, id] : [stack, what, address, attribute],
  );
}
