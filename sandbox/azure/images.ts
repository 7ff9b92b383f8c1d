import { type Attributes, objects, text } from '../provider/attributes';
import { AzureError } from './azure-error';

/** What a virtual machine needs to know about its image. */
export interface Image {
  readonly architecture: 'x64' | 'Arm64';
  readonly generation: 1 | 2;
  readonly sizeGb: number;
}

/** The size of an image whose own is not known: that of all images of Canonical. */
const IMAGE_SIZE_GB = 30;

/** SKUs of Canonical's offers (`az vm image list-skus`), of which the sandbox knows those of the releases with support. */
const CANONICAL: Readonly<Record<string, RegExp>> = {
  'ubuntu-24_04-lts': /^(server|minimal|cvm|ubuntu-pro|ubuntu-pro-minimal)(-gen1|-arm64)?$/,
  'ubuntu-22_04-lts': /^(server|minimal|ubuntu-pro)(-gen1|-arm64)?$/,
  '0001-com-ubuntu-server-jammy': /^22_04-lts(-gen2|-arm64)?$/,
  '0001-com-ubuntu-minimal-jammy': /^minimal-22_04-lts(-gen2|-arm64)?$/,
  '0001-com-ubuntu-server-focal': /^20_04-lts(-gen2|-arm64)?$/,
};

/** Publishers of Linux images. Their offers and SKUs are only checked for their form. */
const PUBLISHERS = ['almalinux', 'Debian', 'kinvolk', 'MicrosoftCBLMariner', 'RedHat', 'resf', 'SUSE'];

function isPublished(publisher: string, offer: string, sku: string, version: string): boolean {
  if (version !== 'latest' && !/^\d+\.\d+\.\d+$/.test(version)) return false;
  if (publisher.toLowerCase() === 'canonical') return CANONICAL[offer.toLowerCase()]?.test(sku) ?? false;
  const isKnown = PUBLISHERS.some((name) => name.toLowerCase() === publisher.toLowerCase());
  return isKnown && [offer, sku].every((part) => /^[A-Za-z0-9][\w.-]*$/.test(part));
}

/** Whether a SKU is one of generation 2. Newer offers name those of generation 1, older ones those of generation 2. */
function isSecondGeneration(offer: string, sku: string): boolean {
  if (/gen2|arm64/.test(`${offer} ${sku}`)) return true;
  return /^ubuntu-2[24]_04-lts$/.test(offer) && !sku.endsWith('gen1');
}

/** An image of the marketplace. @throws {@link AzureError} if there is none of that name */
export function platformImage(reference: Attributes): Image {
  const [publisher, offer, sku, version] = ['publisher', 'offer', 'sku', 'version'].map((name) =>
    text(reference, name),
  ) as [string, string, string, string];
  if (!isPublished(publisher, offer, sku, version))
    throw new AzureError(
      'PlatformImageNotFound',
      `The platform image '${publisher}:${offer}:${sku}:${version}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`,
      404,
    );
  return {
    architecture: /arm64/i.test(`${offer} ${sku}`) ? 'Arm64' : 'x64',
    generation: isSecondGeneration(offer.toLowerCase(), sku) ? 2 : 1,
    sizeGb: IMAGE_SIZE_GB,
  };
}

/** The image of a virtual machine or scale set. Of one in a gallery nothing is known: `undefined`. */
export function imageOf(request: Attributes): Image | undefined {
  const [reference] = objects(request, 'source_image_reference');
  return reference === undefined ? undefined : platformImage(reference);
}
