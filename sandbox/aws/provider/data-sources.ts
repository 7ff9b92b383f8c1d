import type { ObjectValue } from '../../protocol/values';
import type { Attributes } from '../../provider/attributes';
import { texts } from '../../provider/attributes';
import { crc32 } from '../../provider/derived';
import { completed, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { ObjectLog } from '../../store/objects';
import { Cloud } from '../cloud';
import { LookupError } from '../lookup-error';
import { lookUp, lookUpOne } from '../lookups';
import { policyDocument } from '../policy-document';
import { isRegion, partitionOf, zonesOf } from '../regions';
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

function availabilityZones(_cloud: Cloud, config: Attributes, { region }: Caller): Attributes {
  const zones = zonesOf(region)
    .filter(({ name }) => !texts(config, 'exclude_names').includes(name))
    .filter(({ id }) => !texts(config, 'exclude_zone_ids').includes(id));
  return {
    id: region,
    names: zones.map(({ name }) => name),
    zone_ids: zones.map(({ id }) => id),
    group_names: [region],
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

const READERS: Readonly<Record<DataType, Reader>> = {
  aws_availability_zones: availabilityZones,
  aws_caller_identity: callerIdentity,
  aws_customer_gateway: one('customer_gateway'),
  aws_iam_policy_document: iamPolicyDocument,
  aws_partition: partition,
  aws_region: region,
  aws_route_table: one('route_table', 'route_table_id', 'vpc_id', 'subnet_id', 'gateway_id'),
  aws_resourcegroupstaggingapi_resources: (cloud, config) => taggedResources(cloud, config, MANAGED_TYPES),
  aws_route_tables: many('route_table', 'vpc_id'),
  aws_security_group: one('security_group', 'name', 'vpc_id'),
  aws_security_groups: many('security_group'),
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
    throw new LookupError(`The sandbox does not simulate the data source ${type.name}.`);
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
