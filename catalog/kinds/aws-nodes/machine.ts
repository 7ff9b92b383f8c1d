import { listed } from '../../../base/text/listed';
import { hasGpu, instanceArchitecture } from '../../../model/clouds/aws/instance-types';
import type { Flavor } from '../../../model/nodes/flavors';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import type { GroupSoftware } from '../../nodes/software';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { NODE_GROUP } from './keys';
import type { AwsNodeGroup } from './nodes';

type Machine = Pick<AwsNodeGroup, 'instanceTypes' | 'rootVolume'>;

/** Reads what a node is: the flavor, with what the group says over it; processors and GPUs fit together. */
export function readMachine(
  place: Place,
  draft: Draft<typeof NODE_GROUP>,
  flavor: Flavor,
  software: GroupSoftware | undefined,
  problems: ProblemList,
): Machine | undefined {
  const { volumeSize = flavor.volumeSize, volumeType = flavor.volumeType } = draft;
  const types = typesOf(place, draft, flavor);
  const [first, ...others] = types;
  if (volumeType === 'sc1' || volumeType === 'st1') {
    const message = `cannot be ${volumeType}: no instance starts from such a disk`;
    problems.error('bad-value', place.at('volume_type'), message, 'write gp3; a disk of disks may be of it');
  }
  if (volumeType === 'standard' && volumeSize > 1024) {
    const statement = { must: 'must be at most 1024 with volume_type: standard', got: String(volumeSize) };
    problems.error('bad-value', place.at('volume_size'), statement);
  }
  if (first === undefined) return undefined;
  if (draft.kind === 'fixed' && others.length > 0) {
    const message = 'must be one type: each node of a fixed group is started by itself';
    problems.error('bad-value', place.at('instance_type'), message, 'write one, or kind: elastic');
  }
  checkArchitecture(place, draft, types, problems);
  checkGpus(place, draft, types, software, problems);
  return { instanceTypes: [first, ...others], rootVolume: { sizeGb: volumeSize, type: volumeType } };
}

function typesOf(
  place: Place,
  { instanceType }: Draft<typeof NODE_GROUP>,
  flavor: Flavor,
): readonly string[] {
  if (instanceType === undefined) return place.has('instance_type') ? [] : [flavor.machineType];
  return typeof instanceType === 'string' ? [instanceType] : instanceType;
}

/** The processors of the types, of the base container and of the image are those that the group says. */
function checkArchitecture(
  place: Place,
  { architecture, image, cloudImage }: Draft<typeof NODE_GROUP>,
  types: readonly string[],
  problems: ProblemList,
): void {
  const other = architecture === 'arm64' ? 'x86_64' : 'arm64';
  const wrong = types.filter((type) => instanceArchitecture(type) !== architecture);
  if (wrong.length > 0) {
    const where = place.at(place.has('instance_type') ? 'instance_type' : 'flavor');
    const are = wrong.length === 1 ? 'is' : 'are';
    const message = `${listed(wrong)} ${are} of ${other}, and architecture is ${architecture}`;
    problems.error('incompatible', where, message, `write architecture: ${other}, or other types`);
  }
  const ofImage = image === 'none' ? undefined : image.baseArchitecture;
  if (ofImage !== undefined && ofImage !== architecture) {
    const message = `is a base container for ${ofImage}, and architecture is ${architecture}`;
    problems.error('incompatible', place.at('image'), message, `name one for ${architecture}`);
  }
  for (const key of ['ssm', 'name'] as const) {
    const name = typeof cloudImage === 'object' ? cloudImage[key] : undefined;
    if (name === undefined || namedArchitecture(name) !== other) continue;
    const message = `${quoted(name)} is an image for ${other}, and architecture is ${architecture}`;
    problems.error('incompatible', place.at('cloud_image', key), message, `name one for ${architecture}`);
  }
}

/** The architecture in the name of a machine image. */
function namedArchitecture(name: string): string | undefined {
  if (/arm64|aarch64/.test(name)) return 'arm64';
  return /amd64|x86_64/.test(name) ? 'x86_64' : undefined;
}

function checkGpus(
  place: Place,
  { flavor, cloudImage }: Draft<typeof NODE_GROUP>,
  types: readonly string[],
  software: GroupSoftware | undefined,
  problems: ProblemList,
): void {
  const container = software?.container;
  if (container === undefined) return;
  const without = types.filter((type) => !hasGpu(type));
  if (container.options.gpus === undefined) {
    if (flavor !== 'gpu' || without.length > 0) return;
    const message = 'key "docker_opt.gpus" is missing: without it the base container has none of the GPUs';
    problems.error('missing-key', place.at('flavor'), message, 'write docker_opt: { gpus: all }');
    return;
  }
  if (without.length > 0) {
    const message = `needs GPUs, and ${listed(without)} ${without.length === 1 ? 'has' : 'have'} none`;
    problems.error('incompatible', place.at('docker_opt', 'gpus'), message, 'write flavor: gpu');
  }
  if (cloudImage === 'default') {
    const message = "needs NVIDIA's driver and container toolkit, which Ubuntu's image has not";
    const fix = 'write cloud_image: { ssm: … } of an image that has them';
    problems.error('incompatible', place.at('docker_opt', 'gpus'), message, fix);
  }
}
