import { nearest } from '../../../base/text/nearest';
import { DATA_DISK_GB, DISK_TYPES } from '../../../model/clouds/azure/virtual-machines';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { refusal } from '../../shape/read';
import type { GroupDraft } from './draft';
import { DISK_ID } from './keys';

/** Checks the further disks of a group. */
export function checkDisks(group: GroupDraft, problems: ProblemList): void {
  const { place, draft } = group;
  const mounts = new Map<string, string>();
  for (const name of Object.keys(draft.disks)) {
    const disk = place.below('disks', name);
    const { mount } = draft.disks[name] ?? {};
    const other = mount === undefined ? undefined : mounts.get(mount);
    if (mount !== undefined) mounts.set(mount, name);
    if (other !== undefined)
      problems.error('duplicate-value', disk.at('mount'), `${other} is mounted there already`);
    if (disk.has('volume_id')) checkExisting(group, name, problems);
    else checkNew(group, name, problems);
  }
}

function checkExisting({ place, members }: GroupDraft, name: string, problems: ProblemList): void {
  const disk = place.below('disks', name);
  const id = disk.below('volume_id').text;
  const refused = id === undefined ? undefined : refusal(id, DISK_ID);
  if (refused) problems.error('bad-value', disk.at('volume_id'), { must: refused.must, got: refused.got });
  for (const key of ['size', 'type', 'keep']) {
    if (!disk.has(key)) continue;
    const message = 'is of a disk that is made, and volume_id names one that is there';
    problems.error('incompatible', disk.keyAt(key), message, 'remove it');
  }
  if (members === undefined || (members.kind === 'fixed' && members.most === 1)) return;
  const message = 'attaches one disk, and the group has more nodes than one';
  problems.error('incompatible', disk.at('volume_id'), message, 'make a group with nodes: 1 of it');
}

function checkNew({ place, draft, members }: GroupDraft, name: string, problems: ProblemList): void {
  const disk = place.below('disks', name);
  const { size, type, keep } = draft.disks[name] ?? {};
  if (size === undefined && disk.node?.kind === 'map' && !disk.has('size')) {
    const message = 'key "size" is missing: the disk in GB';
    problems.error('missing-key', disk.keyAt(), message, 'or write volume_id with a disk that is there');
  }
  const { max } = DATA_DISK_GB;
  if (size !== undefined && size > max) {
    problems.error('too-much', disk.at('size'), { must: `must be at most ${max} GB`, got: String(size) });
  }
  if (type !== undefined && !DISK_TYPES.some((one) => one === type)) {
    const statement = {
      must: `must be one of ${DISK_TYPES.join(', ')}`,
      got: quoted(type),
      suggestion: nearest(type, [...DISK_TYPES]),
    };
    problems.error('bad-value', disk.at('type'), statement);
  }
  if (keep === true && members?.kind === 'elastic') {
    const message = 'nodes of an elastic group come and go, and their disks with them';
    problems.error('incompatible', disk.at('keep'), message, 'use kind: fixed, or remove it');
  }
}
