import { type Attributes, filled, objects, text, texts } from './attributes';
import { AwsError, dependencyViolation, invalidParameter } from './aws-error';
import { format, parseNetwork } from './cidr';
import type { Cloud, CloudObject } from './cloud';
import { crc32 } from './derived';
import { requireSubnet, requireVpc } from './network';
import type { Rules } from './rules';
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

function requireTable(cloud: Cloud, id: string): CloudObject {
  const message = `The routeTable ID '${id}' does not exist`;
  return cloud.require(['aws_route_table', DEFAULT_ROUTE_TABLE], id, 'InvalidRouteTableID.NotFound', message);
}

function requireGateway(cloud: Cloud, id: string): CloudObject {
  const type = id.startsWith('vgw-') ? 'aws_vpn_gateway' : 'aws_internet_gateway';
  return cloud.require([type], id, 'InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);
}

/** The VPC that a gateway is attached to, also by an attachment resource. */
export function attachedVpc(cloud: Cloud, gateway: CloudObject): string {
  const attachment = cloud
    .all('aws_vpn_gateway_attachment')
    .find(({ attributes }) => text(attributes, 'vpn_gateway_id') === gateway.id);
  return text(attachment?.attributes ?? gateway.attributes, 'vpc_id');
}

/** Checks the target of a route of a table. */
function checkTarget(cloud: Cloud, table: CloudObject, route: Attributes): void {
  const gateway = text(route, 'gateway_id');
  if (gateway !== '' && gateway !== 'local') {
    const object = requireGateway(cloud, gateway);
    if (attachedVpc(cloud, object) !== text(table.attributes, 'vpc_id')) {
      throw invalidParameter(
        `route table ${table.id} and network gateway ${gateway} belong to different networks`,
      );
    }
  }
  const nat = text(route, 'nat_gateway_id');
  if (nat !== '') {
    const message = `The natGateway ID '${nat}' does not exist`;
    cloud.require(['aws_nat_gateway'], nat, 'InvalidNatGatewayID.NotFound', message);
  }
}

function destinationOf(route: Attributes): string {
  const names = [
    'destination_cidr_block',
    'cidr_block',
    'destination_ipv6_cidr_block',
    'ipv6_cidr_block',
    'destination_prefix_list_id',
  ];
  return names.map((name) => text(route, name)).find((destination) => destination !== '') ?? '';
}

function checkDestination(cloud: Cloud, table: CloudObject, destination: string): void {
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

function inlineRoutes(table: CloudObject): readonly Attributes[] {
  return objects(table.attributes, 'route');
}

function routesOf(cloud: Cloud, table: string): readonly CloudObject[] {
  return cloud.all('aws_route').filter(({ attributes }) => text(attributes, 'route_table_id') === table);
}

function checkInline(cloud: Cloud, table: CloudObject): void {
  const destinations = inlineRoutes(table).map(destinationOf);
  destinations.forEach((destination, index) => {
    if (destinations.indexOf(destination) === index) return;
    throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
  });
  for (const route of inlineRoutes(table)) checkTarget(cloud, table, route);
}

/** A route resource as it shows among the routes of its table. */
function asInline(attributes: Attributes): Attributes {
  const from: Record<string, string> = {
    cidr_block: 'destination_cidr_block',
    ipv6_cidr_block: 'destination_ipv6_cidr_block',
  };
  return Object.fromEntries(ROUTE_MEMBERS.map((name) => [name, text(attributes, from[name] ?? name)]));
}

export const routeTable: Rules = {
  noun: 'EC2 Route Table',
  service: 'EC2',
  create(cloud, request) {
    requireVpc(cloud, text(request, 'vpc_id'));
    const id = cloud.newId('rtb', request);
    const arn = cloud.arn('ec2', `route-table/${id}`);
    const attributes = filled(request, { arn, owner_id: cloud.account, route: [], propagating_vgws: [] });
    checkInline(cloud, { type: 'aws_route_table', id, region: cloud.region, attributes });
    return { id, attributes };
  },
  update(cloud, before, request) {
    checkInline(cloud, { ...before, attributes: request });
    return request;
  },
  remove(cloud, { id }) {
    const used = cloud
      .all('aws_route_table_association', 'aws_main_route_table_association')
      .some(({ attributes }) => text(attributes, 'route_table_id') === id);
    if (used) throw dependencyViolation(`The routeTable '${id}' has dependencies and cannot be deleted.`);
  },
  derive(cloud, table) {
    const propagating = cloud
      .all('aws_vpn_gateway_route_propagation')
      .filter(({ attributes }) => text(attributes, 'route_table_id') === table.id)
      .map(({ attributes }) => text(attributes, 'vpn_gateway_id'));
    return {
      route: [
        ...inlineRoutes(table),
        ...routesOf(cloud, table.id).map(({ attributes }) => asInline(attributes)),
      ],
      propagating_vgws: [...new Set([...texts(table.attributes, 'propagating_vgws'), ...propagating])],
    };
  },
};

export const route: Rules = {
  noun: 'Route',
  service: 'EC2',
  actions: { update: 'ReplaceRoute' },
  create(cloud, request) {
    const table = requireTable(cloud, text(request, 'route_table_id'));
    const destination = destinationOf(request);
    checkDestination(cloud, table, destination);
    checkTarget(cloud, table, request);
    const id = `r-${table.id}${crc32(destination)}`;
    const answer = {
      instance_id: '',
      instance_owner_id: '',
      network_interface_id: '',
      origin: 'CreateRoute',
      state: 'active',
    };
    return { id, attributes: filled(request, answer) };
  },
  update(cloud, _before, request) {
    checkTarget(cloud, requireTable(cloud, text(request, 'route_table_id')), request);
    return request;
  },
  imported(_cloud, id) {
    const [table = '', destination = ''] = id.split('_');
    return `r-${table}${crc32(destination)}`;
  },
};

export const routeTableAssociation: Rules = {
  noun: 'EC2 Route Table Association',
  service: 'EC2',
  actions: {
    create: 'AssociateRouteTable',
    update: 'ReplaceRouteTableAssociation',
    delete: 'DisassociateRouteTable',
  },
  create(cloud, request) {
    const [subnet, gateway] = [text(request, 'subnet_id'), text(request, 'gateway_id')];
    const end = subnet === '' ? requireGateway(cloud, gateway) : requireSubnet(cloud, subnet);
    checkSameVpc(cloud, text(request, 'route_table_id'), end);
    const taken = cloud
      .all('aws_route_table_association')
      .some(
        ({ attributes }) =>
          text(attributes, 'subnet_id') === subnet && text(attributes, 'gateway_id') === gateway,
      );
    if (taken) {
      const message = `the specified association for route table ${text(request, 'route_table_id')} conflicts with an existing association`;
      throw new AwsError('Resource.AlreadyAssociated', message);
    }
    return { id: cloud.newId('rtbassoc', request), attributes: request };
  },
  update(cloud, _before, request) {
    checkSameVpc(cloud, text(request, 'route_table_id'), requireSubnet(cloud, text(request, 'subnet_id')));
    return request;
  },
  imported(cloud, id) {
    const [end = '', table = ''] = id.split('/');
    return cloud
      .all('aws_route_table_association')
      .find(
        ({ attributes }) =>
          text(attributes, 'route_table_id') === table &&
          [text(attributes, 'subnet_id'), text(attributes, 'gateway_id')].includes(end),
      )?.id;
  },
};

function checkSameVpc(cloud: Cloud, tableId: string, end: CloudObject): void {
  const table = requireTable(cloud, tableId);
  const vpc = end.type === 'aws_subnet' ? text(end.attributes, 'vpc_id') : attachedVpc(cloud, end);
  if (text(table.attributes, 'vpc_id') === vpc) return;
  throw invalidParameter(
    `route table ${tableId} and ${end.type === 'aws_subnet' ? 'subnet' : 'gateway'} ${end.id} belong to different networks`,
  );
}

export const mainRouteTableAssociation: Rules = {
  noun: 'EC2 Main Route Table Association',
  service: 'EC2',
  actions: {
    create: 'ReplaceRouteTableAssociation',
    update: 'ReplaceRouteTableAssociation',
    delete: 'ReplaceRouteTableAssociation',
  },
  create(cloud, request) {
    const vpc = requireVpc(cloud, text(request, 'vpc_id'));
    requireTable(cloud, text(request, 'route_table_id'));
    const before = cloud
      .all('aws_main_route_table_association')
      .filter(({ attributes }) => text(attributes, 'vpc_id') === vpc.id)
      .at(-1);
    const original = before?.attributes.route_table_id ?? vpc.attributes.default_route_table_id ?? '';
    return {
      id: cloud.newId('rtbassoc', request),
      attributes: filled(request, { original_route_table_id: original }),
    };
  },
  update(cloud, _before, request) {
    requireTable(cloud, text(request, 'route_table_id'));
    return request;
  },
  remove(cloud, object) {
    requireTable(cloud, text(object.attributes, 'original_route_table_id'));
  },
};

export const routePropagation: Rules = {
  noun: 'EC2 VPN Gateway Route Propagation',
  service: 'EC2',
  actions: { create: 'EnableVgwRoutePropagation', delete: 'DisableVgwRoutePropagation' },
  create(cloud, request) {
    const table = requireTable(cloud, text(request, 'route_table_id'));
    const gateway = text(request, 'vpn_gateway_id');
    const object = requireGateway(cloud, gateway);
    if (attachedVpc(cloud, object) !== text(table.attributes, 'vpc_id')) {
      throw new AwsError(
        'Gateway.NotAttached',
        `resource ${gateway} is not attached to the VPC of route table ${table.id}`,
      );
    }
    return { id: `${gateway}_${table.id}`, attributes: request };
  },
};
