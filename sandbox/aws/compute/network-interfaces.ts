import { type Attributes, filled, number, objects, text, texts } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import { AwsError, inStep } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { requireSubnet } from '../network';
import type { Rules } from '../rules';
import { checkGroups, defaultGroups, newAddress } from './subnet-addresses';

/** The addresses of a new interface: those that are named, or as many as are asked for beside the first. */
function addressesFor(cloud: Cloud, subnet: CloudObject, request: Attributes): readonly string[] {
  const ordered = texts(request, 'private_ip_list');
  const named = ordered.length > 0 ? ordered : texts(request, 'private_ips');
  const count = 1 + (number(request, 'private_ips_count') ?? 0);
  const wanted = named.length > 0 ? named : Array.from({ length: count }, () => '');
  const chosen: string[] = [];
  for (const address of wanted) {
    const found = newAddress(cloud, subnet, address, chosen);
    chosen.push(found);
  }
  return chosen;
}

/** The instance that an interface belongs to, and how. */
function attachmentsOf(cloud: Cloud, { id, attributes }: CloudObject): readonly Attributes[] {
  const own = objects(attributes, 'attachment');
  const instance = cloud
    .all('aws_instance')
    .find((object) => text(object.attributes, 'primary_network_interface_id') === id);
  return instance === undefined
    ? own
    : [{ attachment_id: `eni-attach-${hex(17, id, instance.id)}`, device_index: 0, instance: instance.id }];
}

/** A network interface of its own, which outlives the instance that it is attached to. */
export const networkInterface: Rules = {
  noun: 'EC2 Network Interface',
  service: 'EC2',
  create(cloud, request) {
    const subnet = requireSubnet(cloud, text(request, 'subnet_id'));
    const groups = texts(request, 'security_groups');
    checkGroups(cloud, subnet, groups);
    const addresses = addressesFor(cloud, subnet, request);
    const id = cloud.newId('eni', request);
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `network-interface/${id}`),
      interface_type: 'interface',
      ipv4_prefix_count: 0,
      ipv4_prefixes: [],
      ipv6_address_count: 0,
      ipv6_address_list: [],
      ipv6_addresses: [],
      ipv6_prefix_count: 0,
      ipv6_prefixes: [],
      mac_address: `06:${(hex(10, 'mac', id).match(/../g) ?? []).join(':')}`,
      outpost_arn: '',
      owner_id: cloud.account,
      private_dns_name: '',
      private_ip: addresses[0] ?? '',
      private_ip_list: addresses,
      private_ips: addresses,
      private_ips_count: addresses.length - 1,
      security_groups: groups.length > 0 ? groups : defaultGroups(cloud, subnet),
    });
    return { id, attributes };
  },
  finish(cloud, { id, attributes }) {
    const attachment = objects(attributes, 'attachment').map((given) => {
      const instance = text(given, 'instance');
      const subject = `attaching EC2 Network Interface (${id}/${instance})`;
      inStep({ subject, action: 'AttachNetworkInterface' }, () => {
        const message = `The instance ID '${instance}' does not exist`;
        cloud.require(['aws_instance'], instance, 'InvalidInstanceID.NotFound', message);
      });
      return filled(given, { attachment_id: `eni-attach-${hex(17, id, instance)}` });
    });
    return { ...attributes, attachment };
  },
  identity: [],
  update(cloud, before, request) {
    const subnet = requireSubnet(cloud, text(request, 'subnet_id'));
    checkGroups(cloud, subnet, texts(request, 'security_groups'));
    const had = texts(before.attributes, 'private_ips');
    for (const address of texts(request, 'private_ips').filter((each) => !had.includes(each)))
      newAddress(cloud, subnet, address);
    return request;
  },
  remove(cloud, object) {
    const isUsed = cloud
      .all('aws_instance')
      .some(({ attributes }) => text(attributes, 'primary_network_interface_id') === object.id);
    if (isUsed)
      throw new AwsError('InvalidParameterValue', `Network interface '${object.id}' is currently in use.`);
  },
  derive: (cloud, object) => ({ attachment: attachmentsOf(cloud, object) }),
};
