import { durationText } from '../../base/text/duration-text';
import type { NodeGroup } from '../ground/node-group';
import type { ProblemList } from '../ground/problem-list';
import type { Place } from '../source/place';

/** How long nodes live, as far as it can be read. */
export type Terms = Pick<NodeGroup, 'leaseSeconds' | 'idleSeconds' | 'pricePerHour'>;

export interface TermsDraft {
  readonly lease: number | 'none';
  readonly reason?: string;
  readonly idle: number | 'none';
  readonly pricePerHour?: number;
}

/** Reads how long nodes live and what they cost, and checks that it fits together. */
export function readTerms(
  place: Place,
  { lease, reason, idle, pricePerHour }: TermsDraft,
  problems: ProblemList,
): Terms {
  if (lease === 'none' && reason === undefined && !place.has('reason')) {
    const message =
      'key "reason" is missing: nothing ends the nodes of this group, and nobody is reminded of them';
    problems.error('missing-key', place.at('lease'), message, 'write reason: …, or a lease like 8h');
  }
  if (lease !== 'none' && place.has('reason'))
    problems.error('incompatible', place.keyAt('reason'), 'is of lease: none', 'remove it');
  if (lease !== 'none' && idle !== 'none' && idle >= lease) {
    const where = place.has('idle') || !place.has('lease') ? place.at('idle') : place.at('lease');
    const must = `must be longer than idle (${durationText(idle)})`;
    const shorter = `must be shorter than the lease (${durationText(lease)})`;
    const isIdle = place.has('idle') || !place.has('lease');
    const statement = isIdle
      ? { must: shorter, got: durationText(idle) }
      : { must, got: durationText(lease) };
    problems.error('bad-value', where, statement, 'or write idle: none');
  }
  if (place.has('currency') && !place.has('price_per_hour'))
    problems.error(
      'incompatible',
      place.keyAt('currency'),
      'is that of price_per_hour, which is absent',
      'remove it',
    );
  return {
    ...(lease === 'none' ? {} : { leaseSeconds: lease }),
    ...(idle === 'none' ? {} : { idleSeconds: idle }),
    ...(pricePerHour === undefined ? {} : { pricePerHour }),
  };
}
