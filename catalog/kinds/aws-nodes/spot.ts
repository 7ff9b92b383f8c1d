import type { ProblemList } from '../../ground/problem-list';
import type { GroupPlace } from '../../nodes/group-place';
import type { Draft } from '../../shape/shape';
import type { NODE_GROUP } from './keys';
import type { SpotOptions } from './nodes';

/** Reads whether a group has spot instances, by our words and by VCP's. @returns undefined on demand */
export function readSpot(
  { place, isSpot }: GroupPlace,
  { spot, spotPrice, spotType, kind }: Draft<typeof NODE_GROUP>,
  problems: ProblemList,
): SpotOptions | undefined {
  if (spotType === 'persistent') {
    const message = 'starts a new instance for each one that ends, also after a destroy';
    problems.error('bad-value', place.at('spot_type'), message, 'write one-time, or remove it');
  }
  const given = typeof spot === 'object' ? spot : undefined;
  if (place.has('spot_price') && place.has('spot', 'max_price')) {
    const message = 'says the same as spot.max_price';
    problems.error('incompatible', place.keyAt('spot_price'), message, 'remove one of the two');
  }
  const isOn = isSpot || given !== undefined || spot === true;
  if (isSpot && place.has('spot') && spot === false) {
    const message = 'cannot be false: the network is named under aws_spot';
    problems.error('incompatible', place.at('spot'), message, 'write network: aws/…, or remove spot');
  }
  for (const key of ['spot_price', 'spot_type'].filter((name) => !isOn && place.has(name)))
    problems.error(
      'incompatible',
      place.keyAt(key),
      'is of spot instances',
      'write spot: true, or remove it',
    );
  for (const key of ['on_demand_base', 'on_demand_percent'].filter((name) => place.has('spot', name))) {
    if (kind === 'elastic') continue;
    const message = 'is of elastic groups: each node of a fixed one is a spot instance';
    problems.error('incompatible', place.keyAt('spot', key), message, 'remove it, or use kind: elastic');
  }
  if (!isOn) return undefined;
  const maxPrice = given?.maxPrice ?? spotPrice;
  return {
    ...(maxPrice === undefined ? {} : { maxPrice }),
    onDemandBase: given?.onDemandBase ?? 0,
    onDemandPercent: given?.onDemandPercent ?? 0,
  };
}
