import { listed } from '../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import { diskOf, keyOf } from './node-key';

/** What happens to further disks of nodes. */
export function diskSentences(volumes: readonly ScrubbedChange[]): readonly string[] {
  const told = (all: readonly ScrubbedChange[], what: string): readonly string[] =>
    all.length === 0 ? [] : [`${named(all)} ${all.length === 1 ? 'is' : 'are'} ${what}`];
  return [
    ...told(volumes.filter(isReplaced), 'REPLACED: what is on it is lost'),
    ...told(volumes.filter(removes), 'DESTROYED, with what is on it'),
    ...told(volumes.filter(creates), 'created'),
  ];
}

/** `disk data of n1 and n2`. */
function named(volumes: readonly ScrubbedChange[]): string {
  const disks = [...new Set(volumes.map(({ address }) => diskOf(address)))];
  const nodes = [...new Set(volumes.map(({ address }) => keyOf(address)))];
  return `${disks.length === 1 ? 'disk' : 'disks'} ${listed(disks)} of ${listed(nodes)}`;
}
