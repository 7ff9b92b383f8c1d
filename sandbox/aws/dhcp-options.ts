import { filled, text } from '../provider/attributes';
import { AwsError, dependencyViolation } from './aws-error';
import type { Cloud } from './cloud';
import { LookupError } from './lookup-error';
import { requireVpc } from './network';
import type { Rules } from './rules';

export const dhcpOptions: Rules = {
  noun: 'EC2 DHCP Options',
  service: 'EC2',
  actions: { create: 'CreateDhcpOptions', delete: 'DeleteDhcpOptions' },
  create(cloud, request) {
    const id = cloud.newId('dopt', request);
    const arn = cloud.arn('ec2', `dhcp-options/${id}`);
    return { id, attributes: filled(request, { arn, owner_id: cloud.account }) };
  },
  remove(cloud, { id }) {
    const used = cloud.all('aws_vpc').some(({ attributes }) => text(attributes, 'dhcp_options_id') === id);
    if (used) throw dependencyViolation(`The dhcpOptions '${id}' has dependencies and cannot be deleted.`);
  },
};

/** Its destruction gives the VPC no options at all, which AWS calls `default`. */
export const dhcpOptionsAssociation: Rules = {
  noun: 'EC2 DHCP Options Set Association',
  service: 'EC2',
  actions: { create: 'AssociateDhcpOptions', update: 'AssociateDhcpOptions', delete: 'AssociateDhcpOptions' },
  create(cloud, request) {
    const [vpc, options] = [text(request, 'vpc_id'), text(request, 'dhcp_options_id')];
    associate(cloud, vpc, options);
    return { id: `${options}-${vpc}`, attributes: request };
  },
  update(cloud, _before, request) {
    associate(cloud, text(request, 'vpc_id'), text(request, 'dhcp_options_id'));
    return request;
  },
  remove(cloud, { attributes }) {
    const vpc = cloud.find('aws_vpc', text(attributes, 'vpc_id'));
    if (vpc === undefined) return;
    cloud.put(vpc.type, vpc.id, { ...vpc.attributes, dhcp_options_id: 'default' });
  },
  imported(cloud, id) {
    const vpc = cloud.find('aws_vpc', id);
    if (vpc === undefined) throw new LookupError(`reading EC2 VPC (${id}): couldn't find resource`);
    const options = text(vpc.attributes, 'dhcp_options_id');
    return { id: `${options}-${id}`, vpc_id: id, dhcp_options_id: options };
  },
};

function associate(cloud: Cloud, vpc: string, options: string): void {
  const { type, id, attributes } = requireVpc(cloud, vpc);
  if (options !== 'default' && cloud.find('aws_vpc_dhcp_options', options) === undefined)
    throw new AwsError('InvalidDhcpOptionID.NotFound', `The dhcpOption ID '${options}' does not exist`);
  cloud.put(type, id, { ...attributes, dhcp_options_id: options });
}
