import { creates, isReplaced, removes } from './drift';
import type { ScrubbedChange, ScrubbedPlan } from './scrub';

/** The state of things before an apply, or after it. */
export type Side = 'before' | 'after';

/** All resources of a plan, also those that stay as they are, and which of them refers to which before and after the apply. */
export class PlannedGraph {
  private readonly resources: readonly ScrubbedChange[];
  private readonly byId = new Map<string, ScrubbedChange>();
  private readonly byAddress = new Map<string, ScrubbedChange>();

  constructor(private readonly plan: Pick<ScrubbedPlan, 'changes' | 'unchanged' | 'references'>) {
    this.resources = [...plan.changes, ...plan.unchanged];
    for (const resource of this.resources) {
      const { id } = resource.before;
      if (typeof id === 'string') this.byId.set(`${resource.type} ${id}`, resource);
      this.byAddress.set(resource.address, resource);
    }
  }

  /** The resources of a type that exist on one side; all of them without a side. */
  of(type: string, side?: Side): readonly ScrubbedChange[] {
    return this.resources.filter(
      (resource) => resource.type === type && (side === undefined || exists(resource, side)),
    );
  }

  /**
   * The resource of a type that an attribute refers to; undefined where it refers to none of this plan. A value that is not
   * known yet is found by the configuration.
   */
  target(
    from: ScrubbedChange | undefined,
    attribute: string,
    type: string,
    side: Side,
  ): ScrubbedChange | undefined {
    if (from === undefined || !exists(from, side)) return undefined;
    const value = from[side][attribute];
    if (typeof value === 'string' && value !== '') return this.byId.get(`${type} ${value}`);
    if (value === null || side === 'before') return undefined;
    const addresses = this.plan.references[from.address]?.[attribute] ?? [];
    const found = addresses.find((address) => address.startsWith(`${type}.`));
    return found === undefined ? undefined : this.byAddress.get(found);
  }

  /** Whether a resource is replaced for a reason of its own, and not because what it refers to is replaced. */
  isRootOfReplacement(resource: ScrubbedChange): boolean {
    if (!isReplaced(resource)) return false;
    if (resource.replacedBy.length === 0) return true;
    return resource.replacedBy.some((attribute) => {
      const addresses = this.plan.references[resource.address]?.[attribute] ?? [];
      const targets = addresses.flatMap((address) => this.byAddress.get(address) ?? []);
      return !targets.some((target) => isReplaced(target) || creates(target));
    });
  }
}

export function exists(resource: ScrubbedChange, side: Side): boolean {
  return side === 'before' ? !creates(resource) : !removes(resource);
}

/** Whether a resource is there before and after the apply, as the same object. */
export function stays(resource: ScrubbedChange): boolean {
  return !creates(resource) && !removes(resource) && !isReplaced(resource);
}
