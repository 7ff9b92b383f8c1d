import { type Attributes, flag, text } from '../provider/attributes';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { namedCreation } from './named-creation';
import { QUOTAS } from './quotas';
import type { Created, Rules } from './rules';
import {
  DEFAULT_TRANSIT_TABLE,
  removeTable,
  requireTransitGateway,
  TRANSIT_ROUTE_TABLE,
  type TransitAttachment,
  tablesOf,
  transitAttachments,
} from './transit-gateways';

const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';

export function requireTransitTable(cloud: Cloud, id: string): CloudObject {
  const message = `Transit Gateway Route Table ${id} was deleted or does not exist.`;
  const types = [TRANSIT_ROUTE_TABLE, DEFAULT_TRANSIT_TABLE];
  return cloud.require(types, id, 'InvalidRouteTableID.NotFound', message);
}

/** An attachment of the gateway of a table. To AWS, that of another gateway does not exist (seen in a real account). */
export function requireAttachment(cloud: Cloud, table: CloudObject, id: string): TransitAttachment {
  const gateway = text(table.attributes, 'transit_gateway_id');
  const found = transitAttachments(cloud).find((one) => one.id === id && one.gateway === gateway);
  if (found !== undefined) return found;
  const message = `Transit Gateway Attachment ${id} was deleted or does not exist.`;
  throw new AwsError('InvalidTransitGatewayAttachmentID.NotFound', message);
}

function linksOf(cloud: Cloud, type: string, attachment: string): readonly CloudObject[] {
  return cloud
    .all(type)
    .filter(({ attributes }) => text(attributes, 'transit_gateway_attachment_id') === attachment);
}

/** For which uses a table is the default of its gateway. */
export function defaultsOf(cloud: Cloud, { id, attributes }: CloudObject): Attributes {
  const gateway = cloud.find('aws_ec2_transit_gateway', text(attributes, 'transit_gateway_id'));
  const isDefault = (name: string) => text(gateway?.attributes ?? {}, name) === id;
  return {
    default_association_route_table: isDefault('association_default_route_table_id'),
    default_propagation_route_table: isDefault('propagation_default_route_table_id'),
  };
}

export const transitRouteTable: Rules = {
  noun: 'EC2 Transit Gateway Route Table',
  service: 'EC2',
  actions: { create: 'CreateTransitGatewayRouteTable', delete: 'DeleteTransitGatewayRouteTable' },
  create(cloud, request) {
    const gateway = requireTransitGateway(cloud, text(request, 'transit_gateway_id'));
    // The code and text are inferred.
    if (tablesOf(cloud, gateway.id).length >= QUOTAS.routeTablesPerTransitGateway)
      throw new AwsError(
        'TransitGatewayRouteTableLimitExceeded',
        `The maximum number of route tables of ${gateway.id} has been reached (${QUOTAS.routeTablesPerTransitGateway}).`,
      );
    const id = cloud.newId('tgw-rtb', request);
    return { id, attributes: { ...request, arn: cloud.arn('ec2', `transit-gateway-route-table/${id}`) } };
  },
  identity: ['transit_gateway_id'],
  found(cloud, id) {
    const table = cloud.find(DEFAULT_TRANSIT_TABLE, id);
    if (table === undefined) return undefined;
    cloud.remove(table.type, id);
    cloud.put(TRANSIT_ROUTE_TABLE, id, table.attributes);
    return id;
  },
  derive: defaultsOf,
  /** Both refusals were seen in a real account; AWS names the default association for a default propagation too. */
  remove(cloud, { id, attributes }) {
    const gateway = cloud.find('aws_ec2_transit_gateway', text(attributes, 'transit_gateway_id'));
    const defaults = ['association_default_route_table_id', 'propagation_default_route_table_id'];
    if (gateway !== undefined && defaults.some((name) => text(gateway.attributes, name) === id))
      throw new AwsError(
        'IncorrectState',
        `${id} is set as default association route table for ${gateway.id}`,
      );
    const associated = cloud
      .all(ASSOCIATION)
      .some((association) => text(association.attributes, 'transit_gateway_route_table_id') === id);
    if (associated) throw new AwsError('IncorrectState', `${id} has associated attachments`);
    removeTable(cloud, id);
  },
};

function endsOf(request: Attributes): readonly [table: string, attachment: string] {
  return [text(request, 'transit_gateway_route_table_id'), text(request, 'transit_gateway_attachment_id')];
}

