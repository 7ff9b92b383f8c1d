import { isList, type Value } from '../protocol/values';
import { type Attributes, objects, text, texts } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';
import { LookupError } from './lookup-error';
import { attachedVpc } from './route-checks';
import { rulesOf } from './rules-by-type';
import { DEFAULT_ROUTE_TABLE, DEFAULT_SECURITY_GROUP } from './vpc-defaults';

/** The objects that a data source searches, and the filters that it knows. */
interface Kind {
  readonly noun: string;
  readonly types: readonly string[];
  /** Attributes that the data source has in addition to those of the object. */
  view?(cloud: Cloud, object: CloudObject): Attributes;
  /** Filters and arguments whose name is not the name of an attribute, with the attribute that they compare. */
  readonly filters?: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  vpc: {
    noun: 'EC2 VPC',
    types: ['aws_vpc'],
    view: (_cloud, { id, attributes }) => ({
      default: false,
      state: 'available',
      cidr_block_associations: [
        {
          association_id: id.replace('vpc-', 'vpc-cidr-assoc-'),
          cidr_block: text(attributes, 'cidr_block'),
          state: 'associated',
        },
      ],
    }),
    filters: { cidr: 'cidr_block', isDefault: 'default', 'is-default': 'default', 'vpc-id': 'id' },
  },
  subnet: {
    noun: 'EC2 Subnet',
    types: ['aws_subnet'],
    view: (_cloud, { attributes }) => ({
      default_for_az: false,
      state: 'available',
      available_ip_address_count: 2 ** (32 - Number(text(attributes, 'cidr_block').split('/')[1])) - 5,
    }),
    filters: {
      'subnet-id': 'id',
      cidr: 'cidr_block',
      cidrBlock: 'cidr_block',
      availabilityZone: 'availability_zone',
    },
  },
  security_group: {
    noun: 'EC2 Security Group',
    types: ['aws_security_group', DEFAULT_SECURITY_GROUP],
    filters: { 'group-id': 'id', 'group-name': 'name' },
  },
  vpn_gateway: {
    noun: 'EC2 VPN Gateway',
    types: ['aws_vpn_gateway'],
    view: (cloud, object) => ({ state: 'available', attached_vpc_id: attachedVpc(cloud, object) }),
    filters: { 'attachment.vpc-id': 'attached_vpc_id', 'vpn-gateway-id': 'id' },
  },
  customer_gateway: {
    noun: 'EC2 Customer Gateway',
    types: ['aws_customer_gateway'],
    view: (_cloud, { attributes }) => ({
      state: 'available',
      bgp_asn: Number(text(attributes, 'bgp_asn')) || null,
      bgp_asn_extended: Number(text(attributes, 'bgp_asn_extended')),
      certificate_arn: text(attributes, 'certificate_arn'),
      device_name: text(attributes, 'device_name'),
    }),
    filters: { 'customer-gateway-id': 'id', 'ip-address': 'ip_address' },
  },
  route_table: {
    noun: 'Route Table',
    types: ['aws_route_table', DEFAULT_ROUTE_TABLE],
    view: (cloud, table) => {
      const associations = associationsOf(cloud, table);
      return {
        route_table_id: table.id,
        associations,
        routes: objects(rulesOf('aws_route_table')?.derive?.(cloud, table) ?? {}, 'route'),
        associated_subnets: associations.map((association) => association.subnet_id ?? ''),
        associated_gateways: associations.map((association) => association.gateway_id ?? ''),
        main: associations.some((association) => association.main === true),
      };
    },
    filters: {
      subnet_id: 'associated_subnets',
      gateway_id: 'associated_gateways',
      'association.subnet-id': 'associated_subnets',
      'association.gateway-id': 'associated_gateways',
      'association.main': 'main',
      'route-table-id': 'id',
    },
  },
};

