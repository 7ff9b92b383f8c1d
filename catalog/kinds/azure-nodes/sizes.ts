import { isFirstGeneration, MOST_MIXED_SIZES } from '../../../model/clouds/azure/virtual-machines';
import { hasGpu, sizeArchitecture } from '../../../model/clouds/azure/vm-sizes';
import type { ProblemList } from '../../ground/problem-list';
import { type GroupDraft, sizesOf } from './draft';

/** Checks that the sizes of a group, its processors, its images and what it asks of them fit together. */
export function checkSizes(group: GroupDraft, problems: ProblemList): void {
  checkCount(group, problems);
  checkArchitecture(group, problems);
  checkImage(group, problems);
  checkTrustedLaunch(group, problems);
  const { place, draft } = group;
  const other = sizesOf(group).find((size) => !hasGpu(size));
  if (draft.dockerOpt.gpus !== undefined && other !== undefined) {
    const message = `${other} has no GPU`;
    problems.error(
      'incompatible',
      place.at('docker_opt', 'gpus'),
      message,
      'write vm_size: Standard_NC4as_T4_v3, or another one of the N series',
    );
  }
}

/** Of a list, a scale set takes those that Azure has; a machine with a name has one size. */
function checkCount({ place, draft, members }: GroupDraft, problems: ProblemList): void {
  const { vmSize } = draft;
  if (vmSize === undefined || typeof vmSize === 'string') return;
  const most = members?.kind === 'fixed' ? 1 : MOST_MIXED_SIZES;
  if (vmSize.length <= most) return;
  const [must, fix] =
    most === 1
      ? ['must be one size, because the nodes of the group are fixed', 'use kind: elastic, or write one']
      : [`must be at most ${most} sizes, as a scale set takes them`, 'leave out the last'];
  problems.error('too-much', place.at('vm_size'), { must, got: String(vmSize.length) }, fix);
}

function checkArchitecture(group: GroupDraft, problems: ProblemList): void {
  const { place, draft } = group;
  const { architecture, image } = draft;
  const wrong = sizesOf(group).find((size) => sizeArchitecture(size) !== architecture);
  if (wrong !== undefined) {
    const message = `${wrong} has processors of ${sizeArchitecture(wrong)}, and architecture is ${architecture}`;
    const fix = `write architecture: ${sizeArchitecture(wrong)}, or vm_size with another one`;
    problems.error('incompatible', place.at(place.has('vm_size') ? 'vm_size' : 'architecture'), message, fix);
  }
  const built = image === 'none' ? undefined : image.baseArchitecture;
  if (built !== undefined && built !== architecture) {
    const message = `${image} is for ${built}, and architecture is ${architecture}`;
    problems.error('incompatible', place.at('image'), message, `use an image for ${architecture}`);
  }
}

const IMAGE_PARTS = ['publisher', 'offer', 'sku'] as const;

/** An image of the marketplace is named by all of its parts, one of a gallery by its id alone. */
function checkImage({ place, draft }: GroupDraft, problems: ProblemList): void {
  if (draft.cloudImage === 'default') return;
  const where = place.below('cloud_image');
  const parts = [...IMAGE_PARTS, 'version'].filter((key) => where.has(key));
  if (where.has('gallery')) {
    const [key] = parts;
    if (key === undefined) return;
    const message = 'is of an image of the marketplace, and gallery names another one';
    problems.error('incompatible', where.keyAt(key), message, 'remove one of the two');
    return;
  }
  const missing = IMAGE_PARTS.find((key) => !where.has(key));
  if (missing === undefined) return;
  const message = `key "${missing}" is missing: an image of the marketplace has publisher, offer and sku`;
  problems.error('missing-key', where.at(), message, 'or write gallery: /subscriptions/…');
}

function checkTrustedLaunch(group: GroupDraft, problems: ProblemList): void {
  const { place, draft, members } = group;
  if (draft.trustedLaunch !== true) return;
  const old = sizesOf(group).find(isFirstGeneration);
  const reason =
    members?.kind === 'elastic'
      ? "azurerm's flexible scale sets have none"
      : old === undefined
        ? undefined
        : `${old} boots images of the first generation alone`;
  if (reason === undefined) return;
  problems.error('incompatible', place.at('trusted_launch'), `must not be true: ${reason}`, 'remove it');
}
