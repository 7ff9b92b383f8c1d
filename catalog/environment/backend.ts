import { nearest } from '../../base/text/nearest';
import { BACKEND_TYPES, type Backend, type BackendType } from '../ground/backend';
import { isJsonMap } from '../ground/json';
import type { ProblemList } from '../ground/problem-list';
import { defaultOf, read } from '../shape/read';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import { backendShape, checkPlace, PREFIX } from './backends';

/** Reads the section `backend`; local where it is absent or broken. */
export function readBackend(place: Place, problems: ProblemList): Backend {
  const local: Backend = { type: 'local', prefix: defaultOf(PREFIX), settings: {} };
  const { node } = place;
  if (!node || node.kind === 'broken') return local;
  if (node.kind === 'map' && !place.has('type')) {
    problems.error('missing-key', place.keyAt(), `key "type" is missing: one of ${BACKEND_TYPES.join(', ')}`);
    return local;
  }
  const typeNode = place.below('type').node;
  const given = typeNode?.kind === 'scalar' ? String(typeNode.value) : 'local';
  const type = BACKEND_TYPES.find((known): known is BackendType => known === given);
  if (type === undefined) {
    const must = `must be one of ${BACKEND_TYPES.join(', ')}`;
    const suggestion = nearest(given, BACKEND_TYPES);
    problems.error('bad-value', place.at('type'), { must, got: describe(typeNode ?? node), suggestion });
    return local;
  }
  const { plain } = read(place, backendShape(type), problems);
  checkPlace(type, place, problems);
  if (!isJsonMap(plain)) return local;
  const { type: _, prefix, ...settings } = plain;
  return { type, prefix: typeof prefix === 'string' ? prefix : local.prefix, settings };
}
