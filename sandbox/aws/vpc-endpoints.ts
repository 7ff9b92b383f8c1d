import { type Attributes, filled, flag, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AwsError } from './aws-error';
import type { Cloud } from './cloud';
import { inVpc, requireSubnet, requireVpc } from './network';
import { GROUPS, requireGroup } from './permissions';
import { partitionOf } from './regions';
import type { Rules } from './rules';
import { DEFAULT_SECURITY_GROUP } from './vpc-defaults';

/** Services with an endpoint of routes in place of network interfaces (Amazon VPC user guide, "Gateway endpoints"). */
const GATEWAY_SERVICES = ['s3', 'dynamodb'];

const ALLOW_ALL = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
  Version: '2008-10-17',
});

/** An endpoint of a service of AWS in a VPC. The texts of its errors are those of the EC2 API, as public reports show them. */
export const vpcEndpoint: Rules = {
  noun: 'EC2 VPC Endpoint',
  service: 'EC2',
  actions: { create: 'CreateVpcEndpoint', update: 'ModifyVpcEndpoint', delete: 'DeleteVpcEndpoints' },
  create(cloud, request) {
    requireVpc(cloud, text(request, 'vpc_id'));
    const id = cloud.newId('vpce', request);
    const service = serviceOf(cloud, request);
    const common = {
      arn: cloud.arn('ec2', `vpc-endpoint/${id}`),
      owner_id: cloud.account,
      requester_managed: false,
      service_region: cloud.region,
      state: 'available',
      policy: ALLOW_ALL,
    };
    if (isGateway(request)) return { id, attributes: filled(gateway(cloud, id, service, request), common) };
    return { id, attributes: filled(interfaces(cloud, id, service, request), common) };
  },
  update(cloud, { id }, request) {
    const service = serviceOf(cloud, request);
    const cleared: Attributes = {
      ...request,
      cidr_blocks: null,
      dns_entry: null,
      network_interface_ids: null,
    };
    return isGateway(request)
      ? gateway(cloud, id, service, cleared)
      : interfaces(cloud, id, service, cleared);
  },
};

function isGateway(request: Attributes): boolean {
  return ['', 'Gateway'].includes(text(request, 'vpc_endpoint_type'));
}

/** The end of the service's name: `ecr.api`. @throws {@link AwsError} for a service that does not exist */
function serviceOf(cloud: Cloud, request: Attributes): string {
  const name = text(request, 'service_name');
  const { reverseDnsPrefix } = partitionOf(cloud.region);
  const prefixes = [`com.amazonaws.${cloud.region}.`, `${reverseDnsPrefix}.${cloud.region}.`];
  const prefix = prefixes.find((candidate) => name.startsWith(candidate));
  const service = prefix === undefined ? '' : name.slice(prefix.length);
  const exists = /^[a-z0-9.-]+$/.test(service) && (!isGateway(request) || GATEWAY_SERVICES.includes(service));
  if (!exists) throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
  return service;
}

function gateway(cloud: Cloud, id: string, service: string, request: Attributes): Attributes {
  const list = `pl-${hex(8, cloud.region, service)}`;
  const tables = texts(request, 'route_table_ids');
  for (const table of tables) {
    const message = `The routeTable ID '${table}' does not exist`;
    cloud.require(
      ['aws_route_table', 'aws_default_route_table'],
      table,
      'InvalidRouteTableID.NotFound',
      message,
    );
    const other = cloud
      .all('aws_vpc_endpoint')
      .find(
        (endpoint) =>
          endpoint.id !== id &&
          text(endpoint.attributes, 'prefix_list_id') === list &&
          texts(endpoint.attributes, 'route_table_ids').includes(table),
      );
    if (other !== undefined)
      throw new AwsError(
        'RouteAlreadyExists',
        `route table ${table} already has a route with destination-prefix-list-id ${list}`,
      );
  }
  return filled(
    { ...request, route_table_ids: tables },
    {
      vpc_endpoint_type: 'Gateway',
      prefix_list_id: list,
      cidr_blocks: [],
      dns_entry: [],
      dns_options: [],
      ip_address_type: '',
      network_interface_ids: [],
      private_dns_enabled: false,
      security_group_ids: [],
      subnet_ids: [],
      subnet_configuration: [],
    },
  );
}

function interfaces(cloud: Cloud, id: string, service: string, request: Attributes): Attributes {
  const vpc = requireVpc(cloud, text(request, 'vpc_id'));
  const subnets = texts(request, 'subnet_ids');
  const zones = new Set<string>();
  for (const subnet of subnets) {
    const zone = text(requireSubnet(cloud, subnet).attributes, 'availability_zone');
    if (zones.has(zone))
      throw new AwsError(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${subnet}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
      );
    zones.add(zone);
  }
  const groups = texts(request, 'security_group_ids');
  for (const group of groups) requireGroup(cloud, group);
  const domain = `${service}.${cloud.region}.amazonaws.com`;
  if (flag(request, 'private_dns_enabled')) {
    const { enable_dns_support: support = true, enable_dns_hostnames: names } = vpc.attributes;
    if (support === false || names !== true)
      throw new AwsError(
        'InvalidParameter',
        `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
      );
    const other = inVpc(cloud, vpc.id, 'aws_vpc_endpoint').find(
      ({ id: otherId, attributes }) =>
        otherId !== id &&
        flag(attributes, 'private_dns_enabled') &&
        text(attributes, 'service_name') === text(request, 'service_name'),
    );
    if (other !== undefined)
      throw new AwsError(
        'InvalidParameter',
        `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${domain} in the VPC ${vpc.id}`,
      );
  }
  const zone = `Z${hex(20, service).toUpperCase()}`;
  const own = `${id}-${hex(8, id)}.${service}.${cloud.region}.vpce.amazonaws.com`;
  const names = [own, ...(flag(request, 'private_dns_enabled') ? [domain] : [])];
  return filled(
    { ...request, subnet_ids: subnets },
    {
      security_group_ids: defaultGroups(cloud, vpc.id),
      network_interface_ids: subnets.map((subnet) => `eni-${hex(17, id, subnet)}`),
      dns_entry: names.map((dns_name) => ({ dns_name, hosted_zone_id: zone })),
      dns_options: [{ dns_record_ip_type: 'ipv4', private_dns_only_for_inbound_resolver_endpoint: false }],
      ip_address_type: 'ipv4',
      private_dns_enabled: false,
      prefix_list_id: '',
      cidr_blocks: [],
      route_table_ids: [],
      subnet_configuration: [],
    },
  );
}

function defaultGroups(cloud: Cloud, vpc: string): readonly string[] {
  return inVpc(cloud, vpc, DEFAULT_SECURITY_GROUP, ...GROUPS)
    .filter(({ attributes }) => text(attributes, 'name') === 'default')
    .slice(0, 1)
    .map(({ id }) => id);
}
