import { type Attributes, flag, text } from '../provider/attributes';
import { AwsError } from './aws-error';
import type { Cloud } from './cloud';
import { namedCreation } from './named-creation';
import type { Rules } from './rules';
import { transitAttachments } from './transit-gateways';
import { requireAttachment, requireTransitTable } from './transit-route-tables';

/**
 * A static route of a transit gateway's route table.
 *
 * A route whose attachment is deleted stays as a black hole without attachment (seen in a real account), so that the next plan
 * replaces it, or fails where the attachment is no longer there.
 */
export const transitRoute: Rules = namedCreation(
  {
    noun: 'EC2 Transit Gateway Route',
    service: 'EC2',
    actions: { create: 'CreateTransitGatewayRoute', delete: 'DeleteTransitGatewayRoute' },
    create(cloud, request) {
      const table = requireTransitTable(cloud, text(request, 'transit_gateway_route_table_id'));
      const id = transitRouteId(request);
      if (cloud.find('aws_ec2_transit_gateway_route', id) !== undefined)
        throw new AwsError(
          'RouteAlreadyExists',
          `Route ${text(request, 'destination_cidr_block')} already exists in Transit Gateway Route Table ${table.id}.`,
        );
      if (flag(request, 'blackhole')) return { id, attributes: { ...request, ...BLACK_HOLE } };
      const attachment = text(request, 'transit_gateway_attachment_id');
      if (attachment === '')
        throw new AwsError(
          'MissingParameter',
          'Missing required parameter in request: TransitGatewayAttachmentId.',
        );
      requireAttachment(cloud, table, attachment);
      return { id, attributes: request };
    },
    derive: (cloud, { attributes }) => {
      const attachment = text(attributes, 'transit_gateway_attachment_id');
      return transitAttachments(cloud).some(({ id }) => id === attachment) ? {} : BLACK_HOLE;
    },
  },
  transitRouteId,
);

function transitRouteId(route: Attributes): string {
  return `${text(route, 'transit_gateway_route_table_id')}_${text(route, 'destination_cidr_block')}`;
}

const BLACK_HOLE: Attributes = { blackhole: true, transit_gateway_attachment_id: '' };

/** Whether the transit gateway that a route of a VPC names has an attachment of the VPC. Other routes need none. */
export function reachesTransit(cloud: Cloud, vpc: string, route: Attributes): boolean {
  const gateway = text(route, 'transit_gateway_id');
  if (gateway === '') return true;
  return transitAttachments(cloud).some((one) => one.resourceId === vpc && one.gateway === gateway);
}

/** Refuses a route of a VPC to a transit gateway without an attachment of the VPC: to AWS, such a gateway does not exist. */
export function checkTransitTarget(cloud: Cloud, vpc: string, route: Attributes): void {
  if (reachesTransit(cloud, vpc, route)) return;
  const gateway = text(route, 'transit_gateway_id');
  throw new AwsError(
    'InvalidTransitGatewayID.NotFound',
    `The transitGateway ID '${gateway}' does not exist.`,
    cloud.find('aws_ec2_transit_gateway', gateway) && `It has no attachment of ${vpc}.`,
  );
}
