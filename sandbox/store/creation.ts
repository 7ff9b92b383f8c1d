import { AsyncLocalStorage } from 'node:async_hooks';

/** The identity of an object in the log. */
export interface ObjectKey {
  readonly type: string;
  readonly region: string;
  readonly id: string;
}

/** What a log offers to the creation of one of its objects. */
interface Answers {
  /** Notes that the caller is told of an object. @param as its id in the state */
  answered(object: ObjectKey, as: string): void;
}

const underWay = new AsyncLocalStorage<Creation>();

/**
 * The creation of one resource by Terraform. Of the objects that are put while it runs, the first new one of its type is the resource; the
 * others come with it, as a VPC's main route table does.
 */
export class Creation {
  private made: { readonly object: ObjectKey; readonly log: Answers } | undefined;

  constructor(private readonly type: string) {}

  /** The creation that the calling code runs in. */
  static get current(): Creation | undefined {
    return underWay.getStore();
  }

  run<T>(work: () => T): T {
    return underWay.run(this, work);
  }

  /** Takes a new object as the resource, if it is. @returns whether it is */
  take(object: ObjectKey, log: Answers): boolean {
    if (this.made !== undefined || object.type !== this.type) return false;
    this.made = { object, log };
    return true;
  }

  /** To be called when Terraform is about to be told of the resource. @param as its id in the state */
  answered(as: unknown): void {
    if (this.made === undefined) return;
    const { object, log } = this.made;
    log.answered(object, typeof as === 'string' ? as : object.id);
  }
}
