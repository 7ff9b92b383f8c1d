import type { ResourceChange } from '../messages';

/**
 * Counts the changes of a plan that an apply has done, in the unit in which the plan counts them: a resource that is
 * replaced is one change, done when Terraform has both deleted and created it.
 */
export class DoneChanges {
  /** The operations that Terraform has ended, by address. */
  private readonly ended = new Map<string, number>();
  private readonly planned = new Map<string, readonly ResourceChange[]>();

  constructor(resources: readonly ResourceChange[]) {
    for (const resource of resources) {
      const { address } = resource;
      this.planned.set(address, [...(this.planned.get(address) ?? []), resource]);
    }
  }

  /**
   * Notes that Terraform has ended an operation on a resource.
   *
   * @returns the number of changes that are done with it: none after the first half of a replacement
   */
  endOperation(address: string): number {
    const before = this.doneAt(address);
    this.ended.set(address, (this.ended.get(address) ?? 0) + 1);
    return this.doneAt(address) - before;
  }

  private doneAt(address: string): number {
    let left = this.ended.get(address) ?? 0;
    let done = 0;
    for (const { action } of this.planned.get(address) ?? []) {
      left -= action === 'replace' ? 2 : 1;
      if (left >= 0) done += 1;
    }
    return done;
  }
}
