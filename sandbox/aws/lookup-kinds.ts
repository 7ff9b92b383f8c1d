import { type Attributes, objects, text } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';
import { takenAddresses, usableAddresses } from './compute/subnet-addresses';
import { partialRuleViews } from './permissions';
import { optInRegion, REGIONS, zonesOf } from './regions';
import { attachedVpc } from './route-checks';
import { rulesOf } from './rules-by-type';
import { DEFAULT_TRANSIT_TABLE, TRANSIT_ROUTE_TABLE, transitAttachments } from './transit-gateways';
import { defaultsOf } from './transit-route-tables';
import { DEFAULT_NETWORK_ACL, DEFAULT_ROUTE_TABLE, DEFAULT_SECURITY_GROUP } from './vpc-defaults';

/** The objects that a data source searches, and the filters that it knows. */
export interface Kind {
  readonly noun: string;
  readonly types: readonly string[];
  /** Whether its objects have no region. */
  readonly global?: true;
  /** What is searched where it is no objects: the attributes of each. @default - the objects of {@link types} */
  all?(cloud: Cloud): readonly Attributes[];
  /** Attributes that the data source has in addition to those of the object. */
  view?(cloud: Cloud, object: CloudObject): Attributes;
  /** What is searched beside the objects: the attributes of each. */
  more?(cloud: Cloud): readonly Attributes[];
  /** Filters and arguments whose name is not the name of an attribute, with the attribute that they compare. */
  readonly filters?: Readonly<Record<string, string>>;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  vpc: {
    noun: 'EC2 VPC',
    types: ['aws_vpc'],
    view: (_cloud, { id, attributes }) => ({
      default: false,
      state: 'available',
      cidr_block_associations: [
        {
          association_id: id.replace('vpc-', 'vpc-cidr-assoc-'),
          cidr_block: text(attributes, 'cidr_block'),
          state: 'associated',
        },
      ],
    }),
    filters: { cidr: 'cidr_block', isDefault: 'default', 'is-default': 'default', 'vpc-id': 'id' },
  },
  subnet: {
    noun: 'EC2 Subnet',
    types: ['aws_subnet'],
    view: (cloud, { id, attributes }) => ({
      default_for_az: false,
      state: 'available',
      available_ip_address_count:
        usableAddresses(text(attributes, 'cidr_block')).length - takenAddresses(cloud, id).size,
    }),
    filters: {
      'subnet-id': 'id',
      cidr: 'cidr_block',
      cidrBlock: 'cidr_block',
      availabilityZone: 'availability_zone',
    },
  },
  security_group: {
    noun: 'EC2 Security Group',
    types: ['aws_security_group', DEFAULT_SECURITY_GROUP],
    filters: { 'group-id': 'id', 'group-name': 'name' },
  },
  vpn_gateway: {
    noun: 'EC2 VPN Gateway',
    types: ['aws_vpn_gateway'],
    view: (cloud, object) => ({ state: 'available', attached_vpc_id: attachedVpc(cloud, object) }),
    filters: { 'attachment.vpc-id': 'attached_vpc_id', 'vpn-gateway-id': 'id' },
  },
  customer_gateway: {
    noun: 'EC2 Customer Gateway',
    types: ['aws_customer_gateway'],
    view: (_cloud, { attributes }) => ({
      state: 'available',
      bgp_asn: Number(text(attributes, 'bgp_asn')) || null,
      bgp_asn_extended: Number(text(attributes, 'bgp_asn_extended')),
      certificate_arn: text(attributes, 'certificate_arn'),
      device_name: text(attributes, 'device_name'),
    }),
    filters: { 'customer-gateway-id': 'id', 'ip-address': 'ip_address' },
  },
  route_table: {
    noun: 'Route Table',
    types: ['aws_route_table', DEFAULT_ROUTE_TABLE],
    view: (cloud, table) => {
      const associations = associationsOf(cloud, table);
      return {
        route_table_id: table.id,
        associations,
        routes: objects(rulesOf('aws_route_table')?.derive?.(cloud, table) ?? {}, 'route'),
        associated_subnets: associations.map((association) => association.subnet_id ?? ''),
        associated_gateways: associations.map((association) => association.gateway_id ?? ''),
        main: associations.some((association) => association.main === true),
      };
    },
    filters: {
      subnet_id: 'associated_subnets',
      gateway_id: 'associated_gateways',
      'association.subnet-id': 'associated_subnets',
      'association.gateway-id': 'associated_gateways',
      'association.main': 'main',
      'route-table-id': 'id',
    },
  },
  nat_gateway: {
    noun: 'EC2 NAT Gateway',
    types: ['aws_nat_gateway'],
    view: (cloud, { attributes }) => {
      const subnet = cloud.find('aws_subnet', text(attributes, 'subnet_id'));
      return { state: 'available', vpc_id: text(subnet?.attributes ?? {}, 'vpc_id') };
    },
    filters: { 'nat-gateway-id': 'id' },
  },
  eip: {
    noun: 'EC2 EIP',
    types: ['aws_eip'],
    view: (cloud, object) => {
      const user = rulesOf('aws_eip')?.derive?.(cloud, object) ?? {};
      const card = text(user, 'network_interface');
      return {
        instance_id: '',
        network_interface_id: card,
        network_interface_owner_id: card === '' ? '' : cloud.account,
      };
    },
  },
  internet_gateway: {
    noun: 'EC2 Internet Gateway',
    types: ['aws_internet_gateway'],
    view: (_cloud, { id, attributes }) => {
      const vpc_id = text(attributes, 'vpc_id');
      const state = vpc_id === '' ? '' : 'available';
      return { internet_gateway_id: id, attachments: vpc_id === '' ? [] : [{ state, vpc_id }], state };
    },
    filters: { 'attachment.vpc-id': 'vpc_id', 'attachment.state': 'state' },
  },
  network_acl: {
    noun: 'EC2 Network ACL',
    types: [DEFAULT_NETWORK_ACL],
    view: () => ({ default: true }),
    filters: { 'network-acl-id': 'id' },
  },
  security_group_rule: {
    noun: 'VPC Security Group Rule',
    types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    view: (_cloud, { type }) => ({ is_egress: type.includes('egress') }),
    more: partialRuleViews,
    filters: { 'group-id': 'security_group_id' },
  },
  transit_gateway: {
    noun: 'EC2 Transit Gateway',
    types: ['aws_ec2_transit_gateway'],
    view: () => ({ state: 'available' }),
    filters: {
      'transit-gateway-id': 'id',
      'options.amazon-side-asn': 'amazon_side_asn',
      'options.association-default-route-table-id': 'association_default_route_table_id',
      'options.propagation-default-route-table-id': 'propagation_default_route_table_id',
    },
  },
  transit_route_table: {
    noun: 'EC2 Transit Gateway Route Table',
    types: [TRANSIT_ROUTE_TABLE, DEFAULT_TRANSIT_TABLE],
    view: (cloud, table) => ({ state: 'available', ...defaultsOf(cloud, table) }),
    filters: { 'transit-gateway-route-table-id': 'id' },
  },
  transit_vpc_attachment: {
    noun: 'EC2 Transit Gateway VPC Attachment',
    types: ['aws_ec2_transit_gateway_vpc_attachment'],
    view: () => ({ state: 'available' }),
    filters: { 'transit-gateway-attachment-id': 'id' },
  },
  transit_vpn_attachment: {
    noun: 'EC2 Transit Gateway VPN Attachment',
    types: [],
    all: (cloud) =>
      transitAttachments(cloud)
        .filter(({ resourceType }) => resourceType === 'vpn')
        .map(({ id, gateway, resourceId }) => ({
          id,
          transit_gateway_id: gateway,
          vpn_connection_id: resourceId,
          resource_id: resourceId,
          resource_type: 'vpn',
          state: 'available',
          tags: {},
        })),
    filters: { 'transit-gateway-attachment-id': 'id' },
  },
  log_group: {
    noun: 'CloudWatch Logs Log Group',
    types: ['aws_cloudwatch_log_group'],
    view: (_cloud, { attributes }) => ({ creation_time: 0, kms_key_id: text(attributes, 'kms_key_id') }),
  },
  image: { noun: 'EC2 AMI', types: [] },
  instance: {
    noun: 'EC2 Instance',
    types: ['aws_instance'],
    view: (cloud, { id, attributes }) => ({
      instance_id: id,
      instance_state_name: 'running',
      network_interface_id: text(attributes, 'primary_network_interface_id'),
      private_ip_address: text(attributes, 'private_ip'),
      image_id: text(attributes, 'ami'),
      vpc_id: text(cloud.find('aws_subnet', text(attributes, 'subnet_id'))?.attributes ?? {}, 'vpc_id'),
    }),
    filters: {
      'instance-id': 'id',
      'instance.group-id': 'vpc_security_group_ids',
      'network-interface.subnet-id': 'subnet_id',
    },
  },
  role: { noun: 'IAM Role', types: ['aws_iam_role'], global: true },
  region: {
    noun: 'Region',
    types: [],
    all: (cloud) => {
      const own = cloud.region.slice(0, cloud.region.indexOf('-'));
      const isOther = (name: string) => /^(cn|us-gov)-/.test(name);
      return REGIONS.filter((name) => (isOther(cloud.region) ? name.startsWith(own) : !isOther(name))).map(
        (name) => ({
          region_name: name,
          opt_in_status: optInRegion(name) ? 'not-opted-in' : 'opt-in-not-required',
          endpoint: `ec2.${name}.amazonaws.com`,
        }),
      );
    },
  },
  zone: {
    noun: 'EC2 Availability Zone',
    types: [],
    all: (cloud) =>
      zonesOf(cloud.region).map(({ name, id }) => ({
        id: name,
        name,
        zone_name: name,
        zone_id: id,
        name_suffix: name.slice(cloud.region.length),
        group_name: cloud.region,
        network_border_group: cloud.region,
        opt_in_status: 'opt-in-not-required',
        parent_zone_id: '',
        parent_zone_name: '',
        region: cloud.region,
        region_name: cloud.region,
        state: 'available',
        zone_type: 'availability-zone',
      })),
  },
};

function associationsOf(cloud: Cloud, table: CloudObject): readonly Attributes[] {
  const vpc = cloud.find('aws_vpc', text(table.attributes, 'vpc_id'));
  const main = vpc === undefined ? undefined : rulesOf('aws_vpc')?.derive?.(cloud, vpc).main_route_table_id;
  const own = cloud
    .all('aws_route_table_association')
    .filter(({ attributes }) => text(attributes, 'route_table_id') === table.id)
    .map(({ id, attributes }) => ({
      route_table_association_id: id,
      route_table_id: table.id,
      subnet_id: text(attributes, 'subnet_id'),
      gateway_id: text(attributes, 'gateway_id'),
      main: false,
    }));
  const made = cloud
    .all('aws_main_route_table_association')
    .find(({ attributes }) => text(attributes, 'route_table_id') === table.id);
  const asMain = {
    route_table_association_id: made?.id ?? `rtbassoc-${table.id.slice(4)}`,
    route_table_id: table.id,
    subnet_id: '',
    gateway_id: '',
    main: true,
  };
  return main === table.id ? [asMain, ...own] : own;
}
