import type { Value } from '../protocol/values';
import { type Attributes, text } from '../provider/attributes';
import { crc32 } from '../provider/derived';
import type { Cloud } from './cloud';
import { LookupError } from './lookup-error';
import { protocolName } from './protocol-name';

/** The id of a route, which the provider makes from its table and its destination. */
export function routeId(table: string, destination: string): string {
  return `r-${table}${crc32(destination)}`;
}

/** @param id `rtb-…_10.0.0.0/8`, or with an IPv6 network or a prefix list */
export function importedRoute(_cloud: Cloud, id: string): Attributes {
  const [table = '', destination = '', ...rest] = id.split('_');
  if (table === '' || destination === '' || rest.length > 0)
    throw new LookupError(`unexpected format of ID ("${id}"), expected ROUTETABLEID_DESTINATION`);
  const name = destination.includes(':')
    ? 'destination_ipv6_cidr_block'
    : destination.includes('.')
      ? 'destination_cidr_block'
      : 'destination_prefix_list_id';
  return { id: routeId(table, destination), route_table_id: table, [name]: destination };
}

/** @param id `subnet-…/rtb-…` or `igw-…/rtb-…`; the association is looked up in the cloud */
export function importedAssociation(cloud: Cloud, id: string): Attributes {
  const [end = '', table = '', ...rest] = id.split('/');
  if (end === '' || table === '' || rest.length > 0)
    throw new LookupError(
      `Unexpected format for import: ${id}. Use 'subnet ID/route table ID' or 'gateway ID/route table ID`,
    );
  const found = cloud
    .all('aws_route_table_association')
    .find(
      ({ attributes }) =>
        text(attributes, 'route_table_id') === table &&
        [text(attributes, 'subnet_id'), text(attributes, 'gateway_id')].includes(end),
    );
  if (found === undefined)
    throw new LookupError(`No association found between route table ${table} and ${end}`);
  const { route_table_id = null, subnet_id = null, gateway_id = null } = found.attributes;
  return { id: found.id, route_table_id, subnet_id, gateway_id };
}

const RULE_FORM = 'SECURITYGROUPID_TYPE_PROTOCOL_FROMPORT_TOPORT_SOURCE[_SOURCE]*';

function port(written: string, name: string, wrong: (why: string) => LookupError): number {
  if (!/^[+-]?\d+$/.test(written)) throw wrong(`invalid ${name}`);
  return Number(written);
}

/** The argument for the sources of a rule in which a source is listed. */
function sourcesOf(sources: readonly string[]): Attributes {
  const found: Record<string, Value> = { self: false };
  const add = (name: string, source: string) => {
    const before = found[name];
    found[name] = [...(Array.isArray(before) ? before : []), source];
  };
  for (const source of sources) {
    if (source === 'self') found.self = true;
    else if (source.includes('sg-')) found.source_security_group_id = source;
    else if (source.includes('pl-')) add('prefix_list_ids', source);
    else if (source.includes(':')) add('ipv6_cidr_blocks', source);
    else add('cidr_blocks', source);
  }
  return found;
}

/** @param id `sg-…_ingress_tcp_80_80_10.0.0.0/8`, with one more `_…` for each further source */
export function importedRule(_cloud: Cloud, id: string): Attributes {
  const [group = '', type = '', protocol = '', from = '', to = '', ...sources] = id.split('_');
  const wrong = (why: string) =>
    new LookupError(`unexpected format for ID ("${id}"), expected ${RULE_FORM}: ${why}`);
  if (sources.length === 0) throw wrong('too few parts');
  if (!group.startsWith('sg-')) throw wrong('invalid Security Group ID');
  if (type !== 'ingress' && type !== 'egress') throw wrong("expecting 'ingress' or 'egress'");
  if (!/^(tcp|udp|icmp|icmpv6|all|-1|\d+)$/.test(protocol))
    throw wrong('protocol must be tcp/udp/icmp/icmpv6/all or a number');
  const from_port = port(from, 'from_port', wrong);
  const to_port = port(to, 'to_port', wrong);
  const name = protocolName(protocol);
  if (to_port < from_port && !name.startsWith('icmp')) throw wrong('to_port lower than from_port');
  if (!sources.every((source) => /^(self|.*(sg-|pl-|:|\.).*)$/.test(source)))
    throw wrong("source must be cidr, ipv6cidr, prefix list, 'self', or a Security Group ID");
  return {
    id,
    security_group_id: group,
    type,
    protocol: name,
    from_port,
    to_port,
    ...sourcesOf(sources),
  };
}
