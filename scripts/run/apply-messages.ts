import type { ChangeSummary, Message } from '../../terraform/messages';
import type { Progress } from '../report/progress';
import type { Session } from '../session/session';

/** What `terraform apply` of one stack reports while it runs: progress on the screen, an event for each resource. */
export class ApplyMessages {
  /** The output `catalog`, once it was reported. */
  catalog: unknown;
  /** What was changed. Terraform reports it only at the end of an apply that succeeded, after its state was saved. */
  changes: ChangeSummary | undefined;

  constructor(
    private readonly session: Session,
    private readonly stack: string,
    private readonly progress: Progress,
  ) {}

  handle(message: Message): void {
    const { stack, progress } = this;
    if (message.type === 'outputs') this.catalog = message.outputs.catalog?.value;
    if (message.type === 'change_summary') this.changes = message.changes;
    if (message.type === 'apply_start') progress.resourceStarted(stack, message.hook.address);
    if (message.type !== 'apply_complete' && message.type !== 'apply_errored') return;
    const { address, action, seconds } = message.hook;
    progress.resourceEnded(stack, address, message.type === 'apply_complete');
    if (message.type === 'apply_complete')
      this.session.report.event({ type: 'resource_done', stack, address, action, seconds });
  }
}
