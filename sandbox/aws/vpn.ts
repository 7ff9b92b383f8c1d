import { type Attributes, filled, flag, objects, text } from '../provider/attributes';
import { format, parseNetwork } from '../provider/cidr';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { QUOTAS } from './quotas';
import type { Rules } from './rules';
import { requireTransitGateway } from './transit-gateways';
import { detach } from './transit-route-tables';
import { attachVpn, movedVpn, newVpnAttachment } from './transit-vpn-attachments';
import { TUNNELS, tunnelAttributes } from './tunnels';
import { configurationXml } from './vpn-configuration';
import { checkAsns, requireCustomerGateway, requireVpnGateway } from './vpn-gateways';

/** The time of the tunnels' last change of status. It is fixed, so that equal runs give equal states. */
const STATUS_CHANGED = '2025-01-01T00:00:00Z';

function requireConnection(cloud: Cloud, id: string): CloudObject {
  const message = `The vpnConnection ID '${id}' does not exist`;
  return cloud.require(['aws_vpn_connection'], id, 'InvalidVpnConnectionID.NotFound', message);
}

/** The two gateways that a request names, after checking that they can be connected. */
function ends(cloud: Cloud, request: Attributes): { customer: CloudObject; gateway: CloudObject } {
  const customer = requireCustomerGateway(cloud, text(request, 'customer_gateway_id'));
  const transitId = text(request, 'transit_gateway_id');
  if (transitId !== '') return { customer, gateway: requireTransitGateway(cloud, transitId) };
  const gatewayId = text(request, 'vpn_gateway_id');
  if (gatewayId === '') {
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter VpnGatewayId or TransitGatewayId',
    );
  }
  const gateway = requireVpnGateway(cloud, gatewayId);
  checkAsns(customer, gateway);
  return { customer, gateway };
}

/** Refuses options that AWS has on a transit gateway only, and combinations that it does not support. */
function checkOptions(request: Attributes): void {
  const isVirtual = text(request, 'transit_gateway_id') === '';
  if (isVirtual && flag(request, 'enable_acceleration')) {
    throw new AwsError(
      'UnsupportedOperation',
      'Acceleration is not supported for VPN connections on a virtual private gateway.',
    );
  }
  if (isVirtual && text(request, 'tunnel_inside_ip_version') === 'ipv6') {
    throw new AwsError(
      'UnsupportedOperation',
      'IPv6 is not supported for VPN connections on a virtual private gateway.',
    );
  }
  for (const tunnel of TUNNELS) {
    const versions = request[`${tunnel}_ike_versions`];
    if (
      text(request, `${tunnel}_startup_action`) === 'start' &&
      Array.isArray(versions) &&
      !versions.includes('ikev2')
    ) {
      throw new AwsError('InvalidParameterCombination', 'Startup action start is supported for IKEv2 only.');
    }
  }
}

/** Adds the configuration for the customer's gateway, which AWS generates anew whenever an option changes. */
function withConfiguration(attributes: Attributes, customer: CloudObject): Attributes {
  return { ...attributes, customer_gateway_configuration: configurationXml(attributes, customer.attributes) };
}

/** The networks at both ends of a connection for which none are requested. What it has of the other IP version is inferred. */
function networksOf(request: Attributes): Attributes {
  const isIpv6 = text(request, 'tunnel_inside_ip_version') === 'ipv6';
  const [ipv4, ipv6] = isIpv6 ? ['', '::/0'] : ['0.0.0.0/0', ''];
  return {
    local_ipv4_network_cidr: ipv4,
    local_ipv6_network_cidr: ipv6,
    remote_ipv4_network_cidr: ipv4,
    remote_ipv6_network_cidr: ipv6,
  };
}

function secretArn(cloud: Cloud, request: Attributes, id: string): string {
  const kept = text(request, 'preshared_key_storage') === 'SecretsManager';
  return kept ? cloud.arn('secretsmanager', `secret:s2svpn!${id}`) : '';
}

