import { AWS_FLAVORS, AWS_SPOT_FLAVORS } from '../../../model/clouds/aws/flavors';
import type { Flavors } from '../../../model/nodes/flavors';
import { ProblemList } from '../../ground/problem-list';
import { flavorOf, readFlavors } from '../../nodes/flavors';
import { type GroupPlace, readGroup } from '../../nodes/group-place';
import { type Members, readMembers } from '../../nodes/members';
import { type GroupSoftware, readSoftware } from '../../nodes/software';
import { readTerms, type Terms } from '../../nodes/terms';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import { readDisks } from './disks';
import { readImage } from './image';
import { FLAVOR, NODE_GROUP } from './keys';
import { readMachine } from './machine';
import type { AwsNodeGroup, CloudImage, NodeDisk } from './nodes';
import { readSpot } from './spot';

/** A node group as far as it could be read. */
export interface GroupDraft {
  /** `nodes/workers`. */
  readonly key: string;
  readonly group: GroupPlace;
  readonly draft: Draft<typeof NODE_GROUP>;
  readonly members?: Members;
  readonly terms: Terms;
  readonly software?: GroupSoftware;
  readonly machine?: Pick<AwsNodeGroup, 'instanceTypes' | 'rootVolume'>;
  readonly spot?: AwsNodeGroup['spotOptions'];
  readonly image?: CloudImage;
  readonly disks: readonly NodeDisk[];
}

/** Reads the node groups in networks of AWS. */
export function readGroups(
  root: Place,
  groups: readonly GroupPlace[],
  problems: ProblemList,
): readonly GroupDraft[] {
  const onDemand = flavorsOf(root, AWS_FLAVORS, problems);
  // The same section: what is wrong with it has been said.
  const onSpot = flavorsOf(root, AWS_SPOT_FLAVORS, new ProblemList());
  return groups.flatMap((group) => {
    const { draft } = readGroup(group, NODE_GROUP, problems);
    if (draft === undefined) return [];
    const { place } = group;
    const spot = readSpot(group, draft, problems);
    const flavor = flavorOf(place, draft.flavor, spot === undefined ? onDemand : onSpot, problems);
    const members = readMembers(place, draft, problems);
    const software = readSoftware(place, draft, problems);
    const machine = flavor && readMachine(place, draft, flavor, software, problems);
    const image = readImage(place, draft, problems);
    return [
      {
        key: `nodes/${group.name}`,
        group,
        draft,
        ...(members === undefined ? {} : { members }),
        terms: readTerms(place, draft, problems),
        ...(software === undefined ? {} : { software }),
        ...(machine === undefined ? {} : { machine }),
        ...(spot === undefined ? {} : { spot }),
        ...(image === undefined ? {} : { image }),
        disks: readDisks(place, draft, members, flavor?.volumeType, problems),
      },
    ];
  });
}

function flavorsOf(root: Place, tables: typeof AWS_FLAVORS, problems: ProblemList): Flavors {
  return readFlavors(
    root,
    'aws',
    tables,
    FLAVOR,
    ({ instanceType, volumeSize, volumeType }) => ({ machineType: instanceType, volumeSize, volumeType }),
    problems,
  );
}
