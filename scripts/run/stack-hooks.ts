import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { TerraformError } from '../../terraform/terraform';
import { driverOf } from '../kinds/registry';
import type { Session } from '../session/session';

/** What the kinds do around the apply of a plan. */
export interface StackHooks {
  /** Just before Terraform starts. @throws Failure: then it does not start */
  readonly before: (record: PlanRecord) => Promise<void>;
  /** When it has ended well. @returns lines for people */
  readonly after: (record: PlanRecord) => Promise<readonly string[]>;
  /** When it has failed. @returns lines about the cause */
  readonly causes: (record: PlanRecord, error: unknown) => Promise<readonly string[]>;
  /** How to go on, as a clause, by the number of changes that were made. @default - by the same command */
  readonly again?: (done: number) => string;
}

/** What the kinds of an environment's stacks do; see `DriverKind`. */
export function stackHooks(session: Session, loaded: Loaded): StackHooks {
  const stackOf = ({ summary }: PlanRecord) => loaded.stacks.find(({ id }) => id === summary.stack);
  return {
    before: async (record) => {
      const stack = stackOf(record);
      if (stack !== undefined && !isDestroyed(record, stack)) await before(session, loaded, stack);
    },
    after: async (record) => {
      const stack = stackOf(record);
      return stack !== undefined && isDestroyed(record, stack) ? after(session, loaded, stack, record) : [];
    },
    causes: async (record, error) => {
      const stack = stackOf(record);
      return stack === undefined || session.simulated ? [] : causes(session, loaded, stack, error);
    },
  };
}

function isDestroyed({ destroy }: PlanRecord, { gone }: Stack): boolean {
  return destroy || gone;
}

async function before<K extends Kind>(session: Session, loaded: Loaded, stack: Stack<K>): Promise<void> {
  await driverOf<K>(stack).beforeApply?.({ session, loaded, stack });
}

/** What is destroyed is destroyed: what could not be removed beside it is said. */
async function after<K extends Kind>(
  session: Session,
  loaded: Loaded,
  stack: Stack<K>,
  { summary: { outputValues: outputs } }: PlanRecord,
): Promise<readonly string[]> {
  try {
    return (await driverOf<K>(stack).afterDestroy?.({ session, loaded, stack, outputs })) ?? [];
  } catch (error) {
    if (error instanceof Failure) return [`${stack.id}: destroyed, but not all beside it: ${error.message}`];
    throw error;
  }
}

/** A cause that can't be found out is no further error. */
async function causes<K extends Kind>(
  session: Session,
  loaded: Loaded,
  stack: Stack<K>,
  error: unknown,
): Promise<readonly string[]> {
  if (!(error instanceof TerraformError)) return [];
  try {
    const { diagnostics: errors } = error;
    return (await driverOf<K>(stack).afterFailure?.({ session, loaded, stack, errors })) ?? [];
  } catch (failure) {
    if (failure instanceof Failure) return [];
    throw failure;
  }
}
