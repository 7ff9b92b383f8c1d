import { type Attributes, filled, number, objects, text, texts } from '../provider/attributes';
import { uuidOf } from '../provider/derived';
import { AzureError, inferred, ProviderError } from './azure-error';
import type { Cloud, CloudObject } from './cloud';
import { computerNamePrefixFrom } from './computer-name';
import { withIdentities } from './identities';
import { imageOf } from './images';
import { checkLocation, checkZones } from './location-check';
import {
  checkAdministrator,
  checkCustomData,
  checkDiskSize,
  checkSize,
  checkSshKeys,
} from './machine-checks';
import { checkPlacementGroup } from './placement-groups';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';
import { instancesOf, scaleTo } from './scale-set-instances';

const SET = 'azurerm_orchestrated_virtual_machine_scale_set';
const FORM = ID_FORMS[SET];

/** @throws {@link ProviderError} if arguments of spot machines are set for regular ones, or missing for spot ones */
function checkSpot(request: Attributes): void {
  const isSpot = text(request, 'priority') === 'Spot';
  const policy = text(request, 'eviction_policy');
  if ((number(request, 'max_bid_price') ?? -1) > 0 && !isSpot)
    throw new ProviderError('`max_bid_price` can only be configured when `priority` is set to `Spot`');
  if (policy !== '' && !isSpot)
    throw new ProviderError('`eviction_policy` can only be specified when `priority` is set to `Spot`');
  if (policy === '' && isSpot)
    throw new ProviderError('`eviction_policy` is required when `priority` is set to `Spot`');
}

/** @throws {@link AzureError} if a network interface of the model cannot be made, or several are the primary one */
function checkInterfaces(cloud: Cloud, request: Attributes, id: string): void {
  const models = objects(request, 'network_interface');
  const location = text(request, 'location');
  const primaries = models.filter((model) => model.primary === true).length;
  if (models.length > 0 && primaries !== 1)
    throw inferred(
      'NetworkProfileMustHaveOnePrimaryInterface',
      `Virtual machine scale set ${id} must have exactly one primary network interface, not ${primaries}.`,
    );
  for (const model of models) {
    const group = text(model, 'network_security_group_id');
    if (group !== '') cloud.require('azurerm_network_security_group', group, id, location);
    for (const configuration of objects(model, 'ip_configuration'))
      cloud.require('azurerm_subnet', text(configuration, 'subnet_id'), id);
  }
}

/** @throws if the model of the instances is wrong */
function check(cloud: Cloud, request: Attributes, id: string): void {
  const [profile = {}] = objects(request, 'os_profile');
  const [linux = {}] = objects(profile, 'linux_configuration');
  const [disk = {}] = objects(request, 'os_disk');
  const image = imageOf(request);
  checkLocation(FORM, request);
  checkZones(FORM, request);
  checkSpot(request);
  if (text(request, 'sku_name') !== '') checkSize(text(request, 'sku_name'), image);
  checkDiskSize(number(disk, 'disk_size_gb'), image);
  checkCustomData(text(profile, 'custom_data'));
  checkAdministrator(text(linux, 'admin_username'));
  checkSshKeys(objects(linux, 'admin_ssh_key'), text(linux, 'admin_username'));
  checkPlacementGroup(cloud, text(request, 'proximity_placement_group_id'), text(request, 'location'));
  if (texts(request, 'zones').length > 0 && number(request, 'platform_fault_domain_count') !== 1)
    throw inferred(
      'InvalidPlatformFaultDomainCount',
      `Virtual machine scale set ${id} lies in availability zones, and must therefore have a platform fault domain count of 1.`,
    );
  checkInterfaces(cloud, request, id);
}

function settled(cloud: Cloud, request: Attributes, id: string): Attributes {
  const profiles = objects(request, 'os_profile').map((profile) => ({
    ...profile,
    linux_configuration: objects(profile, 'linux_configuration').map((linux) =>
      filled(linux, { computer_name_prefix: text(request, 'name') }),
    ),
  }));
  const disks = objects(request, 'os_disk').map((disk) =>
    filled(disk, { disk_size_gb: imageOf(request)?.sizeGb ?? null }),
  );
  return {
    ...filled(request, { instances: 0, single_placement_group: false }),
    os_profile: profiles,
    os_disk: disks,
    identity: withIdentities(cloud, request, id),
    unique_id: uuidOf('scale set', id),
  };
}

/** Starts and ends instances, without leaving any of a set that cannot be made. */
function makeInstances(cloud: Cloud, set: CloudObject, capacity: number): void {
  try {
    scaleTo(cloud, set, capacity);
  } catch (failure) {
    if (failure instanceof AzureError) scaleTo(cloud, set, 0);
    throw failure;
  }
}

/** A scale set of flexible orchestration: its instances are virtual machines of its resource group. */
export const scaleSet: Rules = {
  form: FORM,
  id: (cloud, request) => cloud.id(SET, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    const [profile = {}] = objects(request, 'os_profile');
    const [linux] = objects(profile, 'linux_configuration');
    if (linux !== undefined && text(linux, 'computer_name_prefix') === '')
      computerNamePrefixFrom(text(request, 'name'));
    check(cloud, request, id);
    const attributes = settled(cloud, request, id);
    const set = { type: SET, id, region: cloud.subscription, attributes };
    makeInstances(cloud, set, number(attributes, 'instances') ?? 0);
    return attributes;
  },
  update(cloud, before, request, prior) {
    check(cloud, request, before.id);
    const attributes = settled(cloud, request, before.id);
    const capacity = number(attributes, 'instances') ?? 0;
    // The instances that exist keep the model that they were made of: the set's upgrades are made by hand.
    if (capacity !== number(prior, 'instances')) scaleTo(cloud, { ...before, attributes }, capacity);
    return attributes;
  },
  remove: (cloud, set) => scaleTo(cloud, set, 0),
  derive: (cloud, { id }) => ({ instances: instancesOf(cloud, id).length }),
};
