import { type Attributes, objects, text } from '../provider/attributes';
import { contains, format, parseNetwork } from '../provider/cidr';
import { AwsError, inStep, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { requireVpc } from './network';
import { checkTransitTarget } from './transit-routes';
import { DEFAULT_ROUTE_TABLE } from './vpc-defaults';

const ROUTE_MEMBERS = [
  'carrier_gateway_id',
  'cidr_block',
  'core_network_arn',
  'destination_prefix_list_id',
  'egress_only_gateway_id',
  'gateway_id',
  'ipv6_cidr_block',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
];

export function requireTable(cloud: Cloud, id: string): CloudObject {
  const message = `The routeTable ID '${id}' does not exist`;
  return cloud.require(['aws_route_table', DEFAULT_ROUTE_TABLE], id, 'InvalidRouteTableID.NotFound', message);
}

export function requireGateway(cloud: Cloud, id: string): CloudObject {
  const type = id.startsWith('vgw-') ? 'aws_vpn_gateway' : 'aws_internet_gateway';
  return cloud.require([type], id, 'InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);
}

/** The VPC that a VPN gateway is attached to, by an argument of its own or by an attachment resource. */
export function attachedVpc(cloud: Cloud, gateway: CloudObject): string {
  const attachment = cloud
    .all('aws_vpn_gateway_attachment')
    .find(({ attributes }) => text(attributes, 'vpn_gateway_id') === gateway.id);
  return text(attachment?.attributes ?? gateway.attributes, 'vpc_id');
}

/** Targets of which the sandbox simulates none, with the code and the noun of AWS's refusal. */
const UNSIMULATED_TARGETS: Readonly<Record<string, readonly [code: string, noun: string]>> = {
  carrier_gateway_id: ['InvalidCarrierGatewayID.NotFound', 'carrierGateway'],
  core_network_arn: ['InvalidCoreNetworkArn.NotFound', 'coreNetwork'],
  egress_only_gateway_id: ['InvalidGatewayID.NotFound', 'eigw'],
  local_gateway_id: ['InvalidLocalGatewayID.NotFound', 'localGateway'],
  network_interface_id: ['InvalidNetworkInterfaceID.NotFound', 'networkInterface'],
  vpc_endpoint_id: ['InvalidVpcEndpointId.NotFound', 'vpcEndpoint'],
  vpc_peering_connection_id: ['InvalidVpcPeeringConnectionID.NotFound', 'vpcPeeringConnection'],
};

/** Checks that the target of a route exists and can be reached from the table's VPC. */
export function checkTarget(cloud: Cloud, table: CloudObject, route: Attributes): void {
  const gateway = text(route, 'gateway_id');
  if (gateway !== '' && gateway !== 'local') {
    const object = requireGateway(cloud, gateway);
    if (attachedVpc(cloud, object) !== text(table.attributes, 'vpc_id')) {
      throw invalidParameter(
        `route table ${table.id} and network gateway ${gateway} belong to different networks`,
      );
    }
  }
  checkOutside(cloud, table, route);
  for (const [argument, [code, noun]] of Object.entries(UNSIMULATED_TARGETS)) {
    const id = text(route, argument);
    if (id !== '')
      throw new AwsError(
        code,
        `The ${noun} ID '${id}' does not exist`,
        `The sandbox simulates no ${argument.replace(/_(id|arn)$/, '').replaceAll('_', ' ')}s.`,
      );
  }
  checkTransitTarget(cloud, text(table.attributes, 'vpc_id'), route);
  const nat = text(route, 'nat_gateway_id');
  if (nat !== '') {
    const message = `The natGateway ID '${nat}' does not exist`;
    cloud.require(['aws_nat_gateway'], nat, 'InvalidNatGatewayID.NotFound', message);
  }
}

/** Refuses a route to a gateway for addresses inside the VPC, and one for the whole VPC, which the table has already. */
function checkOutside(cloud: Cloud, table: CloudObject, route: Attributes): void {
  const local = parseNetwork(
    text(requireVpc(cloud, text(table.attributes, 'vpc_id')).attributes, 'cidr_block'),
  );
  const destination = parseNetwork(destinationOf(route));
  const inside = local !== undefined && destination !== undefined && contains(local, destination);
  if (!inside || text(route, 'gateway_id') === 'local') return;
  throw invalidParameter(
    `The destination CIDR block ${destinationOf(route)} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
  );
}

export function destinationOf(route: Attributes): string {
  const names = [
    'destination_cidr_block',
    'cidr_block',
    'destination_ipv6_cidr_block',
    'ipv6_cidr_block',
    'destination_prefix_list_id',
  ];
  return names.map((name) => text(route, name)).find((destination) => destination !== '') ?? '';
}

export function checkDestination(cloud: Cloud, table: CloudObject, destination: string): void {
  const network = parseNetwork(destination);
  if (network !== undefined && format(network) !== destination) {
    throw invalidParameter(`The destination CIDR block ${destination} is not valid`);
  }
  const local = text(requireVpc(cloud, text(table.attributes, 'vpc_id')).attributes, 'cidr_block');
  const taken = [
    local,
    ...inlineRoutes(table).map(destinationOf),
    ...routesOf(cloud, table.id).map(({ attributes }) => destinationOf(attributes)),
  ];
  if (taken.includes(destination)) {
    throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
  }
}

export function inlineRoutes(table: CloudObject): readonly Attributes[] {
  return objects(table.attributes, 'route');
}

export function routesOf(cloud: Cloud, table: string): readonly CloudObject[] {
  return cloud.all('aws_route').filter(({ attributes }) => text(attributes, 'route_table_id') === table);
}

export function checkInline(cloud: Cloud, table: CloudObject): void {
  const destinations = inlineRoutes(table).map(destinationOf);
  inlineRoutes(table).forEach((route, index) => {
    const destination = destinations[index] ?? '';
    const subject = `creating Route in Route Table (${table.id}) with destination (${destination})`;
    inStep({ subject, action: 'CreateRoute' }, () => {
      if (destinations.indexOf(destination) !== index)
        throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
      checkTarget(cloud, table, route);
    });
  });
}

/** A route resource in the form of an inline route of its table. */
export function asInline(attributes: Attributes): Attributes {
  const from: Record<string, string> = {
    cidr_block: 'destination_cidr_block',
    ipv6_cidr_block: 'destination_ipv6_cidr_block',
  };
  return Object.fromEntries(ROUTE_MEMBERS.map((name) => [name, text(attributes, from[name] ?? name)]));
}
