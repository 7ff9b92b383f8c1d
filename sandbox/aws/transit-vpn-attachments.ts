import { type Attributes, text } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';
import { detach, useDefault } from './transit-route-tables';

/** The id of the attachment of a new VPN connection; empty if it ends at a virtual private gateway. */
export function newVpnAttachment(cloud: Cloud, connection: Attributes): string {
  if (text(connection, 'transit_gateway_id') === '') return '';
  return cloud.newId('tgw-attach', connection);
}

/** Gives the attachment of a stored VPN connection the default tables that its gateway has. The provider changes nothing of that. */
export function attachVpn(cloud: Cloud, connection: Attributes): void {
  const gateway = text(connection, 'transit_gateway_id');
  const attachment = text(connection, 'transit_gateway_attachment_id');
  if (attachment === '') return;
  useDefault(cloud, 'association', gateway, attachment, true);
  useDefault(cloud, 'propagation', gateway, attachment, true);
}

/** The connection after a change, which has another attachment if it ends at another gateway than before. */
export function movedVpn(cloud: Cloud, before: CloudObject, request: Attributes): Attributes {
  const end = 'transit_gateway_id';
  if (text(before.attributes, end) === text(request, end)) return request;
  detach(cloud, text(before.attributes, 'transit_gateway_attachment_id'));
  const moved = { ...request, transit_gateway_attachment_id: newVpnAttachment(cloud, request) };
  cloud.put(before.type, before.id, moved);
  attachVpn(cloud, moved);
  return moved;
}
