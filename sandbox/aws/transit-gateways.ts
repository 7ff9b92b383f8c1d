import { type Attributes, filled, flag, number, text } from '../provider/attributes';
import { AwsError, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { QUOTAS } from './quotas';
import type { Rules } from './rules';

export const TRANSIT_ROUTE_TABLE = 'aws_ec2_transit_gateway_route_table';

/** The type of the table that AWS makes with a gateway. It becomes a {@link TRANSIT_ROUTE_TABLE} when Terraform adopts it. */
export const DEFAULT_TRANSIT_TABLE = 'aws_ec2_transit_gateway_default_route_table';

const DEFAULT_ASN = 64512;

/** The two tables that new attachments are given by default, by the option that switches them. */
const DEFAULT_TABLES = [
  ['default_route_table_association', 'association_default_route_table_id'],
  ['default_route_table_propagation', 'propagation_default_route_table_id'],
] as const;

export function requireTransitGateway(cloud: Cloud, id: string): CloudObject {
  const message = `Transit Gateway ${id} was deleted or does not exist.`;
  return cloud.require(['aws_ec2_transit_gateway'], id, 'InvalidTransitGatewayID.NotFound', message);
}

/** A connection of a transit gateway with a VPC or a VPN. */
export interface TransitAttachment {
  readonly id: string;
  readonly gateway: string;
  readonly resourceId: string;
  readonly resourceType: 'vpc' | 'vpn';
}

/** The attachments of all transit gateways. That of a VPN has no resource of its own: it comes and goes with the connection. */
export function transitAttachments(cloud: Cloud): readonly TransitAttachment[] {
  const vpcs = cloud.all('aws_ec2_transit_gateway_vpc_attachment').map(
    ({ id, attributes }): TransitAttachment => ({
      id,
      gateway: text(attributes, 'transit_gateway_id'),
      resourceId: text(attributes, 'vpc_id'),
      resourceType: 'vpc',
    }),
  );
  const vpns = cloud.all('aws_vpn_connection').map(
    ({ id, attributes }): TransitAttachment => ({
      id: text(attributes, 'transit_gateway_attachment_id'),
      gateway: text(attributes, 'transit_gateway_id'),
      resourceId: id,
      resourceType: 'vpn',
    }),
  );
  return [...vpcs, ...vpns.filter(({ id }) => id !== '')];
}

function isPrivateAsn(asn: number): boolean {
  return (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
}

/** The provider leaves the range of the ASN to EC2. The text of the refusal is inferred. */
function checkAsn(request: Attributes): void {
  const asn = number(request, 'amazon_side_asn') ?? DEFAULT_ASN;
  if (isPrivateAsn(asn)) return;
  throw invalidParameter(`Value (${asn}) for parameter AmazonSideAsn is invalid. It must be a private ASN.`);
}

/**
 * Refuses a new ASN while a VPN speaks BGP with the old one: "You must first delete all transit gateway attachments that have BGP
 * configured prior to modifying the ASN" (EC2 API reference, ModifyTransitGatewayOptions). The code and text are inferred.
 */
function checkAsnChange(cloud: Cloud, before: CloudObject, request: Attributes): void {
  if (number(request, 'amazon_side_asn') === number(before.attributes, 'amazon_side_asn')) return;
  checkAsn(request);
  const speaking = cloud
    .all('aws_vpn_connection')
    .filter(({ attributes }) => text(attributes, 'transit_gateway_id') === before.id)
    .filter(({ attributes }) => !flag(attributes, 'static_routes_only'))
    .map(({ attributes }) => text(attributes, 'transit_gateway_attachment_id'));
  if (speaking.length === 0) return;
  throw new AwsError('IncorrectState', `${before.id} has attachments with BGP: ${speaking.join(', ')}.`);
}

/** Makes the table that AWS makes with a gateway whose new attachments get one. It is the table of both defaults. */
function withDefaultTable(cloud: Cloud, id: string, attributes: Attributes): Attributes {
  const switchedOn = DEFAULT_TABLES.filter(([option]) => text(attributes, option) === 'enable');
  const off = { association_default_route_table_id: '', propagation_default_route_table_id: '' };
  if (switchedOn.length === 0) return { ...attributes, ...off };
  const table = cloud.newId('tgw-rtb', { transit_gateway_id: id });
  cloud.put(DEFAULT_TRANSIT_TABLE, table, {
    id: table,
    arn: cloud.arn('ec2', `transit-gateway-route-table/${table}`),
    transit_gateway_id: id,
    tags: {},
    tags_all: {},
  });
  return { ...attributes, ...off, ...Object.fromEntries(switchedOn.map(([, name]) => [name, table])) };
}

export const transitGateway: Rules = {
  noun: 'EC2 Transit Gateway',
  service: 'EC2',
  actions: {
    create: 'CreateTransitGateway',
    update: 'ModifyTransitGateway',
    delete: 'DeleteTransitGateway',
  },
  create(cloud, request) {
    checkAsn(request);
    // The code is that of AWS's own resource handler for CloudFormation; the text is inferred.
    if (cloud.all('aws_ec2_transit_gateway').length >= QUOTAS.transitGateways)
      throw new AwsError(
        'TransitGatewayLimitExceeded',
        `The maximum number of transit gateways has been reached (${QUOTAS.transitGateways}).`,
      );
    const id = cloud.newId('tgw', request);
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `transit-gateway/${id}`),
      owner_id: cloud.account,
    });
    return { id, attributes: withDefaultTable(cloud, id, attributes) };
  },
  identity: ['amazon_side_asn', 'description'],
  /** A default that is switched off leaves its table, and the associations that there are. */
  update(cloud, before, request) {
    checkAsnChange(cloud, before, request);
    const off = DEFAULT_TABLES.filter(([option]) => text(request, option) === 'disable');
    return { ...request, ...Object.fromEntries(off.map(([, table]) => [table, ''])) };
  },
  /** Its route tables go with it; attachments must be deleted before. */
  remove(cloud, { id }) {
    for (const [kind, noun] of [
      ['vpc', 'VPC'],
      ['vpn', 'VPN'],
    ]) {
      const attached = transitAttachments(cloud).filter(
        ({ gateway, resourceType }) => gateway === id && resourceType === kind,
      );
      if (attached.length > 0)
        throw new AwsError(
          'IncorrectState',
          `${id} has non-deleted ${noun} Attachments: ${attached.map((one) => one.id).join(', ')}.`,
        );
    }
    for (const table of tablesOf(cloud, id)) removeTable(cloud, table.id);
  },
};

export function tablesOf(cloud: Cloud, gateway: string): readonly CloudObject[] {
  return cloud
    .all(TRANSIT_ROUTE_TABLE, DEFAULT_TRANSIT_TABLE)
    .filter(({ attributes }) => text(attributes, 'transit_gateway_id') === gateway);
}

/** Removes a route table with its routes and propagations. */
export function removeTable(cloud: Cloud, id: string): void {
  const parts = cloud.all('aws_ec2_transit_gateway_route', 'aws_ec2_transit_gateway_route_table_propagation');
  for (const part of parts) {
    if (text(part.attributes, 'transit_gateway_route_table_id') === id) cloud.remove(part.type, part.id);
  }
  for (const type of [TRANSIT_ROUTE_TABLE, DEFAULT_TRANSIT_TABLE]) cloud.remove(type, id);
}
