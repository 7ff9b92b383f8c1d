import type { ProblemList } from '../../ground/problem-list';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { NODE_GROUP } from './keys';
import type { CloudImage } from './nodes';

/** Reads what the nodes start from: exactly one way to find it. */
export function readImage(
  group: Place,
  { cloudImage }: Draft<typeof NODE_GROUP>,
  problems: ProblemList,
): CloudImage | undefined {
  if (cloudImage === 'default') return { by: 'default' };
  const place = group.below('cloud_image');
  const given = ['id', 'ssm', 'name'].filter((key) => place.has(key));
  const { id, ssm, name, owner } = cloudImage;
  if (given.length !== 1) {
    const got = given.length === 0 ? 'none' : given.join(' and ');
    return problems.error('bad-value', place.at(), { must: 'must have one of id, ssm and name', got });
  }
  if (place.has('owner') !== place.has('name')) {
    const message = place.has('name')
      ? 'key "owner" is missing: anybody may give an image this name'
      : 'key "name" is missing: owner is whose image of a name it is';
    return problems.error('missing-key', place.at(), message, 'write both, for instance owner: self');
  }
  if (id !== undefined) return { by: 'id', id };
  if (ssm !== undefined) return { by: 'parameter', name: ssm };
  return name === undefined || owner === undefined ? undefined : { by: 'name', name, owner };
}
