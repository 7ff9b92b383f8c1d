import type { Attributes } from '../../../../terraform/state/state-file';
import type { AdoptedRole, AdoptedType } from '../../adoption';
import { textOf } from './attributes';

const id = (attributes: Attributes): string | undefined => textOf(attributes, 'id');

/** Two attributes with a sign between them; undefined where one of them is missing. */
const joined =
  (first: string, sign: string, second: string) =>
  (attributes: Attributes): string | undefined => {
    const [one, other] = [textOf(attributes, first), textOf(attributes, second)];
    return one === undefined || other === undefined ? undefined : `${one}${sign}${other}`;
  };

const TAGS = 'the tags kakehashi:entry and Name';
const byTags: AdoptedType = { how: 'import', identity: TAGS, id };

/**
 * How an object of each type comes into a state of ours (docs/import.md). The provider takes no import of four of them
 * (recorded from hashicorp/aws 5.100.0): an import block for one would fail the whole plan.
 */
export const AWS_ADOPTED_TYPES: Readonly<Record<string, AdoptedType>> = {
  aws_cloudwatch_log_group: {
    how: 'import',
    identity: 'its name',
    id: (attributes) => textOf(attributes, 'name'),
  },
  aws_customer_gateway: byTags,
  aws_default_security_group: { how: 'import', identity: 'the group named default of the VPC', id },
  aws_eip: byTags,
  aws_flow_log: byTags,
  aws_iam_role: { how: 'import', identity: 'its name', id: (attributes) => textOf(attributes, 'name') },
  aws_iam_role_policy: { how: 'import', identity: 'its role and its name', id: joined('role', ':', 'name') },
  aws_internet_gateway: byTags,
  aws_main_route_table_association: { how: 'state', identity: 'the VPC', id },
  aws_nat_gateway: byTags,
  aws_route: {
    how: 'import',
    identity: 'its table and its destination',
    id: joined('route_table_id', '_', 'destination_cidr_block'),
  },
  aws_route_table: byTags,
  aws_route_table_association: {
    how: 'import',
    identity: 'its subnet and its table',
    id: joined('subnet_id', '/', 'route_table_id'),
  },
  aws_security_group: byTags,
  aws_subnet: byTags,
  aws_vpc: byTags,
  aws_vpc_security_group_egress_rule: {
    how: 'import',
    identity: 'its group, protocol, ports and peer',
    id: (attributes) => textOf(attributes, 'security_group_rule_id') ?? id(attributes),
  },
  aws_vpc_security_group_ingress_rule: {
    how: 'import',
    identity: 'its group, protocol, ports and peer',
    id: (attributes) => textOf(attributes, 'security_group_rule_id') ?? id(attributes),
  },
  aws_vpn_connection: byTags,
  aws_vpn_connection_route: {
    how: 'state',
    identity: 'its connection and its destination',
    id: joined('destination_cidr_block', ':', 'vpn_connection_id'),
  },
  aws_vpn_gateway: byTags,
  aws_vpn_gateway_attachment: {
    how: 'state',
    identity: 'its gateway and its VPC',
    id: (attributes) => id(attributes),
  },
  aws_vpn_gateway_route_propagation: {
    how: 'state',
    identity: 'its gateway and its table',
    id: joined('vpn_gateway_id', '_', 'route_table_id'),
  },
};

/** What `--id ROLE=ID` may name, with what a configuration of the type can't be without. */
export const AWS_ADOPTED_ROLES: Readonly<Record<string, AdoptedRole>> = {
  vpc: { type: 'aws_vpc' },
  subnet: { type: 'aws_subnet', needs: { vpc_id: 'vpc-0' } },
  private_subnet: { type: 'aws_subnet', needs: { vpc_id: 'vpc-0' } },
  security_group: { type: 'aws_security_group' },
  internet_gateway: { type: 'aws_internet_gateway' },
  route_table: { type: 'aws_route_table', needs: { vpc_id: 'vpc-0' } },
  elastic_ip: { type: 'aws_eip' },
  nat_gateway: {
    type: 'aws_nat_gateway',
    needs: { subnet_id: 'subnet-0' },
    // With all, the provider finds a count of private addresses, which a public gateway must not have.
    leaves: ['allocation_id', 'subnet_id', 'secondary_allocation_ids', 'tags', 'tags_all'],
  },
  vpn_gateway: { type: 'aws_vpn_gateway' },
  customer_gateway: { type: 'aws_customer_gateway', needs: { type: 'ipsec.1' } },
  vpn_connection: {
    type: 'aws_vpn_connection',
    needs: { type: 'ipsec.1', customer_gateway_id: 'cgw-0', vpn_gateway_id: 'vgw-0' },
  },
};
