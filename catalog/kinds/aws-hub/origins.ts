import { vpnOrigins } from '../aws/vpn-origins';
import { keySteps, type Origins } from '../origins';

/** What of a hub makes its resources. */
export const hubOrigins: Origins = (resource, { members }) => {
  const hub = ['hubs', ...keySteps(members[0]).slice(-1)];
  const create = [...hub, 'create'];
  const { type, attribute } = resource;
  if (type === 'aws_ec2_transit_gateway') {
    if (attribute === 'auto_accept_shared_attachments') return [[...create, 'auto_accept'], create];
    if (attribute === 'amazon_side_asn') return [[...create, 'amazon_side_asn'], create];
    return [create];
  }
  if (type === 'aws_ec2_transit_gateway_route_table') return [[...create, 'route_tables'], create];
  if (type.startsWith('aws_ram_')) return [[...create, 'share'], create];
  return [...(vpnOrigins([...create, 'vpn'], resource) ?? []), create, hub];
};
