import { type Attributes, filled, text, texts } from '../provider/attributes';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { requireVpc } from './network';
import type { Rules } from './rules';
import { requireTransitGateway } from './transit-gateways';
import { detach, type TableUse, useDefault, usesDefault } from './transit-route-tables';

const TYPE = 'aws_ec2_transit_gateway_vpc_attachment';

/** The arguments by which an attachment uses the default table of its gateway. */
const DEFAULT_USES: readonly (readonly [argument: string, use: TableUse])[] = [
  ['transit_gateway_default_route_table_association', 'association'],
  ['transit_gateway_default_route_table_propagation', 'propagation'],
];

/** The subnets must be those of the VPC, one in each zone. AWS reports a subnet of another VPC as missing (seen in a real account). */
function checkSubnets(cloud: Cloud, request: Attributes): void {
  const vpc = text(request, 'vpc_id');
  const zones = new Set<string>();
  for (const id of texts(request, 'subnet_ids')) {
    const subnet = cloud.find('aws_subnet', id);
    if (subnet === undefined || text(subnet.attributes, 'vpc_id') !== vpc)
      throw new AwsError(
        'InvalidSubnetID.NotFound',
        `Subnet ${id} was deleted or does not exist.`,
        subnet && `It is in another VPC than ${vpc}.`,
      );
    const zone = text(subnet.attributes, 'availability_zone');
    if (zones.has(zone))
      throw new AwsError('DuplicateSubnetsInSameZone', 'Duplicate Subnets for same AZ', `It is ${zone}.`);
    zones.add(zone);
  }
}

function checkFree(cloud: Cloud, gateway: string, vpc: string): void {
  const other = cloud
    .all(TYPE)
    .find(
      ({ attributes }) =>
        text(attributes, 'transit_gateway_id') === gateway && text(attributes, 'vpc_id') === vpc,
    );
  if (other === undefined) return;
  throw new AwsError(
    'DuplicateTransitGatewayAttachment',
    `${gateway} has non-deleted Transit Gateway Attachments with same VPC ID.`,
    `It is ${other.id}.`,
  );
}

/** The attributes to store: whether default tables are used is in the associations and propagations. */
function withoutUses(attributes: Attributes): Attributes {
  return { ...attributes, ...Object.fromEntries(DEFAULT_USES.map(([argument]) => [argument, null])) };
}

/** Begins and ends the uses of the default tables that a request names. */
function applyUses(cloud: Cloud, { id, attributes }: CloudObject, request: Attributes): void {
  for (const [argument, use] of DEFAULT_USES) {
    const isUsed = request[argument];
    if (typeof isUsed === 'boolean')
      useDefault(cloud, use, text(attributes, 'transit_gateway_id'), id, isUsed);
  }
}

/** The attachment of a VPC to a transit gateway. Its deletion leaves routes of the VPC to the gateway as black holes. */
export const vpcAttachment: Rules = {
  noun: 'EC2 Transit Gateway VPC Attachment',
  service: 'EC2',
  actions: {
    create: 'CreateTransitGatewayVpcAttachment',
    update: 'ModifyTransitGatewayVpcAttachment',
    delete: 'DeleteTransitGatewayVpcAttachment',
  },
  create(cloud, request) {
    const gateway = requireTransitGateway(cloud, text(request, 'transit_gateway_id'));
    const vpc = requireVpc(cloud, text(request, 'vpc_id'));
    checkSubnets(cloud, request);
    checkFree(cloud, gateway.id, vpc.id);
    const id = cloud.newId('tgw-attach', request);
    const attributes = filled(withoutUses(request), {
      arn: cloud.arn('ec2', `transit-gateway-attachment/${id}`),
      // The attachment's own default: that of the gateway is another one (seen in a real account).
      security_group_referencing_support: 'enable',
      vpc_owner_id: cloud.account,
    });
    return { id, attributes };
  },
  /** AWS uses the default tables that the gateway has; then the provider does what the arguments say. */
  finish(cloud, created, request) {
    for (const [, use] of DEFAULT_USES)
      useDefault(cloud, use, text(request, 'transit_gateway_id'), created.id, true);
    applyUses(cloud, created, request);
    return created.attributes;
  },
  identity: ['transit_gateway_id', 'vpc_id'],
  update(cloud, before, request) {
    checkSubnets(cloud, request);
    applyUses(cloud, before, request);
    return withoutUses(request);
  },
  derive(cloud, { id, attributes }) {
    const gateway = text(attributes, 'transit_gateway_id');
    return Object.fromEntries(
      DEFAULT_USES.map(([argument, use]) => [argument, usesDefault(cloud, use, gateway, id)]),
    );
  },
  remove: (cloud, { id }) => detach(cloud, id),
};
