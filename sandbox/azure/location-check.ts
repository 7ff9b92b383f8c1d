import { ZONES } from '../../model/clouds/azure/locations';
import { type Attributes, text, texts } from '../provider/attributes';
import { AzureError, inferred } from './azure-error';
import type { IdForm } from './id-form';
import { hasZones, isLocation, locations } from './location';
import { azureType } from './resource-id';

/** @throws {@link AzureError} if the location is no region */
export function checkLocation(form: IdForm, request: Attributes): void {
  const location = text(request, 'location');
  if (isLocation(location)) return;
  throw new AzureError(
    'LocationNotAvailableForResourceType',
    `The provided location '${location}' is not available for resource type '${azureType(form)}'. List of available regions for the resource type is '${locations().join(',')}'.`,
  );
}

/** @throws {@link AzureError} if the request names zones in a region without, or one that no region has */
export function checkZones(form: IdForm, request: Attributes): void {
  const zones = texts(request, 'zones');
  const location = text(request, 'location');
  const resource = `${azureType(form)}/${text(request, 'name')}`;
  if (zones.length === 0) return;
  if (!hasZones(location))
    throw new AzureError(
      'LocationNotSupportAvailabilityZones',
      `The resource '${resource}' does not support availability zones at location '${location}'.`,
    );
  if (zones.some((zone) => !ZONES.some((one) => one === zone)))
    throw inferred(
      'InvalidAvailabilityZone',
      `The zone(s) '${zones.join(',')}' for resource '${resource}' is not supported. The supported zones for location '${location}' are '${ZONES.join(',')}'.`,
    );
}
