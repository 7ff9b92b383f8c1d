import { listed } from '../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import { diskOf, keyOf } from './node-key';

/** What happens to further disks of nodes. */
export function diskSentences(volumes: readonly ScrubbedChange[]): readonly PlanEffect[] {
  const told = (weight: Weight, all: readonly ScrubbedChange[], what: string) =>
    all.length === 0
      ? []
      : weighed(weight, [`${named(all)} ${all.length === 1 ? 'is' : 'are'} ${what}`], all);
  return [
    ...told('replaced', volumes.filter(isReplaced), 'REPLACED: what is on it is lost'),
    ...told('destroyed', volumes.filter(removes), 'DESTROYED, with what is on it'),
    ...told('created', volumes.filter(creates), 'created'),
  ];
}

/** `disk data of n1 and n2`. */
function named(volumes: readonly ScrubbedChange[]): string {
  const disks = [...new Set(volumes.map(({ address }) => diskOf(address)))];
  const nodes = [...new Set(volumes.map(({ address }) => keyOf(address)))];
  return `${volumes.length === 1 ? 'disk' : 'disks'} ${listed(disks)} of ${listed(nodes)}`;
}
