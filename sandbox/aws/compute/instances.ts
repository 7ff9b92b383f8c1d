import { isList, type Value } from '../../protocol/values';
import { type Attributes, filled, number, objects, text, texts } from '../../provider/attributes';
import { AwsError, invalidParameter } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { requireSubnet } from '../network';
import type { Rules } from '../rules';
import { attachedDevices } from './block-devices';
import { requireImage } from './images';
import { checkType } from './instance-types';
import { checkReferences, isSpot, launched } from './launched';
import { checkGroups } from './subnet-addresses';
import { instanceOf, requireTemplate } from './template-versions';
import { checkUserData } from './user-data';

export const INSTANCE = 'aws_instance';

function checkGivenUserData(config: Attributes): void {
  for (const name of ['user_data', 'user_data_base64']) checkUserData(text(config, name));
}

/** The request with what its launch template says and the request does not. */
function withTemplate(cloud: Cloud, request: Attributes): Attributes {
  const [named] = objects(request, 'launch_template');
  if (named === undefined) return request;
  const template = requireTemplate(cloud, named);
  const isGiven = ([, value]: readonly [string, Value]) => !(isList(value) && value.length === 0);
  const given = Object.fromEntries(Object.entries(request).filter(isGiven));
  return filled({ ...given, launch_template: [template.named] }, instanceOf(template));
}

/**
 * A virtual machine. The creation answers when it runs; AWS has it as `pending` for some seconds before, which nobody sees. To see
 * progress, a fault `delay` makes the creation take longer.
 */
export const instance: Rules = {
  noun: 'EC2 Instance',
  service: 'EC2',
  actions: { create: 'RunInstances', update: 'ModifyInstanceAttribute', delete: 'TerminateInstances' },
  create(cloud, request, config) {
    checkGivenUserData(config);
    return launched(cloud, withTemplate(cloud, request));
  },
  identity: [],
  update(cloud, before, request, config) {
    checkGivenUserData(config);
    const { attributes } = before;
    const changes = (name: string) => text(attributes, name) !== text(request, name);
    if (['instance_type', 'user_data', 'user_data_base64'].some(changes)) checkStoppable(before);
    checkType(text(request, 'instance_type'), requireImage(cloud, text(request, 'ami')).architecture);
    if (changes('iam_instance_profile')) checkReferences(cloud, request);
    const subnet = requireSubnet(cloud, text(request, 'subnet_id'));
    checkGroups(cloud, subnet, texts(request, 'vpc_security_group_ids'));
    return { ...request, root_block_device: [changedRoot(attributes, request)] };
  },
  remove(cloud, instance) {
    if (instance.attributes.disable_api_termination === true)
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${instance.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    detachVolumes(cloud, instance.id);
  },
  derive: (cloud, object) => ({
    ebs_block_device: [...objects(object.attributes, 'ebs_block_device'), ...attachedDevices(cloud, object)],
  }),
};

/** Some changes are made while an instance is stopped. */
function checkStoppable({ id, attributes }: CloudObject): void {
  const isOneTime = objects(attributes, 'instance_market_options').some((options) =>
    objects(options, 'spot_options').some((spot) => text(spot, 'spot_instance_type') === 'one-time'),
  );
  if (isSpot(attributes) && isOneTime)
    throw new AwsError(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
    );
}

function changedRoot(before: Attributes, request: Attributes): Attributes {
  const [had = {}] = objects(before, 'root_block_device');
  const [has = {}] = objects(request, 'root_block_device');
  const root = filled(has, had);
  if ((number(root, 'volume_size') ?? 0) < (number(had, 'volume_size') ?? 0))
    throw invalidParameter('New size cannot be smaller than existing size');
  return root;
}

/** Removes the attachments of an instance that ends; its volumes stay. */
function detachVolumes(cloud: Cloud, id: string): void {
  for (const attachment of cloud.all('aws_volume_attachment')) {
    if (text(attachment.attributes, 'instance_id') === id) cloud.remove(attachment.type, attachment.id);
  }
}

/** Ends an instance otherwise than by Terraform: a schedule, its group, or the machine itself does. Nothing happens if it is gone. */
export function endInstance(cloud: Cloud, id: string): void {
  if (cloud.find(INSTANCE, id) === undefined) return;
  detachVolumes(cloud, id);
  cloud.remove(INSTANCE, id);
}