function associationsOf(cloud: Cloud, table: CloudObject): readonly Attributes[] {
  const vpc = cloud.find('aws_vpc', text(table.attributes, 'vpc_id'));
  const main = vpc === undefined ? undefined : rulesOf('aws_vpc')?.derive?.(cloud, vpc).main_route_table_id;
  const own = cloud
    .all('aws_route_table_association')
    .filter(({ attributes }) => text(attributes, 'route_table_id') === table.id)
    .map(({ id, attributes }) => ({
      route_table_association_id: id,
      route_table_id: table.id,
      subnet_id: text(attributes, 'subnet_id'),
      gateway_id: text(attributes, 'gateway_id'),
      main: false,
    }));
  const asMain = {
    route_table_association_id: `rtbassoc-${table.id.slice(4)}`,
    route_table_id: table.id,
    subnet_id: '',
    gateway_id: '',
    main: true,
  };
  return main === table.id ? [asMain, ...own] : own;
}

function viewOf(cloud: Cloud, kind: Kind, object: CloudObject): Attributes {
  const derived = rulesOf(object.type)?.derive?.(cloud, object) ?? {};
  return {
    ...object.attributes,
    ...derived,
    ...kind.view?.(cloud, object),
    tags: object.attributes.tags_all ?? {},
  };
}

function hasValue(actual: Value | undefined, wanted: readonly string[]): boolean {
  const values = isList(actual) ? actual : [actual ?? ''];
  const patterns = wanted.map(
    (value) =>
      new RegExp(
        `^${value
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ),
  );
  return values.some((value) => patterns.some((pattern) => pattern.test(String(value))));
}

function matchesFilter(kind: Kind, view: Attributes, filter: Attributes): boolean {
  const [name, wanted] = [text(filter, 'name'), texts(filter, 'values')];
  const tags = (view.tags ?? {}) as Attributes;
  if (name.startsWith('tag:'))
    return hasValue(tags[name.slice(4)] ?? undefined, wanted) && name.slice(4) in tags;
  if (name === 'tag-key') return Object.keys(tags).some((key) => hasValue(key, wanted));
  const attribute = kind.filters?.[name] ?? name.replaceAll('-', '_');
  if (!(attribute in view))
    throw new LookupError(
      `reading ${kind.noun}s: api error InvalidParameterValue: The filter '${name}' is invalid`,
    );
  return hasValue(view[attribute], wanted);
}

function matchesAttributes(
  kind: Kind,
  view: Attributes,
  config: Attributes,
  compared: readonly string[],
): boolean {
  return compared.every((name) => {
    const wanted = config[name] ?? null;
    return wanted === null || wanted === '' || hasValue(view[kind.filters?.[name] ?? name], [String(wanted)]);
  });
}

function matchesTags(view: Attributes, config: Attributes): boolean {
  const tags = (view.tags ?? {}) as Attributes;
  return Object.entries((config.tags ?? {}) as Attributes).every(([key, value]) => tags[key] === value);
}

/** The attributes of every object that matches a data source's configuration. @throws {@link LookupError} for an unknown filter */
export function lookUp(
  cloud: Cloud,
  kindName: string,
  config: Attributes,
  compared: readonly string[],
): readonly Attributes[] {
  const kind = KINDS[kindName];
  if (kind === undefined) throw new Error(`${kindName}: not a kind of object that can be looked up`);
  return cloud
    .all(...kind.types)
    .map((object) => viewOf(cloud, kind, object))
    .filter((view) => matchesAttributes(kind, view, config, compared) && matchesTags(view, config))
    .filter((view) => objects(config, 'filter').every((filter) => matchesFilter(kind, view, filter)));
}

/** The attributes of the only object that matches. @throws {@link LookupError} if none matches, or more than one */
export function lookUpOne(
  cloud: Cloud,
  kindName: string,
  config: Attributes,
  compared: readonly string[],
): Attributes {
  const [found, another] = lookUp(cloud, kindName, config, compared);
  const noun = KINDS[kindName]?.noun ?? kindName;
  if (found === undefined) throw new LookupError(`no matching ${noun} found`);
  if (another === undefined) return found;
  throw new LookupError(
    `multiple ${noun}s matched; use additional constraints to reduce matches to a single ${noun}`,
  );
}
