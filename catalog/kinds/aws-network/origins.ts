import type { Path } from '../../ground/path';
import { vpnOrigins } from '../aws/vpn-origins';
import { ingressOrigins, keySteps, type Origins } from '../origins';

/** What of an entry makes the resources of its VPC. */
export const networkOrigins: Origins = (resource, { network, members }, root) => {
  const { type, name, attribute } = resource;
  const entry = keySteps(network ?? members[0]);
  const create = [...entry, 'create'];
  const below = (...steps: Path): Path => [...create, ...steps];
  /** The entry whose subnet it is, which may be one within the network. */
  const part = (/-([^-].*?)(?:-Table)?$/.exec(name)?.[1] ?? '').replace(/-(Nat|Routes)$/, '');
  const own = members.find((member) => member === `${entry[0]}/${part}`);
  const ownEntry = own === undefined ? entry : keySteps(own);
  switch (type) {
    case 'aws_vpc':
      return attribute === 'flow_logs' ? [below('flow_logs'), create] : [below('vpc_cidr'), create];
    case 'aws_subnet':
      return name.includes('Public')
        ? [[...ownEntry, 'create', 'public_subnet'], create]
        : [
            [
              ...ownEntry,
              attribute === 'availability_zone' ? 'aws_availability_zone' : 'private_network_ipmask',
            ],
            ownEntry,
          ];
    case 'aws_vpc_security_group_ingress_rule':
    case 'aws_security_group':
    case 'aws_default_security_group':
      return [...ingressOrigins(create, name, root), create];
    case 'aws_vpc_security_group_egress_rule':
    case 'aws_nat_gateway':
    case 'aws_eip':
    case 'aws_internet_gateway':
    case 'aws_route':
      return [below('egress'), create];
    case 'aws_flow_log':
      return [below('flow_logs'), create];
    case 'aws_vpc_endpoint':
      return [below('endpoints'), create];
    default:
  }
  if (/dhcp|resolver/.test(type)) return [below('dns'), create];
  if (name.includes('FlowLogs')) return [below('flow_logs'), create];
  if (name.includes('Endpoints')) return [below('endpoints'), create];
  return [...(vpnOrigins(below('vpn'), resource) ?? []), create];
};
