import type { ObjectValue } from '../protocol/values';
import type { ResourceType } from './resource-type';
import type { Session } from './simulated-provider';

/** Makes, changes or deletes the object of a resource. @returns the new state; null if it is deleted */
export async function changeResource(
  session: Session,
  type: ResourceType,
  change: { prior: ObjectValue | null; planned: ObjectValue | null; config: ObjectValue | null },
): Promise<ObjectValue | null> {
  const { prior, planned } = change;
  const config = change.config ?? planned ?? {};
  if (planned !== null && prior === null) return session.create(type, { planned, config });
  if (planned !== null && prior !== null) return session.update(type, { prior, planned, config });
  if (prior !== null) await session.delete(type, prior);
  return null;
}
