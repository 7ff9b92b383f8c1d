import { DISK_DEVICES, VOLUME_TYPES, volumeBounds } from '../../../model/clouds/aws/volumes';
import type { ProblemList } from '../../ground/problem-list';
import type { Members } from '../../nodes/members';
import { refusal } from '../../shape/read';
import type { Draft } from '../../shape/shape';
import { pattern } from '../../shape/shapes';
import type { Place } from '../../source/place';
import type { NODE_GROUP } from './keys';
import type { NodeDisk } from './nodes';

const VOLUME_ID = pattern('an id of a volume like vol-0123456789abcdef0', '^vol-([0-9a-f]{8}|[0-9a-f]{17})$');

type DiskDraft = Draft<typeof NODE_GROUP>['disks'][string];

/**
 * Reads the further disks of nodes.
 *
 * @param rootType - the type of the root disk, which is theirs unless they say another
 */
export function readDisks(
  group: Place,
  { disks, volumeType, kind }: Draft<typeof NODE_GROUP>,
  members: Members | undefined,
  rootType: string | undefined,
  problems: ProblemList,
): readonly NodeDisk[] {
  const place = group.below('disks');
  const names = Object.keys(disks);
  if (names.length === 0) return [];
  if (names.length > DISK_DEVICES.length) {
    const statement = { must: `must be at most ${DISK_DEVICES.length}`, got: String(names.length) };
    problems.error('too-much', place.at(), statement);
    return [];
  }
  const mounts = new Set<string>();
  return names.flatMap((name, index): readonly NodeDisk[] => {
    const disk = disks[name];
    const device = DISK_DEVICES[index];
    if (disk === undefined || device === undefined) return [];
    const where = place.below(name);
    const { mount } = disk;
    if (mount !== undefined && mounts.has(mount))
      problems.error('duplicate-value', where.at('mount'), `${mount} is where another disk is mounted`);
    if (mount !== undefined) mounts.add(mount);
    if (kind === 'elastic') checkElastic(where, disk, problems);
    const volume = where.has('volume_id')
      ? existing(where, disk, members, problems)
      : made(where, disk, volumeType ?? rootType, problems);
    return volume === undefined ? [] : [{ name, device, ...(mount === undefined ? {} : { mount }), volume }];
  });
}

/** A disk of an elastic group comes and goes with its node. */
function checkElastic(where: Place, { keep }: DiskDraft & object, problems: ProblemList): void {
  const fixed = where.has('volume_id') ? 'volume_id' : keep === true ? 'keep' : undefined;
  if (fixed === undefined) return;
  const message = 'nodes of an elastic group come and go, and their disks with them';
  problems.error('incompatible', where.keyAt(fixed), message, 'use kind: fixed, or write size alone');
}

/** A volume that is there already: of one node, because no two can have it. */
function existing(
  where: Place,
  { volumeId }: DiskDraft & object,
  members: Members | undefined,
  problems: ProblemList,
): NodeDisk['volume'] | undefined {
  for (const key of ['size', 'type', 'keep'].filter((name) => where.has(name))) {
    const message = 'is that of a disk which is made, and volume_id names one that exists';
    problems.error('incompatible', where.keyAt(key), message, 'remove one of the two');
  }
  if (members !== undefined && members.most !== 1) {
    const message = `can be only in a group of one node, and this one has ${members.most}`;
    problems.error('incompatible', where.at('volume_id'), message, 'write nodes: 1, or size');
  }
  if (volumeId === undefined) return undefined;
  const refused = refusal(volumeId, VOLUME_ID);
  if (refused === undefined) return { id: volumeId };
  const { fix, ...statement } = refused;
  return problems.error('bad-value', where.at('volume_id'), statement, ...fix);
}

function made(
  where: Place,
  { size, type: own, keep }: DiskDraft & object,
  rootType: string | undefined,
  problems: ProblemList,
): NodeDisk['volume'] | undefined {
  const type = own ?? rootType;
  if (own !== undefined && !VOLUME_TYPES.includes(own)) {
    const statement = { must: `must be one of ${VOLUME_TYPES.join(', ')}`, got: `"${own}"` };
    return problems.error('bad-value', where.at('type'), statement);
  }
  if (!where.has('size')) {
    const message = 'key "size" is missing: how many GB the disk has';
    return problems.error('missing-key', where.keyAt(), message, 'write size: 100, or volume_id');
  }
  if (size === undefined || type === undefined) return undefined;
  const { min, max } = volumeBounds(type);
  if (size >= min && size <= max) return { sizeGb: size, type, keep };
  const statement = { must: `must be ${min} to ${max}, as disks of type ${type} are`, got: String(size) };
  return problems.error('bad-value', where.at('size'), statement);
}
