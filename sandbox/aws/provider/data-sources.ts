import type { ObjectValue } from '../../protocol/values';
import type { Attributes } from '../../provider/attributes';
import { flag, objects, text, texts } from '../../provider/attributes';
import { crc32 } from '../../provider/derived';
import { completed, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { ObjectLog } from '../../store/objects';
import { Cloud } from '../cloud';
import { ami, autoscalingGroup, instance, instances, ssmParameter } from '../compute/data-sources';
import { LookupError } from '../lookup-error';
import { lookUp, lookUpOne } from '../lookups';
import { policyDocument } from '../policy-document';
import { isRegion, partitionOf } from '../regions';
import { taggedResources } from '../tagged-resources';
import { type DataType, MANAGED_TYPES } from '../types';
import type { Caller } from './caller';
import { AWS_VALUES } from './values';

/** Finds the attributes that a data source's configuration does not give. */
type Reader = (cloud: Cloud, config: Attributes, caller: Caller) => Attributes;

/** Reads the only object that matches. @param compared the arguments that select it */
function one(kind: string, ...compared: readonly string[]): Reader {
  return (cloud, config) => lookUpOne(cloud, kind, config, ['id', ...compared]);
}

/** Reads the ids of all objects that match. They are sorted, because objects that are created in parallel have no order. */
function many(kind: string, ...compared: readonly string[]): Reader {
  return (cloud, config, { region }) => {
    const found = [...lookUp(cloud, kind, config, compared)].sort((one, other) =>
      String(one.id) < String(other.id) ? -1 : 1,
    );
    const column = (name: string) => found.map((view) => view[name] ?? '');
    return { id: region, ids: column('id'), arns: column('arn'), vpc_ids: column('vpc_id') };
  };
}

/** Reads lists of attributes of all objects that match, in the order of the first of them. */
function columns(
  kind: string,
  names: Readonly<Record<string, string>>,
  ...compared: readonly string[]
): Reader {
  return (cloud, config, { region }) => {
    const found = lookUp(cloud, kind, config, compared);
    const [first = ''] = Object.values(names);
    const sorted = [...found].sort((one, other) => (String(one[first]) < String(other[first]) ? -1 : 1));
    const lists = Object.entries(names).map(([list, attribute]) => [
      list,
      sorted.map((view) => view[attribute] ?? ''),
    ]);
    return { id: region, ...Object.fromEntries(lists) };
  };
}

function availabilityZones(cloud: Cloud, config: Attributes, { region }: Caller): Attributes {
  const zones = lookUp(cloud, 'zone', config, ['state'])
    .filter((zone) => !texts(config, 'exclude_names').includes(text(zone, 'name')))
    .filter((zone) => !texts(config, 'exclude_zone_ids').includes(text(zone, 'zone_id')));
  return {
    id: region,
    names: zones.map((zone) => text(zone, 'name')),
    zone_ids: zones.map((zone) => text(zone, 'zone_id')),
    group_names: [...new Set(zones.map((zone) => text(zone, 'group_name')))],
  };
}

function region(_cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const { name, id } = config;
  const asked = [name, id].find((value) => typeof value === 'string' && value !== '');
  const wanted = typeof asked === 'string' ? asked : caller.region;
  if (!isRegion(wanted)) throw new LookupError(`region not found for name "${wanted}"`);
  return {
    id: wanted,
    name: wanted,
    description: wanted,
    endpoint: `ec2.${wanted}.${partitionOf(wanted).dnsSuffix}`,
  };
}

function callerIdentity(_cloud: Cloud, _config: Attributes, { account, region: name }: Caller): Attributes {
  const arn = `arn:${partitionOf(name).partition}:iam::${account}:user/kakehashi-sandbox`;
  return { id: account, account_id: account, arn, user_id: 'AIDAKAKEHASHISANDBOX' };
}

function partition(_cloud: Cloud, _config: Attributes, { region: name }: Caller): Attributes {
  const { partition: id, dnsSuffix, reverseDnsPrefix } = partitionOf(name);
  return { id, partition: id, dns_suffix: dnsSuffix, reverse_dns_prefix: reverseDnsPrefix };
}

function iamPolicyDocument(_cloud: Cloud, config: Attributes): Attributes {
  const document = policyDocument(config);
  const json = JSON.stringify(document, null, 2);
  return {
    id: String(crc32(json)),
    json,
    minified_json: JSON.stringify(document),
    version: String(document.Version),
  };
}

function regions(cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const isEnabled = (region: Attributes) =>
    flag(config, 'all_regions') || text(region, 'opt_in_status') !== 'not-opted-in';
  const found = lookUp(cloud, 'region', config, []).filter(isEnabled);
  return {
    id: partitionOf(caller.region).partition,
    names: found.map((region) => text(region, 'region_name')),
  };
}

/** A route of a table, with the one for the VPC itself, by its destination or its target. */
function route(cloud: Cloud, config: Attributes): Attributes {
  const id = text(config, 'route_table_id');
  const [table] = lookUp(cloud, 'route_table', { route_table_id: id }, ['route_table_id']);
  const vpc = cloud.find('aws_vpc', text(table ?? {}, 'vpc_id'));
  const local: Attributes = { cidr_block: text(vpc?.attributes ?? {}, 'cidr_block'), gateway_id: 'local' };
  const routes: readonly Attributes[] = [local, ...objects(table ?? {}, 'routes')];
  const all = routes.map(
    ({ cidr_block = '', ipv6_cidr_block = '', ...rest }): Attributes => ({
      ...rest,
      destination_cidr_block: cidr_block,
      destination_ipv6_cidr_block: ipv6_cidr_block,
    }),
  );
  const asked = Object.entries(config).filter(
    ([name, value]) =>
      typeof value === 'string' && value !== '' && name !== 'route_table_id' && name !== 'id',
  );
  const [found, another] = all.filter((candidate) =>
    asked.every(([name, value]) => candidate[name] === value),
  );
  if (table === undefined || found === undefined) throw new LookupError('no matching Route found');
  if (another !== undefined) throw new LookupError('multiple Routes matched; use additional constraints');
  const destination = String(found.destination_cidr_block || found.destination_ipv6_cidr_block);
  return { ...found, route_table_id: id, id: `r-${id}${crc32(destination)}` };
}

function arn(_cloud: Cloud, config: Attributes): Attributes {
  const written = text(config, 'arn');
  const [prefix, partition = '', service = '', region = '', account = '', ...resource] = written.split(':');
  if (prefix !== 'arn' || resource.length === 0)
    throw new LookupError(`"arn" (${written}) is an invalid ARN`);
  return { id: written, partition, service, region, account, resource: resource.join(':') };
}

/** An endpoint of a service, by its parts or by one of its two names. */
function service(_cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const reversed =
    text(config, 'reverse_dns_name') || text(config, 'dns_name').split('.').reverse().join('.');
  const [, prefix = '', namedRegion = '', named = ''] =
    /^(.*)\.([a-z0-9-]+)\.([a-z0-9-]+)$/.exec(reversed) ?? [];
  const region = namedRegion || text(config, 'region') || caller.region;
  const { partition, reverseDnsPrefix } = partitionOf(region);
  const reverse_dns_prefix = prefix || text(config, 'reverse_dns_prefix') || reverseDnsPrefix;
  const service_id = named || text(config, 'service_id');
  if (service_id === '') throw new LookupError('service ID not found');
  const reverse_dns_name = `${reverse_dns_prefix}.${region}.${service_id}`;
  const dns_name = reverse_dns_name.split('.').reverse().join('.');
  return {
    id: reverse_dns_name,
    dns_name,
    partition,
    region,
    reverse_dns_name,
    reverse_dns_prefix,
    service_id,
    supported: true,
  };
}

function servicePrincipal(_cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const name = text(config, 'service_name');
  const region = text(config, 'region') || caller.region;
  const suffix = 'amazonaws.com';
  return { id: `${name}.${region}.${suffix}`, name: `${name}.${suffix}`, region, suffix };
}

function roles(cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const pattern = new RegExp(text(config, 'name_regex'));
  const found = lookUp(cloud, 'role', {}, []).filter(
    (role) => pattern.test(text(role, 'name')) && text(role, 'path').startsWith(text(config, 'path_prefix')),
  );
  return {
    id: caller.region,
    names: found.map((role) => text(role, 'name')),
    arns: found.map((role) => text(role, 'arn')),
  };
}

function logGroups(cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const found = lookUp(cloud, 'log_group', {}, []).filter((group) =>
    text(group, 'name').startsWith(text(config, 'log_group_name_prefix')),
  );
  return {
    id: caller.region,
    arns: found.map((group) => text(group, 'arn')),
    log_group_names: found.map((group) => text(group, 'name')),
  };
}

const READERS: Readonly<Record<DataType, Reader>> = {
  aws_ami: ami,
  aws_arn: arn,
  aws_autoscaling_group: autoscalingGroup,
  aws_availability_zone: one('zone', 'name', 'zone_id', 'state'),
  aws_availability_zones: availabilityZones,
  aws_caller_identity: callerIdentity,
  aws_cloudwatch_log_group: one('log_group', 'name'),
  aws_cloudwatch_log_groups: logGroups,
  aws_customer_gateway: one('customer_gateway'),
  aws_default_tags: (_cloud, _config, { region: name, defaultTags }) => ({
    id: partitionOf(name).partition,
    tags: defaultTags,
  }),
  aws_ec2_transit_gateway: one('transit_gateway'),
  aws_ec2_transit_gateway_route_table: one('transit_route_table'),
  aws_ec2_transit_gateway_vpc_attachment: one('transit_vpc_attachment'),
  aws_ec2_transit_gateway_vpn_attachment: one(
    'transit_vpn_attachment',
    'transit_gateway_id',
    'vpn_connection_id',
  ),
  aws_eip: one('eip', 'public_ip'),
  aws_eips: columns('eip', { allocation_ids: 'allocation_id', public_ips: 'public_ip' }),
  aws_iam_policy_document: iamPolicyDocument,
  aws_iam_role: one('role', 'name'),
  aws_iam_roles: roles,
  aws_instance: instance,
  aws_instances: instances,
  aws_internet_gateway: one('internet_gateway', 'internet_gateway_id'),
  aws_nat_gateway: one('nat_gateway', 'state', 'subnet_id', 'vpc_id'),
  aws_nat_gateways: columns('nat_gateway', { ids: 'id' }, 'vpc_id'),
  aws_network_acls: columns('network_acl', { ids: 'id' }, 'vpc_id'),
  aws_partition: partition,
  aws_region: region,
  aws_regions: regions,
  aws_route: route,
  aws_route_table: one('route_table', 'route_table_id', 'vpc_id', 'subnet_id', 'gateway_id'),
  aws_resourcegroupstaggingapi_resources: (cloud, config) => taggedResources(cloud, config, MANAGED_TYPES),
  aws_route_tables: many('route_table', 'vpc_id'),
  aws_security_group: one('security_group', 'name', 'vpc_id'),
  aws_security_groups: many('security_group'),
  aws_service: service,
  aws_service_principal: servicePrincipal,
  aws_ssm_parameter: ssmParameter,
  aws_subnet: one(
    'subnet',
    'vpc_id',
    'cidr_block',
    'availability_zone',
    'availability_zone_id',
    'state',
    'default_for_az',
  ),
  aws_subnets: many('subnet'),
  aws_vpc: one('vpc', 'cidr_block', 'default', 'dhcp_options_id', 'state'),
  aws_vpc_security_group_rule: one('security_group_rule', 'security_group_rule_id'),
  aws_vpc_security_group_rules: columns('security_group_rule', { ids: 'id' }),
  aws_vpcs: many('vpc'),
  aws_vpn_gateway: one('vpn_gateway', 'amazon_side_asn', 'attached_vpc_id', 'availability_zone', 'state'),
};

/** Reads a data source. @throws {@link LookupError} with the provider's message if nothing, or too much, matches */
export function readDataSource(
  type: ResourceType,
  config: ObjectValue,
  caller: Caller,
  log: ObjectLog,
): ObjectValue {
  const reader = (READERS as Readonly<Record<string, Reader>>)[type.name];
  if (reader === undefined)
    throw new LookupError(`The sandbox does not simulate the data source ${type.name}`);
  const found = reader(new Cloud(log, caller.region, caller.account), config, caller);
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
  const { block } = type.schema;
  return legacyObject(block, completed(block, { ...found, ...given, ...shown(found) }), AWS_VALUES);
}

/** Attributes of the object that replace those of the configuration: the configured tags may be only some of its tags. */
function shown(found: Attributes): Attributes {
  const { tags } = found;
  return tags === undefined ? {} : { tags };
}
