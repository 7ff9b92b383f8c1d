import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { stateRecord } from './state-record';

export interface LeaseProps {
  /** How long it is, from its start. */
  readonly seconds: number;
}

/**
 * A lease of cloud resources: the time of its start is kept in the state, so that a repeated apply changes nothing, no clock is in
 * the synthesized JSON, and whoever applies sees the same end.
 *
 * Defines `terraform_data` (built in to Terraform from 1.4, OpenTofu from 1.6) whose input is the time of the plan that made it and is ignored from then on.
 * Replacing it (`-replace`) starts the lease anew. The stack must declare the variable `now` by {@link Lease.nowVariable}, which tests set;
 * empty, it means the time of the plan.
 */
export class Lease extends Construct {
  /** Expressions, in RFC 3339 and UTC. */
  readonly start: string;
  readonly end: string;
  /** An expression that is true until the end. */
  readonly live: string;
  /** The same as `end` and `live` without `${}`, for parts of larger expressions. */
  readonly endExpression: string;
  readonly liveExpression: string;

  constructor(scope: Construct, id: string, { seconds }: LeaseProps) {
    super(scope, id);
    const now = '${coalesce(var.now, plantimestamp())}';
    const record = stateRecord(this, 'Resource', now, { ignoreChanges: ['input'] });
    const start = `${record.terraformResourceType}.${record.friendlyUniqueId}.input`;
    const end = `timeadd(${start}, "${seconds}s")`;
    this.start = expression(start);
    this.endExpression = end;
    this.end = expression(end);
    this.liveExpression = `timecmp(${end}, coalesce(var.now, plantimestamp())) > 0`;
    this.live = expression(this.liveExpression);
  }

  /** The variable `now`: the time of a plan, for tests alone. @param scope - the stack, whose child it must be to keep its name */
  static nowVariable(scope: Construct): TerraformVariable {
    return new TerraformVariable(scope, 'now', {
      type: 'string',
      default: '',
      nullable: false,
      description: 'The time of the plan, in RFC 3339; for tests alone',
    });
  }
}

function expression(text: string): string {
  return `\${${text}}`;
}