function linkId(request: Attributes): string {
  return endsOf(request).join('_');
}

/** An association or propagation, whose id is that of the provider. */
function linked(cloud: Cloud, table: string, attachment: string): Created {
  const { resourceId, resourceType } = requireAttachment(
    cloud,
    requireTransitTable(cloud, table),
    attachment,
  );
  return {
    id: `${table}_${attachment}`,
    attributes: {
      transit_gateway_route_table_id: table,
      transit_gateway_attachment_id: attachment,
      resource_id: resourceId,
      resource_type: resourceType,
    },
  };
}

function association(cloud: Cloud, table: string, attachment: string): Created {
  const created = linked(cloud, table, attachment);
  if (linksOf(cloud, ASSOCIATION, attachment).length > 0)
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `Transit Gateway Attachment ${attachment} is already associated to a route table.`,
    );
  return created;
}

function propagation(cloud: Cloud, table: string, attachment: string): Created {
  const created = linked(cloud, table, attachment);
  if (cloud.find(PROPAGATION, created.id) !== undefined)
    throw new AwsError(
      'TransitGatewayRouteTablePropagation.Duplicate',
      `Propagation ${attachment} already exists in Transit Gateway Route Table ${table}.`,
    );
  return created;
}

/** Which table an attachment asks; it has one. */
export const transitAssociation: Rules = namedCreation(
  {
    noun: 'EC2 Transit Gateway Route Table Association',
    service: 'EC2',
    actions: { create: 'AssociateTransitGatewayRouteTable', delete: 'DisassociateTransitGatewayRouteTable' },
    create(cloud, request) {
      const [table, attachment] = endsOf(request);
      const created = linked(cloud, table, attachment);
      if (flag(request, 'replace_existing_association')) disassociate(cloud, attachment);
      association(cloud, table, attachment);
      return { ...created, attributes: { ...request, ...created.attributes } };
    },
  },
  linkId,
);

/** In which tables the networks behind an attachment are. */
export const transitPropagation: Rules = namedCreation(
  {
    noun: 'EC2 Transit Gateway Route Table Propagation',
    service: 'EC2',
    actions: {
      create: 'EnableTransitGatewayRouteTablePropagation',
      delete: 'DisableTransitGatewayRouteTablePropagation',
    },
    create: (cloud, request) => propagation(cloud, ...endsOf(request)),
  },
  linkId,
);

function disassociate(cloud: Cloud, attachment: string): void {
  for (const { type, id } of linksOf(cloud, ASSOCIATION, attachment)) cloud.remove(type, id);
}

function store(cloud: Cloud, type: string, { id, attributes }: Created): void {
  cloud.put(type, id, { ...attributes, id });
}

/** The ways in which an attachment uses a default table of its gateway: the gateway's attribute, and how it begins. */
const USES = {
  association: ['association_default_route_table_id', ASSOCIATION, association],
  propagation: ['propagation_default_route_table_id', PROPAGATION, propagation],
} as const;

export type TableUse = keyof typeof USES;

/** Whether an attachment is associated with the default table of its gateway, or propagates into it. */
export function usesDefault(cloud: Cloud, use: TableUse, gateway: string, attachment: string): boolean {
  const [name, type] = USES[use];
  const table = text(cloud.find('aws_ec2_transit_gateway', gateway)?.attributes ?? {}, name);
  return table !== '' && cloud.find(type, `${table}_${attachment}`) !== undefined;
}

/** Begins or ends the use of the default table. Without such a table, nothing happens. */
export function useDefault(
  cloud: Cloud,
  use: TableUse,
  gateway: string,
  attachment: string,
  isUsed: boolean,
): void {
  const [name, type, begin] = USES[use];
  const table = text(requireTransitGateway(cloud, gateway).attributes, name);
  if (table === '' || usesDefault(cloud, use, gateway, attachment) === isUsed) return;
  if (isUsed) store(cloud, type, begin(cloud, table, attachment));
  else cloud.remove(type, `${table}_${attachment}`);
}

/** Removes what goes with an attachment: its association and its propagations. Static routes to it stay, and lead nowhere. */
export function detach(cloud: Cloud, attachment: string): void {
  for (const type of [ASSOCIATION, PROPAGATION]) {
    for (const { id } of linksOf(cloud, type, attachment)) cloud.remove(type, id);
  }
}
