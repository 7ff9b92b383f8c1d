import type { EventCounts } from '../../scripts/report/events';
import type { Message, ResourceChange } from '../messages';

/** What a plan of one stack means; free of secrets, and what is saved beside the plan file. */
export interface StackPlan {
  readonly stack: string;
  readonly counts: EventCounts;
  readonly resources: readonly ResourceChange[];
  /** Outputs that change. */
  readonly outputs: readonly string[];
  /** Objects that somebody changed outside of Terraform. */
  readonly drift: readonly Drift[];
  /** What happens, in the network's own words. */
  readonly sentences: readonly string[];
}

export interface Drift {
  readonly address: string;
  /** Attributes; empty where the whole object is gone. */
  readonly attributes: readonly string[];
}

const NO_COUNTS: EventCounts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, forget: 0 };

/** Gathers what `terraform plan -json` says. */
export class PlanMessages {
  readonly resources: ResourceChange[] = [];
  readonly drifted: ResourceChange[] = [];
  readonly outputs: string[] = [];

  hear(message: Message): void {
    if (message.type === 'planned_change' && !['noop', 'read'].includes(message.change.action)) {
      this.resources.push(message.change);
    }
    if (message.type === 'resource_drift' && message.change.action !== 'noop')
      this.drifted.push(message.change);
    if (message.type === 'outputs') {
      const changing = Object.entries(message.outputs).filter(
        ([, output]) => (output.action ?? 'noop') !== 'noop',
      );
      this.outputs.push(...changing.map(([name]) => name));
    }
  }

  /**
   * Whether these messages tell all that matters. A look into the plan file would start the provider once more; it is not
   * needed where nothing changes, nor where a whole network is made or destroyed: the catalog has the words for it.
   */
  get complete(): boolean {
    if (this.resources.length === 0) return true;
    if (this.drifted.length > 0) return false;
    const actions = new Set(this.resources.map((change) => change.action));
    const whole = this.resources.some((change) => change.resourceType === 'aws_vpc');
    return whole && actions.size === 1 && (actions.has('create') || actions.has('delete'));
  }
}

/** How many resources each action takes. */
export function countsOf(resources: readonly ResourceChange[]): EventCounts {
  const counts = { ...NO_COUNTS };
  for (const { action } of resources) {
    if (
      action === 'create' ||
      action === 'update' ||
      action === 'replace' ||
      action === 'delete' ||
      action === 'import'
    ) {
      counts[action] += 1;
    } else if (action === 'remove' || action === 'forget') {
      counts.forget += 1;
    } else {
      counts.update += 1;
    }
  }
  return counts;
}

/** How many resources change. */
export function totalOf(counts: EventCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Whether there is something to apply. */
export function hasChanges(plan: StackPlan): boolean {
  return totalOf(plan.counts) > 0 || plan.outputs.length > 0;
}

/** `+ 31  ~ 1  -/+ 1  - 2`, or `no changes`. */
export function countsText(plan: StackPlan): string {
  const { counts } = plan;
  const signs = [
    ['+', counts.create],
    ['~', counts.update],
    ['-/+', counts.replace],
    ['-', counts.delete],
    ['import', counts.import],
    ['forget', counts.forget],
  ] as const;
  const text = signs.filter(([, count]) => count > 0).map(([sign, count]) => `${sign} ${count}`);
  if (text.length > 0) return text.join('  ');
  return plan.outputs.length > 0 ? 'outputs' : 'no changes';
}
