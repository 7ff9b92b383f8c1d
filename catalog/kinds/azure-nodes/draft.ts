import type { Flavor } from '../../../model/nodes/flavors';
import type { GroupPlace } from '../../nodes/group-place';
import type { Members } from '../../nodes/members';
import type { GroupSoftware } from '../../nodes/software';
import type { Terms } from '../../nodes/terms';
import type { Draft, Infer } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { AZURE_GROUP } from './keys';

/** A node group on Azure as far as it could be read. */
export interface GroupDraft {
  /** `nodes/workers`. */
  readonly key: string;
  readonly name: string;
  /** `azure/default`. */
  readonly entry: string;
  readonly place: Place;
  readonly group: GroupPlace;
  readonly draft: Draft<typeof AZURE_GROUP>;
  /** Absent where something in it is broken. */
  readonly value?: Infer<typeof AZURE_GROUP>;
  readonly members?: Members;
  readonly terms: Terms;
  readonly software?: GroupSoftware;
  /** The flavor that it names. Absent where there is no such one. */
  readonly flavor?: Flavor;
}

/** The sizes of its machines: its own, else that of its flavor. */
export function sizesOf({ draft, flavor }: GroupDraft): readonly string[] {
  const { vmSize } = draft;
  if (vmSize === undefined) return flavor === undefined ? [] : [flavor.machineType];
  return typeof vmSize === 'string' ? [vmSize] : vmSize;
}
