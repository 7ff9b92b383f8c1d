import type { AddressedResource } from '../../../../terraform/plan/prior-resources';
import type { ChangedObject, KindDrift, Unmanaged, UnmanagedQuestion } from '../../drift';
import { unmanagedRules } from './rules';

/** What is looked for on AWS. */
export const AWS_DRIFT: KindDrift = {
  unmanaged: (resources) => [...unmanagedRules(resources), ...unmanagedRoutes(resources)],
  questions: (resources) => (resources.some(({ type }) => type === 'aws_vpn_connection') ? [TAGGED] : []),
  unasked:
    'AWS: a VPN connection or customer gateway that never had a tag is not found, because no data source of the provider lists it',
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

function askCloudTrail({ values }: ChangedObject, since: string | undefined): string | undefined {
  const id = textOf(values.id);
  if (!/^[A-Za-z0-9._/:@+=,-]+$/.test(id)) return undefined;
  const region = /^arn:[^:]*:[^:]*:([a-z0-9-]+):/.exec(textOf(values.arn))?.[1];
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
