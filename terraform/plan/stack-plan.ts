import { counted } from '../../base/text/counted';
import type { Message, ResourceChange } from '../messages';
import type { PlanEffect } from './effect';
import type { PlannedOutputs } from './planned-outputs';
import type { ResourceValues } from './resource-values';

/** The meaning of one stack's plan. It holds no secret, and is saved beside the plan file. */
export interface StackPlan {
  readonly stack: string;
  readonly counts: ChangeCounts;
  readonly resources: readonly ResourceChange[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
  /** Objects that somebody changed outside of Terraform. */
  readonly drift: readonly Drift[];
  /** What the plan does, in the order in which the screen tells it. */
  readonly effects: readonly PlanEffect[];
  /** Old and new values of what it changes. */
  readonly values: readonly ResourceValues[];
  /** Its outputs before and after, where any of them changes. */
  readonly outputValues: PlannedOutputs;
  /** Objects that an earlier apply made, and no state had. @default - none */
  readonly adopted?: readonly AdoptedObject[];
  /** The ids of what bore the tags of its creations before. @default - it was not asked */
  readonly before?: readonly string[];
  /** How many resources its apply works on at once. @default - Terraform's own number */
  readonly parallelism?: number;
}

/**
 * The number of changes by what is done to the resource. One resource is one change, also where it is replaced, for which
 * Terraform deletes and creates. A plan, its apply, their events and `plan.md` all count so; outputs are not counted.
 */
export interface ChangeCounts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly import: number;
  readonly forget: number;
}

/** An object that a killed or failed apply made, and that a plan takes into the state. */
export interface AdoptedObject {
  readonly address: string;
  /** By which the provider imports it; of what is written into the state, its id there. */
  readonly id: string;
  readonly how: 'import' | 'state';
  /** When that apply was begun, or failed. */
  readonly at: string;
}

/** An object that somebody changed outside of Terraform. */
export interface Drift {
  readonly address: string;
  /** The type of the resource. */
  readonly type: string;
  /** The changed attributes; empty where the whole object was deleted. */
  readonly attributes: readonly string[];
}

const NO_COUNTS: ChangeCounts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, forget: 0 };

/** Gathers the messages of `terraform plan -json`. */
export class PlanMessages {
  readonly resources: ResourceChange[] = [];
  readonly drifted: ResourceChange[] = [];
  readonly outputs: string[] = [];
  /** Warnings, and what is of no known type. */
  readonly remarks: Message[] = [];

  add(message: Message): void {
    if (message.type === 'planned_change' && !['noop', 'read'].includes(message.change.action)) {
      this.resources.push(message.change);
    }
    if (message.type === 'diagnostic' || message.type === 'unknown') this.remarks.push(message);
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
   * Whether these messages suffice to describe the plan. Reading the plan file starts the provider once more, and is not
   * needed where nothing changes, or where a whole stack is created or destroyed, which the catalog describes.
   *
   * @param mainType - the type of the resource without which nothing of the stack is there
   */
  isComplete(mainType: string | undefined): boolean {
    if (this.resources.length === 0) return this.outputs.length === 0;
    if (this.drifted.length > 0) return false;
    const actions = new Set(this.resources.map((change) => change.action));
    const whole = this.resources.some((change) => change.resourceType === mainType);
    return whole && actions.size === 1 && (actions.has('create') || actions.has('delete'));
  }
}

/** Counts the resources by action. */
export function countsOf(resources: readonly ResourceChange[]): ChangeCounts {
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

/** The number of changes. */
export function totalOf(counts: ChangeCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Whether an apply of this plan would change anything. */
export function hasChanges(plan: StackPlan): boolean {
  return totalOf(plan.counts) > 0 || plan.outputs.length > 0;
}

/** The counts as Terraform's signs: `+ 31  ~ 1  -/+ 1  - 2`, or `no changes`. */
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

/** The number of changes as words: `3 changes`, or `outputs` where only those change. */
export function changesText(plan: StackPlan): string {
  const total = totalOf(plan.counts);
  return total === 0 && plan.outputs.length > 0 ? 'outputs' : counted(total, 'change');
}
