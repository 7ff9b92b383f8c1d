import { groupOf, type Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { readLeaseOutput } from '../../../model/nodes/read-outputs';
import { ValueError } from '../../../model/value-error';
import type { PlanMessages } from '../../../terraform/plan/stack-plan';
import { driverOf } from '../../kinds/registry';
import type { Initializer } from '../../session/init';
import { isUnapplied, readOutput } from '../../session/outputs';
import type { Session } from '../../session/session';
import { hasLeaseOutput } from './configuration';

/** The variable with the keys of fixed nodes that ended by themselves. */
export const ENDED_VARIABLE = 'TF_VAR_ended';

interface Asking {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
}

/**
 * The fixed nodes of a stack that ended by themselves, as its state has them: a plan does not make them anew.
 *
 * @throws TerraformError
 */
export async function endedNodes(
  { session, loaded, initializer }: Asking,
  stack: Stack,
): Promise<readonly string[]> {
  const group = groupOf(loaded, stack);
  if (group?.kind !== 'fixed' || isUnapplied(session, stack)) return [];
  try {
    const lease = readLeaseOutput(await readOutput(session, initializer, stack, 'lease'));
    const keys = new Set(group.nodes.map(({ key }) => key));
    return (lease?.ended ?? []).filter((key) => keys.has(key));
  } catch (error) {
    // What is damaged is replaced by the next apply.
    if (error instanceof ValueError) return [];
    throw error;
  }
}

/**
 * The fixed nodes that a refresh found gone, and that the plan would make anew. A group whose output `lease` is always null has none: nothing
 * ends its nodes, and nothing would remember it.
 */
export function newlyEnded(
  { session, loaded }: Pick<Asking, 'session' | 'loaded'>,
  stack: Stack,
  { drifted, resources }: Pick<PlanMessages, 'drifted' | 'resources'>,
): readonly string[] {
  const group = groupOf(loaded, stack);
  const type = driverOf(stack).nodes?.type;
  if (group?.kind !== 'fixed' || type === undefined) return [];
  const remade = new Set(resources.filter(({ action }) => action === 'create').map(({ address }) => address));
  const gone = new Set(
    drifted
      .filter(
        ({ resourceType, action, address }) =>
          resourceType === type && action === 'delete' && remade.has(address),
      )
      .map(({ address }) => instanceKey(address)),
  );
  const found = group.nodes.map(({ key }) => key).filter((key) => gone.has(key));
  return found.length > 0 && hasLeaseOutput(session, stack.id) ? found : [];
}

/** `n1` of `aws_instance.Nodes["n1"]`. */
export function instanceKey(address: string): string | undefined {
  const quoted = /\[("(?:[^"\\]|\\.)*")\]$/.exec(address)?.[1];
  return quoted === undefined ? undefined : String(JSON.parse(quoted));
}
