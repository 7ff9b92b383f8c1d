import { UsageError } from '../../../../base/errors';
import type { Attributes, StateInstance } from '../../../../terraform/state/state-file';
import type { Discovery, GivenObject } from '../../adoption';
import { blocksOf, textOf, textsOf } from './attributes';
import { idOf, Things } from './things';
import { AWS_ADOPTED_ROLES } from './types';

/**
 * Finds a VPC and what is in it by data sources. The provider has none for VPN connections, so that of a network must be
 * given; the customer gateway at its other end is named by it.
 */
export const AWS_DISCOVERY: Discovery = {
  // TEST-NET-1 (RFC 5737): no network of a catalog has it.
  provisional: (region) => ({
    aws_region: region,
    private_network_ipmask: '192.0.2.0/28',
    create: { vpc_cidr: '192.0.2.0/24', egress: 'none', ingress: 'jupyter', vpn: 'none' },
  }),
  questions: (ids) => {
    const [vpc, ...others] = ids.get('vpc') ?? [];
    if (vpc === undefined || others.length > 0)
      throw new UsageError('import: without --state, name one VPC: --id vpc=vpc-…');
    const ofVpc = [{ name: 'vpc-id', values: [vpc] }];
    return {
      data: {
        aws_subnets: { all: { filter: ofVpc } },
        aws_route_tables: { all: { vpc_id: vpc } },
        aws_security_groups: { all: { filter: ofVpc } },
        aws_nat_gateways: { all: { vpc_id: vpc, filter: [{ name: 'state', values: ['available'] }] } },
        aws_route_table: {
          each: { for_each: '${toset(data.aws_route_tables.all.ids)}', route_table_id: '${each.value}' },
        },
        aws_security_group: {
          each: { for_each: '${toset(data.aws_security_groups.all.ids)}', id: '${each.value}' },
        },
        aws_nat_gateway: {
          each: { for_each: '${toset(data.aws_nat_gateways.all.ids)}', id: '${each.value}' },
        },
      },
      outputs: {
        subnets: '${data.aws_subnets.all.ids}',
        groups: '${values(data.aws_security_group.each)}',
        tables: '${values(data.aws_route_table.each)}',
        nats: '${values(data.aws_nat_gateway.each)}',
      },
    };
  },
  objects: (ids, answers) => {
    const tables = blocksOf(answers, 'tables');
    const nats = blocksOf(answers, 'nats');
    const gateways = tables
      .flatMap((table) => blocksOf(table, 'routes'))
      .flatMap((route) => textOf(route, 'gateway_id') ?? []);
    const listed: Readonly<Record<string, readonly string[]>> = {
      subnet: textsOf(answers, 'subnets'),
      // The group that each VPC has from its beginning is no group of the nodes.
      security_group: blocksOf(answers, 'groups')
        .filter((group) => textOf(group, 'name') !== 'default')
        .flatMap((group) => textOf(group, 'id') ?? []),
      route_table: usedTables(answers).flatMap((table) => textOf(table, 'route_table_id') ?? []),
      nat_gateway: nats.flatMap((nat) => textOf(nat, 'id') ?? []),
      elastic_ip: nats.flatMap((nat) => textOf(nat, 'allocation_id') ?? []),
      internet_gateway: gateways.filter((gateway) => gateway.startsWith('igw-')),
      vpn_gateway: gateways.filter((gateway) => gateway.startsWith('vgw-')),
    };
    const found = new Map<string, GivenObject>();
    for (const role of Object.keys(AWS_ADOPTED_ROLES))
      for (const id of [...(ids.get(role) ?? []), ...(listed[role] ?? [])]) {
        const object = given(role, id);
        found.set(`${object.type} ${id}`, object);
      }
    return [...found.values()];
  },
  further: (instances) => {
    const things = new Things(instances);
    return things.all('aws_vpn_connection').flatMap(({ attributes }) => {
      const [customer, gateway] = [
        textOf(attributes, 'customer_gateway_id'),
        textOf(attributes, 'vpn_gateway_id'),
      ];
      return [
        ...(customer === undefined || things.byId('aws_customer_gateway', customer)
          ? []
          : [given('customer_gateway', customer)]),
        ...(gateway === undefined || things.byId('aws_vpn_gateway', gateway)
          ? []
          : [given('vpn_gateway', gateway)]),
      ];
    });
  },
  written: (instances, answers) => {
    const [vpc] = new Things(instances).all('aws_vpc');
    const original = vpc && textOf(vpc.attributes, 'default_route_table_id');
    // A main table that no subnet uses is left: ours takes its place, as it does where a state has no association of it.
    return usedTables(answers).flatMap((table) =>
      blocksOf(table, 'associations').flatMap((association) =>
        associationOf(association, textOf(table, 'route_table_id'), idOf(vpc), original),
      ),
    );
  },
};

/** The route tables that subnets use: the main one is that of the subnets without an association of their own. */
function usedTables(answers: Attributes): readonly Attributes[] {
  const tables = blocksOf(answers, 'tables');
  const associated = new Set(
    tables.flatMap((table) =>
      blocksOf(table, 'associations').flatMap((association) => textOf(association, 'subnet_id') ?? []),
    ),
  );
  const isMainUsed = textsOf(answers, 'subnets').some((subnet) => !associated.has(subnet));
  const isUsed = (association: Attributes): boolean =>
    association.main === true ? isMainUsed : textOf(association, 'subnet_id') !== undefined;
  return tables.filter((table) => blocksOf(table, 'associations').some(isUsed));
}

function given(role: string, id: string): GivenObject {
  const known = AWS_ADOPTED_ROLES[role];
  if (known === undefined) throw new Error(`${role}: no such role`);
  const { type, needs = {}, leaves } = known;
  return { type, id, needs, ...(leaves === undefined ? {} : { leaves }) };
}

function associationOf(
  association: Attributes,
  table: string | undefined,
  vpc: string | undefined,
  original: string | undefined,
): readonly StateInstance[] {
  const id = textOf(association, 'route_table_association_id');
  if (id === undefined || table === undefined) return [];
  if (association.main === true) {
    return [
      instance('aws_main_route_table_association', {
        id,
        vpc_id: vpc,
        route_table_id: table,
        original_route_table_id: original,
      }),
    ];
  }
  const subnet = textOf(association, 'subnet_id');
  if (subnet === undefined) return [];
  return [
    instance('aws_route_table_association', { id, subnet_id: subnet, route_table_id: table, gateway_id: '' }),
  ];
}

function instance(type: string, attributes: Attributes): StateInstance {
  return {
    address: `${type} ${String(attributes.id)}`,
    mode: 'managed',
    type,
    attributes,
    raw: { schema_version: 0, attributes, sensitive_attributes: [] },
  };
}
