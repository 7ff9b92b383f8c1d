import type { ChangeSummary, Message } from '../../terraform/messages';
import { DoneChanges } from '../../terraform/plan/done-changes';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import type { Progress } from '../report/progress';
import type { Session } from '../session/session';

/** What `terraform apply` of one stack reports while it runs: progress on the screen, an event for each resource. */
export class ApplyMessages {
  /** The output `catalog`, once it was reported. */
  catalog: unknown;
  /** What was changed. Terraform reports it only at the end of an apply that succeeded, after its state was saved. */
  changes: ChangeSummary | undefined;

  private readonly done: DoneChanges;

  constructor(
    private readonly session: Session,
    private readonly plan: Pick<StackPlan, 'stack' | 'resources'>,
    private readonly progress: Progress,
  ) {
    this.done = new DoneChanges(plan.resources);
  }

  handle(message: Message): void {
    const { progress } = this;
    const { stack } = this.plan;
    if (message.type === 'outputs') this.catalog = message.outputs.catalog?.value;
    if (message.type === 'change_summary') this.changes = message.changes;
    if (message.type === 'apply_start') progress.resourceStarted(stack, message.hook.address);
    if (message.type !== 'apply_complete' && message.type !== 'apply_errored') return;
    const { address, action, seconds } = message.hook;
    const isComplete = message.type === 'apply_complete';
    progress.resourceEnded(stack, address, isComplete ? this.done.endOperation(address) : 0);
    if (isComplete) this.session.report.event({ type: 'resource_done', stack, address, action, seconds });
  }
}
