import { rmSync } from 'node:fs';
import { readIfThere, writeAtomically } from '../../base/files';
import type { BothEnds } from '../../review/both-ends';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import type { Session } from '../session/session';

/** What a plan showed, so that it can be shown again without Terraform. No secret is in it. */
export interface PlanView {
  readonly destroy: boolean;
  readonly plans: readonly StackPlan[];
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
  readonly version: 1;
  readonly made: string;
  readonly simulated: boolean;
  readonly notes: readonly string[];
  readonly ends: BothEnds;
}

/** Saves what a plan showed beside the saved plans. */
export function saveView(
  { folders, report, simulated }: Session,
  view: Omit<PlanView, 'version' | 'made' | 'simulated'>,
): void {
  const whole: PlanView = { version: 1, made: new Date().toISOString(), simulated, ...view };
  const text = report.log.masks.mask(JSON.stringify(whole, undefined, 1));
  writeAtomically(folders.planView, `${text}\n`, 0o600);
}

/** What the last plan showed; undefined where none is saved, or another version saved it. */
export function readView({ folders }: Pick<Session, 'folders'>): PlanView | undefined {
  const text = readIfThere(folders.planView);
  if (text === undefined) return undefined;
  try {
    const view = JSON.parse(text) as PlanView;
    return view.version === 1 ? view : undefined;
  } catch {
    return undefined;
  }
}

/** Removes it: what it shows was applied. */
export function discardView({ folders }: Pick<Session, 'folders'>): void {
  rmSync(folders.planView, { force: true });
}
