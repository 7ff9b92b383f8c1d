import { text } from '../provider/attributes';
import type { Cloud } from './cloud';

/** Types of the objects that AWS creates with every VPC. Terraform can adopt the security group. */
export const DEFAULT_ROUTE_TABLE = 'aws_default_route_table';
export const DEFAULT_NETWORK_ACL = 'aws_default_network_acl';
export const DEFAULT_SECURITY_GROUP = 'aws_default_security_group';

const ANYWHERE = {
  from_port: 0,
  to_port: 0,
  protocol: '-1',
  description: '',
  prefix_list_ids: [],
  security_groups: [],
};

interface VpcDefaults {
  readonly mainRouteTable: string;
  readonly securityGroup: string;
  readonly networkAcl: string;
}

/** Creates what AWS creates with every VPC: a main route table, a security group and a network ACL. */
export function defaultObjects(cloud: Cloud, vpc: string): VpcDefaults {
  const owner_id = cloud.account;
  const mainRouteTable = cloud.newId('rtb', { vpc });
  const tableArn = cloud.arn('ec2', `route-table/${mainRouteTable}`);
  const table = {
    vpc_id: vpc,
    arn: tableArn,
    owner_id,
    route: [],
    propagating_vgws: [],
    tags: {},
    tags_all: {},
  };
  cloud.put(DEFAULT_ROUTE_TABLE, mainRouteTable, { id: mainRouteTable, ...table });
  const networkAcl = cloud.newId('acl', { vpc });
  cloud.put(DEFAULT_NETWORK_ACL, networkAcl, {
    id: networkAcl,
    vpc_id: vpc,
    owner_id,
    tags: {},
    tags_all: {},
  });
  const securityGroup = cloud.newId('sg', { vpc });
  cloud.put(DEFAULT_SECURITY_GROUP, securityGroup, {
    id: securityGroup,
    arn: cloud.arn('ec2', `security-group/${securityGroup}`),
    owner_id,
    vpc_id: vpc,
    name: 'default',
    name_prefix: '',
    description: 'default VPC security group',
    ingress: [{ ...ANYWHERE, cidr_blocks: [], ipv6_cidr_blocks: [], self: true }],
    egress: [{ ...ANYWHERE, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: [], self: false }],
    tags: {},
    tags_all: {},
  });
  return { mainRouteTable, securityGroup, networkAcl };
}

/** Removes the objects that AWS removes together with a VPC. */
export function removeDefaultObjects(cloud: Cloud, vpc: string): void {
  for (const { type, id, attributes } of cloud.all(
    DEFAULT_ROUTE_TABLE,
    DEFAULT_NETWORK_ACL,
    DEFAULT_SECURITY_GROUP,
  )) {
    if (text(attributes, 'vpc_id') === vpc) cloud.remove(type, id);
  }
}
