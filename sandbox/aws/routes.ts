import { type Attributes, filled, objects, text, texts } from '../provider/attributes';
import { AwsError, dependencyViolation, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { importedAssociation, importedRoute, routeId } from './import-ids';
import { removeParts, requireSubnet, requireVpc } from './network';
import {
  asInline,
  attachedVpc,
  checkDestination,
  checkInline,
  checkTarget,
  destinationOf,
  inlineRoutes,
  requireGateway,
  requireTable,
  routesOf,
} from './route-checks';
import type { Rules } from './rules';
import { reachesTransit } from './transit-routes';

export const routeTable: Rules = {
  noun: 'EC2 Route Table',
  service: 'EC2',
  create(cloud, request) {
    requireVpc(cloud, text(request, 'vpc_id'));
    const id = cloud.newId('rtb', request);
    const arn = cloud.arn('ec2', `route-table/${id}`);
    const attributes = filled(request, { arn, owner_id: cloud.account });
    return { id, attributes: { ...attributes, route: [], propagating_vgws: [] } };
  },
  finish(cloud, created, request) {
    const attributes = filled(
      {
        ...created.attributes,
        route: request.route ?? null,
        propagating_vgws: request.propagating_vgws ?? null,
      },
      { route: [], propagating_vgws: [] },
    );
    checkInline(cloud, { ...created, attributes });
    return attributes;
  },
  identity: ['vpc_id'],
  update(cloud, before, request) {
    checkInline(cloud, { ...before, attributes: request });
    return request;
  },
  remove(cloud, { id }) {
    const used = cloud
      .all('aws_route_table_association')
      .some(({ attributes }) => text(attributes, 'route_table_id') === id);
    const isMain = cloud.all('aws_vpc').some((vpc) => text(vpc.attributes, 'main_route_table_id') === id);
    if (used || isMain)
      throw dependencyViolation(`The routeTable '${id}' has dependencies and cannot be deleted.`);
    removeParts(cloud, 'route_table_id', id, 'aws_route', 'aws_vpn_gateway_route_propagation');
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
    const id = routeId(table.id, destination);
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
  derive(cloud, { attributes }) {
    const table = requireTable(cloud, text(attributes, 'route_table_id'));
    const reaches = reachesTransit(cloud, text(table.attributes, 'vpc_id'), attributes);
    return { state: reaches ? 'active' : 'blackhole' };
  },
  imported: importedRoute,
  found: separateRoute,
};

/**
 * Makes an object of its own of the route with this id, which is a block of its table. The cloud has no such difference, and the
 * table shows the route as before.
 */
function separateRoute(cloud: Cloud, id: string): string | undefined {
  for (const table of cloud.all('aws_route_table')) {
    const blocks = objects(table.attributes, 'route');
    const destination = (block: Attributes) => text(block, 'cidr_block');
    const block = blocks.find((one) => routeId(table.id, destination(one)) === id);
    if (block === undefined) continue;
    const rest = blocks.filter((one) => one !== block);
    cloud.put(table.type, table.id, { ...table.attributes, route: rest });
    const { cidr_block, ipv6_cidr_block: _, ...target } = block;
    cloud.put('aws_route', id, {
      id,
      route_table_id: table.id,
      destination_cidr_block: cidr_block ?? null,
      ...Object.fromEntries(
        Object.entries(target).map(([name, value]) => [name, value === '' ? null : value]),
      ),
      instance_id: '',
      instance_owner_id: '',
      network_interface_id: '',
      origin: 'CreateRoute',
      state: 'active',
    });
    return id;
  }
  return undefined;
}

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
  imported: importedAssociation,
};

function checkSameVpc(cloud: Cloud, tableId: string, end: CloudObject): void {
  const table = requireTable(cloud, tableId);
  const vpc = end.type === 'aws_subnet' ? text(end.attributes, 'vpc_id') : attachedVpc(cloud, end);
  if (text(table.attributes, 'vpc_id') === vpc) return;
  throw invalidParameter(
    `route table ${tableId} and ${end.type === 'aws_subnet' ? 'subnet' : 'gateway'} ${end.id} belong to different networks`,
  );
}

/** Makes a table the main one of a VPC. It stays that, whatever Terraform forgets, until another one is made the main one. */
function setMain(cloud: Cloud, vpc: CloudObject, table: string): void {
  cloud.put('aws_vpc', vpc.id, { ...vpc.attributes, main_route_table_id: table });
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
    const original = text(vpc.attributes, 'main_route_table_id');
    setMain(cloud, vpc, text(request, 'route_table_id'));
    return {
      id: cloud.newId('rtbassoc', request),
      attributes: filled(request, { original_route_table_id: original }),
    };
  },
  update(cloud, _before, request) {
    requireTable(cloud, text(request, 'route_table_id'));
    setMain(cloud, requireVpc(cloud, text(request, 'vpc_id')), text(request, 'route_table_id'));
    return request;
  },
  remove(cloud, { attributes }) {
    const original = text(attributes, 'original_route_table_id');
    requireTable(cloud, original);
    setMain(cloud, requireVpc(cloud, text(attributes, 'vpc_id')), original);
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
  // A gateway that a table names itself propagates as well.
  found(cloud, id) {
    const [gateway = '', tableId = ''] = id.split('_');
    const table = cloud.find('aws_route_table', tableId);
    const named = table === undefined ? [] : texts(table.attributes, 'propagating_vgws');
    if (table === undefined || !named.includes(gateway)) return undefined;
    const rest = named.filter((one) => one !== gateway);
    cloud.put(table.type, table.id, { ...table.attributes, propagating_vgws: rest });
    cloud.put('aws_vpn_gateway_route_propagation', id, {
      id,
      vpn_gateway_id: gateway,
      route_table_id: tableId,
    });
    return id;
  },
};
