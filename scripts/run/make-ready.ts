import type { Loaded } from '../../catalog/environment/catalog';
import { KIND_NAMES, type Kind, type Stack } from '../../catalog/kinds/registry';
import { driverOf } from '../kinds/registry';
import { matchingStacks } from '../session/selection';
import type { Session } from '../session/session';

/** Lets each kind make ready what its chosen stacks need outside of Terraform. @throws Failure, Declined */
export async function makeReady(session: Session, loaded: Loaded): Promise<void> {
  const chosen = matchingStacks(loaded.stacks, session.settings.stacks);
  for (const kind of KIND_NAMES) await makeKindReady(kind, session, loaded, chosen);
}

async function makeKindReady<K extends Kind>(
  kind: K,
  session: Session,
  loaded: Loaded,
  chosen: readonly Stack[],
): Promise<void> {
  const stacks = chosen.filter((stack): stack is Stack<K> & Stack => stack.kind === kind);
  if (stacks.length > 0) await driverOf<K>({ kind }).makeReady?.(session, loaded, stacks);
}