export const vpnConnection: Rules = {
  noun: 'EC2 VPN Connection',
  service: 'EC2',
  actions: { update: 'ModifyVpnConnection' },
  create(cloud, request) {
    const { customer, gateway } = ends(cloud, request);
    checkOptions(request);
    if (cloud.all('aws_vpn_connection').length >= QUOTAS.vpnConnections) {
      throw new AwsError(
        'VpnConnectionLimitExceeded',
        `The maximum number of VPN connections has been reached (${QUOTAS.vpnConnections}).`,
      );
    }
    const id = cloud.newId('vpn', request);
    const amazonAsn = String(gateway.attributes.amazon_side_asn);
    const attributes = filled(tunnelAttributes(cloud, request, id, amazonAsn), {
      id,
      arn: cloud.arn('ec2', `vpn-connection/${id}`),
      core_network_arn: '',
      core_network_attachment_arn: '',
      enable_acceleration: false,
      ...networksOf(request),
      outside_ip_address_type: 'PublicIpv4',
      preshared_key_arn: secretArn(cloud, request, id),
      preshared_key_storage: 'Standard',
      routes: [],
      static_routes_only: false,
      transit_gateway_attachment_id: newVpnAttachment(cloud, request),
      tunnel_inside_ip_version: 'ipv4',
    });
    return { id, attributes: withConfiguration(attributes, customer) };
  },
  finish(cloud, { attributes }) {
    attachVpn(cloud, attributes);
    return attributes;
  },
  identity: ['customer_gateway_id', 'vpn_gateway_id', 'transit_gateway_id'],
  update(cloud, before, request) {
    const { customer } = ends(cloud, request);
    checkOptions(request);
    return withConfiguration(movedVpn(cloud, before, request), customer);
  },
  remove(cloud, { id, attributes }) {
    detach(cloud, text(attributes, 'transit_gateway_attachment_id'));
    for (const route of routesOf(cloud, id)) cloud.remove(route.type, route.id);
  },
  derive(cloud, { id, attributes }) {
    const configured = routesOf(cloud, id).map((route) => ({
      destination_cidr_block: text(route.attributes, 'destination_cidr_block'),
      source: 'Static',
      state: 'available',
    }));
    const routes = [...objects(attributes, 'routes'), ...configured];
    return {
      routes,
      vgw_telemetry: attributes.vgw_telemetry ?? TUNNELS.map((tunnel) => telemetry(attributes, tunnel)),
    };
  },
};

/** A tunnel's status: a simulated tunnel has no other end, so it is down. */
function telemetry(connection: Attributes, tunnel: string): Attributes {
  return {
    accepted_route_count: 0,
    certificate_arn: '',
    last_status_change: STATUS_CHANGED,
    outside_ip_address: text(connection, `${tunnel}_address`),
    status: 'DOWN',
    status_message: connection.static_routes_only === true ? '' : 'IPSEC IS DOWN',
  };
}

function routesOf(cloud: Cloud, connection: string): readonly CloudObject[] {
  return cloud
    .all('aws_vpn_connection_route')
    .filter(({ attributes }) => text(attributes, 'vpn_connection_id') === connection);
}

export const vpnConnectionRoute: Rules = {
  noun: 'EC2 VPN Connection Route',
  service: 'EC2',
  create(cloud, request) {
    const connection = requireConnection(cloud, text(request, 'vpn_connection_id'));
    // Static routes of a transit gateway are in its route tables. The refusal is inferred.
    const isTransit = text(connection.attributes, 'transit_gateway_id') !== '';
    if (isTransit || !flag(connection.attributes, 'static_routes_only')) {
      throw new AwsError(
        'InvalidVpnConnection.InvalidType',
        'The specified VPN connection does not support static routes.',
      );
    }
    const destination = text(request, 'destination_cidr_block');
    const network = parseNetwork(destination);
    if (network === undefined || format(network) !== destination) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${destination}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
      );
    }
    const id = `${destination}:${connection.id}`;
    if (cloud.find('aws_vpn_connection_route', id) !== undefined) {
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
    }
    return { id, attributes: request };
  },
};
