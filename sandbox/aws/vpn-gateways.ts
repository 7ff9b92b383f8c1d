import { filled, text } from '../provider/attributes';
import { AwsError, inStep, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { requireVpc } from './network';
import { QUOTAS } from './quotas';
import { attachedVpc } from './route-checks';
import type { Rules } from './rules';

const DEFAULT_AMAZON_ASN = '64512';

export function requireVpnGateway(cloud: Cloud, id: string): CloudObject {
  const message = `The vpnGateway ID '${id}' does not exist`;
  return cloud.require(['aws_vpn_gateway'], id, 'InvalidVpnGatewayID.NotFound', message);
}

export function requireCustomerGateway(cloud: Cloud, id: string): CloudObject {
  const message = `The customerGateway ID '${id}' does not exist`;
  return cloud.require(['aws_customer_gateway'], id, 'InvalidCustomerGatewayID.NotFound', message);
}

/** Checks that a gateway can be attached to a VPC. To attach it once more to the VPC that it is attached to is no error. */
function checkFree(cloud: Cloud, gateway: CloudObject, vpc: string): void {
  requireVpc(cloud, vpc);
  if (attachedVpc(cloud, gateway) === vpc) return;
  if (attachedVpc(cloud, gateway) !== '') {
    throw new AwsError(
      'VpnGatewayAttachmentLimitExceeded',
      `The vpnGateway '${gateway.id}' is already attached to VPC '${attachedVpc(cloud, gateway)}'`,
    );
  }
  const other = cloud.all('aws_vpn_gateway').find((candidate) => attachedVpc(cloud, candidate) === vpc);
  // The code is inferred: AWS documents none for this case.
  if (other !== undefined)
    throw new AwsError('InvalidVpcState', `VPC '${vpc}' already has an attached VPN gateway ('${other.id}')`);
}

/** Refuses an ASN that is not private: AWS accepts no other for its side. */
function checkAmazonAsn(asn: string): void {
  const value = Number(asn);
  const isPrivate = (value >= 64512 && value <= 65534) || (value >= 4200000000 && value <= 4294967294);
  if (!isPrivate)
    throw invalidParameter(
      `Value (${asn}) for parameter amazonSideAsn is invalid. It must be a private ASN.`,
    );
}

export const vpnGateway: Rules = {
  noun: 'EC2 VPN Gateway',
  service: 'EC2',
  create(cloud, request) {
    const asn = text(request, 'amazon_side_asn') || DEFAULT_AMAZON_ASN;
    checkAmazonAsn(asn);
    if (cloud.all('aws_vpn_gateway').length >= QUOTAS.vpnGateways) {
      throw new AwsError(
        'VpnGatewayLimitExceeded',
        'The maximum number of virtual private gateways has been reached.',
      );
    }
    const id = cloud.newId('vgw', request);
    const arn = cloud.arn('ec2', `vpn-gateway/${id}`);
    return { id, attributes: { ...filled(request, { arn, amazon_side_asn: asn }), vpc_id: '' } };
  },
  finish(cloud, created, request) {
    const vpc = text(request, 'vpc_id');
    const subject = `attaching EC2 VPN Gateway (${created.id}) to VPC (${vpc})`;
    if (vpc !== '') inStep({ subject, action: 'AttachVpnGateway' }, () => checkFree(cloud, created, vpc));
    return { ...created.attributes, vpc_id: vpc };
  },
  identity: ['amazon_side_asn'],
  update(cloud, before, request) {
    const vpc = text(request, 'vpc_id');
    if (vpc !== '' && vpc !== text(before.attributes, 'vpc_id')) {
      checkFree(cloud, { ...before, attributes: { ...before.attributes, vpc_id: '' } }, vpc);
    }
    return request;
  },
  remove(cloud, { id }) {
    const attached = cloud
      .all('aws_vpn_gateway_attachment')
      .some(({ attributes }) => text(attributes, 'vpn_gateway_id') === id);
    if (attached || connectionsOf(cloud, 'vpn_gateway_id', id).length > 0) {
      throw new AwsError('IncorrectState', `The vpnGateway '${id}' is in use`);
    }
  },
  derive: (cloud, gateway) => ({ vpc_id: attachedVpc(cloud, gateway) }),
};

function connectionsOf(
  cloud: Cloud,
  end: 'vpn_gateway_id' | 'customer_gateway_id',
  id: string,
): readonly CloudObject[] {
  return cloud.all('aws_vpn_connection').filter(({ attributes }) => text(attributes, end) === id);
}

export const vpnGatewayAttachment: Rules = {
  noun: 'EC2 VPN Gateway Attachment',
  service: 'EC2',
  actions: { create: 'AttachVpnGateway', delete: 'DetachVpnGateway' },
  create(cloud, request) {
    const gateway = requireVpnGateway(cloud, text(request, 'vpn_gateway_id'));
    checkFree(cloud, gateway, text(request, 'vpc_id'));
    return { id: cloud.newId('vpn-attachment', request), attributes: request };
  },
  remove(cloud, { attributes }) {
    const gateway = cloud.find('aws_vpn_gateway', text(attributes, 'vpn_gateway_id'));
    if (gateway === undefined || text(gateway.attributes, 'vpc_id') !== text(attributes, 'vpc_id')) return;
    cloud.put(gateway.type, gateway.id, { ...gateway.attributes, vpc_id: '' });
  },
};

function asnOf(gateway: CloudObject): string {
  return text(gateway.attributes, 'bgp_asn') || text(gateway.attributes, 'bgp_asn_extended');
}

/** Refuses a connection on a virtual private gateway whose two ends have the same ASN (awslabs/aws-transit-vpc#27 has the words). */
export function checkAsns(customer: CloudObject, gateway: CloudObject): void {
  const asn = asnOf(customer);
  if (asn === '' || asn !== text(gateway.attributes, 'amazon_side_asn')) return;
  throw new AwsError(
    'AsnConflict',
    'The ASN of the specified customer gateway and virtual private gateway are the same.',
    `${customer.id} and ${gateway.id} have ${asn}.`,
  );
}

const MAX_ASN = 2147483647;

/** The ASN that AWS gives a customer gateway without one. Since the argument is not computed, the next plan replaces the gateway. */
const DEFAULT_CUSTOMER_ASN = '65000';

export const customerGateway: Rules = {
  noun: 'EC2 Customer Gateway',
  service: 'EC2',
  create(cloud, request) {
    if (text(request, 'ip_address') === '' && text(request, 'certificate_arn') === '') {
      throw new AwsError(
        'MissingParameter',
        'The request must contain the parameter IpAddress or CertificateArn',
      );
    }
    const asn = text(request, 'bgp_asn');
    if (asn !== '' && (Number(asn) < 1 || Number(asn) > MAX_ASN)) {
      throw invalidParameter(
        `Value (${asn}) for parameter bgpAsn is invalid. It must be in the range 1 to ${MAX_ASN}.`,
      );
    }
    const isOpen = asn === '' && text(request, 'bgp_asn_extended') === '';
    const given = isOpen ? { ...request, bgp_asn: DEFAULT_CUSTOMER_ASN } : request;
    const identity = ['ip_address', 'bgp_asn', 'bgp_asn_extended', 'certificate_arn', 'device_name', 'type'];
    const same = cloud
      .all('aws_customer_gateway')
      .find(({ attributes }) => identity.every((name) => text(attributes, name) === text(given, name)));
    // AWS returns an existing gateway with the same values (EC2 API, CreateCustomerGateway); it gets the tags of the new request.
    const arnOf = (id: string) => cloud.arn('ec2', `customer-gateway/${id}`);
    if (same !== undefined) return { id: same.id, attributes: filled(given, { arn: arnOf(same.id) }) };
    if (cloud.all('aws_customer_gateway').length >= QUOTAS.customerGateways) {
      throw new AwsError(
        'CustomerGatewayLimitExceeded',
        'The maximum number of customer gateways has been reached.',
      );
    }
    const id = cloud.newId('cgw', request);
    return { id, attributes: filled(given, { arn: arnOf(id) }) };
  },
  remove(cloud, { id }) {
    if (connectionsOf(cloud, 'customer_gateway_id', id).length === 0) return;
    throw new AwsError('IncorrectState', `The customer gateway '${id}' is in use`);
  },
};
