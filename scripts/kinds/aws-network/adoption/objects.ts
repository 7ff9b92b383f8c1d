import type { Attributes, StateInstance } from '../../../../terraform/state/state-file';
import type { AdoptionTarget, KnownObject, Questions } from '../../adoption';
import { blocksOf, textOf, textsOf } from './attributes';
import { vpnLogGroup } from './entry';
import { type FoundNetwork, type FoundSubnet, mainTableId } from './found-network';
import { routesOf } from './routes';
import { portOf, sourceOf } from './rules';
import { idOf } from './things';
import { AWS_ADOPTED_TYPES } from './types';

type Finder = (network: FoundNetwork, target: AdoptionTarget, answers: Attributes) => KnownObject | undefined;

/** The rules of the security group, which a state that has them as blocks knows without their ids. */
export function ruleQuestions({ securityGroup }: FoundNetwork): Questions {
  if (securityGroup === undefined) return { data: {}, outputs: {} };
  return {
    data: {
      aws_vpc_security_group_rules: {
        of_group: { filter: [{ name: 'group-id', values: [idOf(securityGroup)] }] },
      },
      aws_vpc_security_group_rule: {
        each: {
          for_each: '${toset(data.aws_vpc_security_group_rules.of_group.ids)}',
          security_group_rule_id: '${each.value}',
        },
      },
    },
    outputs: { rules: '${values(data.aws_vpc_security_group_rule.each)}' },
  };
}

/** The object that a resource of our configuration stands for; undefined for one that does not exist. */
export const findObject: Finder = (network, target, answers) =>
  FINDERS[target.type]?.(network, target, answers);

const taken = (instance: StateInstance | undefined): KnownObject | undefined =>
  instance && { how: 'taken', instance };

const imported = (type: string, attributes: Attributes): KnownObject | undefined => {
  const id = AWS_ADOPTED_TYPES[type]?.id(attributes);
  return id === undefined ? undefined : { how: 'imported', id };
};

/** The key after a fixed part of a construct's name: that of a subnet's entry. */
const keyIn = (name: string, before: string): string | undefined =>
  name.startsWith(before) ? name.slice(before.length) : undefined;

const subnetOf = ({ subnets }: FoundNetwork, key: string | undefined): FoundSubnet | undefined =>
  subnets.find(({ entry }) => entry === key);

const ofVpc =
  (type: string): Finder =>
  ({ things, vpcId }) =>
    taken(things.where(type, { vpc_id: vpcId })[0]);

const FINDERS: Readonly<Record<string, Finder>> = {
  aws_vpc: ({ vpc }) => taken(vpc),
  // Imported, it would keep the rules that it has; only its creation takes them away.
  aws_default_security_group: ofVpc('aws_default_security_group'),
  aws_internet_gateway: ({ internetGateway }) => taken(internetGateway),
  aws_subnet: ({ things, vpcId }, { config }) =>
    taken(things.where('aws_subnet', { vpc_id: vpcId, cidr_block: textOf(config, 'cidr_block') })[0]),
  aws_route_table: (network, { name }) => {
    if (name === 'Network_Public_Table') return taken(network.publicTable);
    if (name === 'Network_Private') return taken(network.subnets[0].table);
    return taken(subnetOf(network, keyIn(name, 'Network_Private-'))?.table);
  },
  aws_main_route_table_association: ({ things, vpcId, vpc }, { config }) => {
    const [own] = things.where('aws_main_route_table_association', { vpc_id: vpcId });
    if (own !== undefined || mainTableId(vpc, things) !== textOf(config, 'route_table_id')) return taken(own);
    return undefined;
  },
  aws_route_table_association: ({ things }, { config }) =>
    taken(
      things.where('aws_route_table_association', {
        subnet_id: textOf(config, 'subnet_id'),
        route_table_id: textOf(config, 'route_table_id'),
      })[0],
    ),
  aws_route: ({ things }, { type, config }) => {
    const table = things.byId('aws_route_table', textOf(config, 'route_table_id'));
    const destination = textOf(config, 'destination_cidr_block');
    const route = table && routesOf(table, things).find((one) => one.destination === destination);
    return route && (taken(route.instance) ?? imported(type, config));
  },
  aws_eip: (network, { name }) =>
    taken(subnetOf(network, keyIn(name, 'Network_Public_Address-'))?.nat?.address),
  aws_nat_gateway: ({ things }, { config }) =>
    taken(things.where('aws_nat_gateway', { subnet_id: textOf(config, 'subnet_id') })[0]),
  aws_security_group: ({ securityGroup }) => taken(securityGroup),
  aws_vpc_security_group_ingress_rule: (network, target, answers) => rule(network, target, answers, false),
  aws_vpc_security_group_egress_rule: (network, target, answers) => rule(network, target, answers, true),
  aws_vpn_gateway: ({ vpn }) => taken(vpn?.gateway),
  aws_customer_gateway: ({ vpn }) => taken(vpn?.customerGateway),
  aws_vpn_connection: ({ vpn }) => taken(vpn?.connection),
  aws_vpn_connection_route: ({ things, vpn }, { type, config }) => {
    const destination = textOf(config, 'destination_cidr_block');
    const connection = textOf(config, 'vpn_connection_id');
    const [own] = things.where(type, { vpn_connection_id: connection, destination_cidr_block: destination });
    if (own !== undefined || destination === undefined || !vpn?.networks.includes(destination))
      return taken(own);
    return written(type, { destination_cidr_block: destination, vpn_connection_id: connection });
  },
  aws_vpn_gateway_route_propagation: ({ things }, { type, config }) => {
    const [gateway, table] = [textOf(config, 'vpn_gateway_id'), textOf(config, 'route_table_id')];
    const [own] = things.where(type, { vpn_gateway_id: gateway, route_table_id: table });
    const found = things.byId('aws_route_table', table);
    if (own !== undefined || gateway === undefined || !found) return taken(own);
    if (!textsOf(found.attributes, 'propagating_vgws').includes(gateway)) return undefined;
    return written(type, { vpn_gateway_id: gateway, route_table_id: table });
  },
  aws_cloudwatch_log_group: (network, { name }) =>
    name === 'Vpn_Log' && network.vpn ? taken(vpnLogGroup(network, network.vpn)) : undefined,
};

/** An instance of a type that can't be imported, all of whose attributes are known. */
function written(type: string, attributes: Attributes): KnownObject | undefined {
  const id = AWS_ADOPTED_TYPES[type]?.id(attributes);
  return id === undefined ? undefined : { how: 'written', attributes: { id, ...attributes } };
}

/** A rule by what it allows: a resource of the state, or a rule of the group whose id the cloud has told. */
function rule(
  { things, securityGroup }: FoundNetwork,
  { type, config }: AdoptionTarget,
  answers: Attributes,
  isEgress: boolean,
): KnownObject | undefined {
  const group = idOf(securityGroup);
  if (group === undefined) return undefined;
  const key = (attributes: Attributes) => `${portOf(attributes)?.key} ${sourceOf(attributes, group)}`;
  const wanted = key(config);
  const own = things
    .where(type, { security_group_id: group })
    .find(({ attributes }) => key(attributes) === wanted);
  if (own !== undefined) return taken(own);
  const told = blocksOf(answers, 'rules').find(
    (attributes) => attributes.is_egress === isEgress && key(attributes) === wanted,
  );
  return told && imported(type, told);
}
