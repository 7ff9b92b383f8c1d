import { isIPv4 } from 'node:net';
import { type Attributes, objects, text } from '../provider/attributes';
import { prefixOf } from './address-prefixes';
import { AzureError, inferred } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import { inlineElements, type Rules } from './rules';
import { usesAssociation } from './used-by';

const ROUTE = 'azurerm_route';
const TABLE = 'azurerm_route_table';
const ASSOCIATION = 'azurerm_subnet_route_table_association';
const MEMBERS = ['name', 'address_prefix', 'next_hop_type', 'next_hop_in_ip_address'] as const;

function routesOf(cloud: Cloud, table: string): readonly CloudObject[] {
  const prefix = `${table}/routes/`.toLowerCase();
  return cloud.all(ROUTE).filter(({ id }) => id.toLowerCase().startsWith(prefix));
}

/** Whether it is the name of a service tag, such as `Storage.WestEurope`, which a route takes in place of a prefix. */
function isServiceTag(prefix: string): boolean {
  return /^[A-Za-z][A-Za-z0-9.]*$/.test(prefix);
}

/** @throws {@link AzureError} if the route is wrong by itself, or has the prefix of another one of its table */
function checkRoute(route: Attributes, id: string, others: readonly Attributes[]): void {
  const prefix = text(route, 'address_prefix');
  const hop = text(route, 'next_hop_in_ip_address');
  const isAppliance = text(route, 'next_hop_type') === 'VirtualAppliance';
  if (!isServiceTag(prefix)) prefixOf(prefix, id);
  if (isAppliance && !isIPv4(hop))
    throw inferred(
      'RouteNextHopIpAddressRequired',
      `Next hop IP address must be specified for route ${id} whose next hop type is VirtualAppliance.`,
    );
  if (!isAppliance && hop !== '')
    throw inferred(
      'RouteNextHopIpAddressNotAllowed',
      `Next hop IP address is only allowed for route ${id} if its next hop type is VirtualAppliance.`,
    );
  const clashing = others.find(
    (other) => text(other, 'address_prefix') === prefix && !isSame(text(other, 'name'), text(route, 'name')),
  );
  if (clashing !== undefined)
    throw inferred(
      'RouteConflict',
      `Route ${text(route, 'name')} conflicts with route ${text(clashing, 'name')}. Routes cannot have the same AddressPrefix.`,
    );
}

function setRoutes(cloud: Cloud, table: Attributes, id: string, routes: readonly Attributes[]): void {
  const idOf = (route: Attributes) => `${id}/routes/${text(route, 'name')}`;
  for (const [index, route] of routes.entries()) checkRoute(route, idOf(route), routes.slice(0, index));
  for (const old of routesOf(cloud, id)) cloud.remove(old);
  for (const route of routes)
    cloud.put(ROUTE, idOf(route), {
      ...route,
      resource_group_name: text(table, 'resource_group_name'),
      route_table_name: text(table, 'name'),
    });
}

export const routeTable: Rules = {
  form: ID_FORMS[TABLE],
  id: (cloud, request) => cloud.id(TABLE, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[TABLE], request);
    const { route: _, subnets: __, ...own } = request;
    setRoutes(cloud, own, id, objects(request, 'route'));
    return own;
  },
  update(cloud, { id }, request, prior) {
    const { route: _, subnets: __, ...own } = request;
    const inline = inlineElements(request, prior, 'route');
    if (inline !== undefined) setRoutes(cloud, own, id, inline);
    return own;
  },
  remove(cloud, { id, attributes }) {
    if (usesAssociation(cloud, ASSOCIATION, 'route_table_id', id).length > 0)
      throw new AzureError(
        'InUseRouteTableCannotBeDeleted',
        `Route table ${text(attributes, 'name')} is in use and cannot be deleted.`,
      );
    for (const route of routesOf(cloud, id)) cloud.remove(route);
  },
  derive: (cloud, { id }) => ({
    route: routesOf(cloud, id).map(({ attributes }) =>
      Object.fromEntries(MEMBERS.map((member) => [member, attributes[member] ?? null])),
    ),
    subnets: usesAssociation(cloud, ASSOCIATION, 'route_table_id', id),
  }),
};

export const route: Rules = {
  form: ID_FORMS[ROUTE],
  id: (cloud, request) =>
    cloud.id(
      ROUTE,
      text(request, 'resource_group_name'),
      text(request, 'route_table_name'),
      text(request, 'name'),
    ),
  create(cloud, request, id) {
    const [group, name] = [text(request, 'resource_group_name'), text(request, 'route_table_name')];
    const table = cloud.requireParent(TABLE, ROUTE, group, name);
    checkRoute(
      request,
      id,
      routesOf(cloud, table.id).map(({ attributes }) => attributes),
    );
    return request;
  },
  update(cloud, before, request) {
    const table = before.id.replace(/\/routes\/[^/]+$/i, '');
    checkRoute(
      request,
      before.id,
      routesOf(cloud, table).map(({ attributes }) => attributes),
    );
    return request;
  },
};
