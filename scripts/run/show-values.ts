import { beside } from '../../base/screen';
import { valueLines } from '../../review/page/value-lines';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import type { Session } from '../session/session';

/** Shows the old and new values of a stack's plan with `--full`, and writes an event for each resource. */
export function showValues(session: Session, plan: StackPlan): void {
  const { report, settings } = session;
  for (const { address, type, action, changes } of plan.values)
    report.event({
      type: 'resource_planned',
      stack: plan.stack,
      address,
      resource_type: type,
      action,
      changes,
    });
  if (!settings.full) return;
  for (const line of valueLines(plan)) {
    const indent = /^\s*(?:[-+~/]+ )?/.exec(line)?.[0] ?? '';
    report.say(beside(`    ${indent}`, [line.slice(indent.length)], report.screen.width));
  }
}
