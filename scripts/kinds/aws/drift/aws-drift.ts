import type { AddressedResource } from '../../../../terraform/plan/prior-resources';
import type { ChangedObject, KindDrift, Unmanaged, UnmanagedQuestion } from '../../drift';
import { unmanagedRules } from './rules';

/** What is looked for on AWS. */
export const AWS_DRIFT: KindDrift = {
  unmanaged: (resources) => [...unmanagedRules(resources), ...unmanagedRoutes(resources)],
  questions: (resources) => [
    ...(resources.some(({ type }) => type === 'aws_vpn_connection') ? [TAGGED] : []),
    ...resources
      .filter(({ type }) => type === 'aws_ec2_transit_gateway')
      .map((hub) => attachedTo(hub, resources)),
  ],
  unasked:
    'AWS: a VPN connection of a virtual private gateway, or a customer gateway, that never had a tag is not found, because no data source of the provider lists it',
  who: askCloudTrail,
};

/** Routes of our tables that are none of our resources. The provider lists no route that a gateway propagates. */
function unmanagedRoutes(resources: readonly AddressedResource[]): readonly Unmanaged[] {
  const ours = new Set(
    resources
      .filter(({ type }) => type === 'aws_route')
      .map(({ values }) => `${textOf(values.route_table_id)} ${destinationOf(values)}`),
  );
  return resources
    .filter(({ type }) => type === 'aws_route_table')
    .flatMap(({ address, values }) =>
      mapsIn(values.route)
        .map(destinationOf)
        .filter((to) => to !== '' && !ours.has(`${textOf(values.id)} ${to}`))
        .map((to) => ({ what: 'route', id: to, in: address, listedIn: 'route' })),
    );
}

/** A route of a table names its destination `cidr_block`, a route by itself `destination_cidr_block`. */
function destinationOf(route: Readonly<Record<string, unknown>>): string {
  const names = ['cidr_block', 'ipv6_cidr_block', 'prefix_list_id'];
  const own = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'];
  const all = [...own, ...(route.destination_cidr_block === undefined ? names : [])];
  const gateway = textOf(route.gateway_id);
  if (gateway === 'local' || gateway.startsWith('vpce-')) return '';
  return all.map((name) => textOf(route[name])).find((text) => text !== '') ?? '';
}

const TYPES = ['ec2:vpn-connection', 'ec2:customer-gateway'];

/** Connections and customer gateways of the region that bear tags, and not ours. */
const TAGGED: UnmanagedQuestion = {
  question: {
    data: { aws_resourcegroupstaggingapi_resources: { resource_type_filters: TYPES } },
    value: `\${data.aws_resourcegroupstaggingapi_resources.NAME.resource_tag_mapping_list}`,
  },
  read: (answer) =>
    mapsIn(answer).flatMap(({ resource_arn: arn, tags }) => {
      const [, part = '', id] = /:(vpn-connection|customer-gateway)\/([^/]+)$/.exec(textOf(arn)) ?? [];
      const [has = {}] = mapsIn([tags]);
      if (id === undefined || has['kakehashi:entry'] !== undefined) return [];
      return [{ what: part === 'vpn-connection' ? 'VPN connection' : 'customer gateway', id }];
    }),
};

/** VPN connections at a transit gateway of ours, also those without tags: their attachments can be listed. */
function attachedTo(
  { address, values }: AddressedResource,
  resources: readonly AddressedResource[],
): UnmanagedQuestion {
  const ours = new Set(resources.map((one) => textOf(one.values.transit_gateway_attachment_id)));
  const filter = [
    { name: 'transit-gateway-id', values: [textOf(values.id)] },
    { name: 'resource-type', values: ['vpn'] },
    { name: 'state', values: ['available', 'pending', 'pendingAcceptance', 'modifying'] },
  ];
  return {
    question: {
      data: { aws_ec2_transit_gateway_attachments: { filter } },
      value: `\${data.aws_ec2_transit_gateway_attachments.NAME.ids}`,
    },
    read: (answer) =>
      (Array.isArray(answer) ? answer : [])
        .map(textOf)
        .filter((id) => id !== '' && !ours.has(id))
        .map((id) => ({ what: 'VPN attachment', id, in: address })),
  };
}

/** Types whose id Terraform makes up: CloudTrail knows what they are in. */
const KNOWN_BY: Readonly<Record<string, string>> = {
  aws_route: 'route_table_id',
  aws_vpn_gateway_route_propagation: 'route_table_id',
  aws_vpn_connection_route: 'vpn_connection_id',
  aws_vpc_security_group_ingress_rule: 'security_group_id',
  aws_vpc_security_group_egress_rule: 'security_group_id',
  aws_iam_role_policy: 'role',
  aws_iam_role_policy_attachment: 'role',
  aws_volume_attachment: 'volume_id',
};

const REGION = /^arn:[^:]*:[^:]*:([a-z0-9-]+):/;

/** An object without an ARN is in the region of the others of its stack. */
function askCloudTrail(
  { type, values }: ChangedObject,
  since: string | undefined,
  resources: readonly AddressedResource[],
): string | undefined {
  const id = textOf(values[KNOWN_BY[type] ?? 'id']);
  if (!/^[A-Za-z0-9._/:@+=,-]+$/.test(id)) return undefined;
  const regions = [values, ...resources.map((one) => one.values)].map(
    ({ arn }) => REGION.exec(textOf(arn))?.[1],
  );
  const region = type.startsWith('aws_iam_') ? undefined : regions.find((one) => one !== undefined);
  return [
    'aws cloudtrail lookup-events',
    ...(region === undefined ? [] : [`--region ${region}`]),
    `--lookup-attributes AttributeKey=ResourceName,AttributeValue=${id}`,
    ...(since === undefined ? [] : [`--start-time ${since}`]),
  ].join(' ');
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function mapsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(value) ? value : []).filter((item) => typeof item === 'object' && item !== null);
}
