import { AZURE_FLAVORS } from '../../../model/clouds/azure/flavors';
import type { Flavors } from '../../../model/nodes/flavors';
import type { ProblemList } from '../../ground/problem-list';
import { flavorOf, readFlavors } from '../../nodes/flavors';
import { type GroupPlace, readGroup } from '../../nodes/group-place';
import { readMembers } from '../../nodes/members';
import { readSoftware } from '../../nodes/software';
import { readTerms } from '../../nodes/terms';
import type { Place } from '../../source/place';
import type { GroupDraft } from './draft';
import { AZURE_FLAVOR, AZURE_GROUP } from './keys';

/** Reads the node groups in networks on Azure, in the order of the file. */
export function readGroups(
  root: Place,
  groups: readonly GroupPlace[],
  problems: ProblemList,
): readonly GroupDraft[] {
  const flavors = readFlavors(
    root,
    'azure',
    AZURE_FLAVORS,
    AZURE_FLAVOR,
    ({ vmSize, volumeSize, managedDiskType }) => ({
      machineType: vmSize,
      volumeSize,
      volumeType: managedDiskType,
    }),
    problems,
  );
  return groups.flatMap((group) => {
    const read = readOne(group, flavors, problems);
    return read === undefined ? [] : [read];
  });
}

function readOne(group: GroupPlace, flavors: Flavors, problems: ProblemList): GroupDraft | undefined {
  const { name, place, entry } = group;
  const { draft, value } = readGroup(group, AZURE_GROUP, problems);
  if (draft === undefined) return undefined;
  const members = readMembers(place, draft, problems);
  const software = readSoftware(place, draft, problems);
  const flavor = flavorOf(place, draft.flavor, flavors, problems);
  return {
    key: `nodes/${name}`,
    name,
    entry,
    place,
    group,
    draft,
    ...(value === undefined ? {} : { value }),
    ...(members === undefined ? {} : { members }),
    terms: readTerms(place, draft, problems),
    ...(software === undefined ? {} : { software }),
    ...(flavor === undefined ? {} : { flavor }),
  };
}
