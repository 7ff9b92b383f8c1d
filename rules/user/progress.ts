/** What the thread of the user's rules is doing. */
export interface Step {
  /** How many steps were begun: while it stays, the thread is in one of them. */
  readonly count: number;
  /** Whether a file is loaded, and not a resource judged. */
  readonly loads: boolean;
  /** Of the file, or of the rule. */
  readonly index: number;
  /** Of the resource. */
  readonly resource: number;
}

/**
 * Tells another thread what this one does: in memory that both see, because the message of a thread that is in an endless loop never
 * leaves it.
 */
export class Progress {
  private readonly cells: Int32Array;

  constructor(readonly shared = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)) {
    this.cells = new Int32Array(shared);
  }

  begin({ loads, index, resource }: Omit<Step, 'count'>): void {
    this.cells.set([loads ? 1 : 0, index, resource], 1);
    Atomics.add(this.cells, 0, 1);
  }

  get step(): Step {
    const [loads, index = 0, resource = 0] = this.cells.subarray(1);
    return { count: Atomics.load(this.cells, 0), loads: loads === 1, index, resource };
  }
}
