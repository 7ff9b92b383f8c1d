import { Cidr } from '../../../../model/net/cidr';
import type { StateInstance } from '../../../../terraform/state/state-file';
import type { AdoptionInput } from '../../adoption';
import { textOf } from './attributes';
import { type FoundVpn, findVpn } from './found-vpn';
import { Obstacles } from './obstacles';
import { defaultRoute } from './routes';
import { idOf, Things } from './things';

/** A VPC in a state, with the role that each object has in it. */
export interface FoundNetwork {
  readonly things: Things;
  readonly vpc: StateInstance;
  readonly vpcId: string;
  readonly vpcCidr: Cidr;
  readonly region: string;
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** Private subnets with the names that their entries get; that of the network itself is the first. */
  readonly subnets: readonly [FoundSubnet, ...FoundSubnet[]];
  readonly publicTable?: StateInstance;
  readonly internetGateway?: StateInstance;
  readonly securityGroup?: StateInstance;
  readonly vpn?: FoundVpn;
}

export interface FoundSubnet {
  readonly entry: string;
  readonly subnet: StateInstance;
  readonly cidr: Cidr;
  readonly zone?: string;
  readonly table?: StateInstance;
  /** The NAT gateway that its table leads to. */
  readonly nat?: FoundNat;
  /** Whether the entry has the public subnet in which that NAT gateway stands. */
  readonly serves: boolean;
}

export interface FoundNat {
  readonly gateway: StateInstance;
  readonly address?: StateInstance;
  readonly subnet: StateInstance;
  readonly cidr: string;
  readonly zone?: string;
}

/** Finds a VPC and the roles of what is in it. @throws Failure for everything that can't be described by a catalog */
export function findNetwork(input: AdoptionInput): FoundNetwork {
  const obstacles = new Obstacles(input.source);
  const things = new Things(input.instances.filter(({ flaw }) => flaw === undefined));
  const vpc = onlyVpc(input, things, obstacles);
  const vpcId = idOf(vpc) ?? '';
  const vpcCidr = Cidr.parse(textOf(vpc.attributes, 'cidr_block') ?? '');
  if (textOf(vpc.attributes, 'ipv6_cidr_block') !== undefined)
    obstacles.add(`${vpc.address} has an IPv6 block, and networks with IPv6 are not built yet`);
  const flawed = input.instances.filter((one) => one.flaw !== undefined && isOfVpc(one, vpcId));
  for (const { address, flaw } of flawed)
    obstacles.add(
      flaw === 'tainted'
        ? `${address} is tainted, so Terraform would replace it`
        : `${address} has an object that is still to be deleted`,
      flaw === 'tainted'
        ? `run terraform untaint ${address} in its folder`
        : 'run terraform apply in its folder first',
    );
  const found = things
    .where('aws_subnet', { vpc_id: vpcId })
    .map((subnet) => describe(subnet, vpc, things))
    .filter(({ cidr }) => vpcCidr.contains(cidr));
  const chosen = input.ids.get('private_subnet');
  const candidates = found.filter(
    ({ table, subnet }) =>
      !isPublic(table, things) && (chosen === undefined || chosen.includes(idOf(subnet) ?? '')),
  );
  const order = (one: (typeof found)[number]) => chosen?.indexOf(idOf(one.subnet) ?? '') ?? 0;
  const privateOnes = [...candidates].sort(
    (a, b) =>
      order(a) - order(b) ||
      Number(isMain(b.table, vpc, things)) - Number(isMain(a.table, vpc, things)) ||
      a.cidr.first - b.cidr.first,
  );
  if (privateOnes.length === 0) {
    obstacles.fail(
      `there is no private subnet in ${vpcId}: each of its ${found.length} subnets has a route to an Internet gateway, or it has none`,
    );
  }
  const egress = egressOf(privateOnes, obstacles);
  const names = entryNames(
    privateOnes.map(({ subnet }) => subnet),
    input,
    obstacles,
  );
  const served = new Set<string>();
  const subnets = privateOnes.map((one, index): FoundSubnet => {
    const nat = idOf(one.nat?.gateway) ?? '';
    const serves =
      one.nat !== undefined && egress !== 'none' && !served.has(nat) && (egress !== 'nat' || index === 0);
    if (serves) served.add(nat);
    return { ...one, entry: names[index] ?? input.name, serves };
  });
  const publicTable = subnets
    .map(({ nat }) => nat && tableOf(nat.subnet, vpc, things))
    .find((table) => table !== undefined);
  const region =
    regionOf(vpc, subnets[0]?.zone) ?? obstacles.fail(`${vpc.address} has no ARN that names its region`);
  const vpn = findVpn({ things, vpcId, ids: input.ids, site: input.site }, obstacles);
  const securityGroup = onlyGroup(input, things, vpcId, obstacles);
  obstacles.check();
  const [own, ...others] = subnets;
  if (own === undefined) throw new Error('no subnet');
  const internetGateway = things.where('aws_internet_gateway', { vpc_id: vpcId })[0];
  return {
    things,
    vpc,
    vpcId,
    vpcCidr,
    region,
    egress,
    subnets: [own, ...others],
    ...(egress === 'none' || publicTable === undefined ? {} : { publicTable }),
    ...(egress === 'none' || internetGateway === undefined ? {} : { internetGateway }),
    ...(securityGroup === undefined ? {} : { securityGroup }),
    ...(vpn === undefined ? {} : { vpn }),
  };
}

/** The names of the subnets' entries: those that the catalog has for them already, else names that are free. */
function entryNames(
  subnets: readonly StateInstance[],
  { name, adopted, created }: AdoptionInput,
  obstacles: Obstacles,
): readonly string[] {
  const bySubnet = new Map(
    [...adopted].map(([entry, keys]) => [keys.aws_vpc_subnet_id ?? keys.aws_vcp_subnet_id, entry] as const),
  );
  const there = adopted.get(name)?.aws_vpc_subnet_id ?? adopted.get(name)?.aws_vcp_subnet_id;
  const own = idOf(subnets[0]);
  const called = bySubnet.get(own);
  if (called !== undefined && called !== name)
    obstacles.add(
      `${own} is the entry aws.${called} of the catalog`,
      `import it under that name: --entry aws/${called}`,
    );
  else if (there !== undefined && there !== own)
    obstacles.add(
      `the catalog's entry aws.${name} is the subnet ${String(there)}, and not ${own}`,
      'import under another name: --entry aws/NAME',
      `say that it is this one: --id private_subnet=${String(there)}`,
    );
  const taken = new Set([...adopted.keys(), ...created]);
  return subnets.map((subnet, index) => {
    const known = bySubnet.get(idOf(subnet));
    if (index === 0) return name;
    if (known !== undefined) return known;
    let number = index + 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    taken.add(`${name}_${number}`);
    return `${name}_${number}`;
  });
}

function onlyVpc({ ids }: AdoptionInput, things: Things, obstacles: Obstacles): StateInstance {
  const all = things.all('aws_vpc');
  const chosen = ids.get('vpc');
  const found = chosen === undefined ? all : all.filter((vpc) => chosen.includes(idOf(vpc) ?? ''));
  const [vpc, ...others] = found;
  if (vpc === undefined) {
    const there = all.map((one) => `${idOf(one)} (${one.address})`).join(', ') || 'none';
    obstacles.fail(`must hold a VPC${chosen === undefined ? '' : ` ${chosen.join(', ')}`}, got ${there}`);
  }
  if (others.length > 0) {
    const there = found.map((one) => `${idOf(one)} (${one.address})`).join(', ');
    obstacles.fail(
      `holds ${found.length} VPCs: ${there}`,
      `say which one: --id vpc=${idOf(vpc)}; each becomes an entry of its own`,
    );
  }
  return vpc;
}

/** The security group of the nodes: the only one, or that of `--id`. */
function onlyGroup(
  { ids }: AdoptionInput,
  things: Things,
  vpcId: string,
  obstacles: Obstacles,
): StateInstance | undefined {
  const all = things
    .where('aws_security_group', { vpc_id: vpcId })
    .filter(({ attributes }) => textOf(attributes, 'name') !== 'default');
  const chosen = ids.get('security_group');
  const found = chosen === undefined ? all : all.filter((group) => chosen.includes(idOf(group) ?? ''));
  const there = all.map((one) => `${idOf(one)} (${one.address})`).join(', ') || 'none';
  if (chosen !== undefined && found.length === 0)
    obstacles.add(`must hold the security group ${chosen.join(', ')} in ${vpcId}, got ${there}`);
  if (found.length > 1) {
    obstacles.add(
      `holds ${found.length} security groups in ${vpcId}: ${there}`,
      `say which one is that of the nodes: --id security_group=${idOf(found[0])}; the others stay where they are`,
    );
  }
  return found[0];
}

function isOfVpc({ attributes, type }: StateInstance, vpcId: string): boolean {
  return textOf(attributes, 'vpc_id') === vpcId || (type === 'aws_vpc' && textOf(attributes, 'id') === vpcId);
}

function describe(
  subnet: StateInstance,
  vpc: StateInstance,
  things: Things,
): Pick<FoundSubnet, 'subnet' | 'cidr' | 'zone' | 'table' | 'nat'> {
  const zone = textOf(subnet.attributes, 'availability_zone');
  const table = tableOf(subnet, vpc, things);
  const nat = natOf(table, things);
  return {
    subnet,
    cidr: Cidr.parse(textOf(subnet.attributes, 'cidr_block') ?? ''),
    ...(zone === undefined ? {} : { zone }),
    ...(table === undefined ? {} : { table }),
    ...(nat === undefined ? {} : { nat }),
  };
}

/** The table that a subnet is associated with, else the main one. */
export function tableOf(
  subnet: StateInstance,
  vpc: StateInstance,
  things: Things,
): StateInstance | undefined {
  const [own] = things.where('aws_route_table_association', { subnet_id: idOf(subnet) });
  return things.byId(
    'aws_route_table',
    own ? textOf(own.attributes, 'route_table_id') : mainTableId(vpc, things),
  );
}

/** The id of the VPC's main table: what an association says, else what the VPC's last refresh saw. */
export function mainTableId(vpc: StateInstance, things: Things): string | undefined {
  const [association] = things.where('aws_main_route_table_association', { vpc_id: idOf(vpc) });
  return association
    ? textOf(association.attributes, 'route_table_id')
    : textOf(vpc.attributes, 'main_route_table_id');
}

function isMain(table: StateInstance | undefined, vpc: StateInstance, things: Things): boolean {
  return table !== undefined && idOf(table) === mainTableId(vpc, things);
}

function isPublic(table: StateInstance | undefined, things: Things): boolean {
  return defaultRoute(table, things)?.gateway?.startsWith('igw-') ?? false;
}

function natOf(table: StateInstance | undefined, things: Things): FoundNat | undefined {
  const gateway = things.byId('aws_nat_gateway', defaultRoute(table, things)?.natGateway);
  const subnet = gateway && things.byId('aws_subnet', textOf(gateway.attributes, 'subnet_id'));
  if (gateway === undefined || subnet === undefined) return undefined;
  const address = things.byId('aws_eip', textOf(gateway.attributes, 'allocation_id'));
  const zone = textOf(subnet.attributes, 'availability_zone');
  return {
    gateway,
    subnet,
    cidr: textOf(subnet.attributes, 'cidr_block') ?? '',
    ...(zone === undefined ? {} : { zone }),
    ...(address === undefined ? {} : { address }),
  };
}

type Found = Pick<FoundSubnet, 'subnet' | 'zone' | 'table' | 'nat'>;

function egressOf(subnets: readonly Found[], obstacles: Obstacles): FoundNetwork['egress'] {
  const gateways = new Set(subnets.map(({ nat }) => idOf(nat?.gateway)));
  const [only] = gateways;
  if (gateways.size === 1) return only === undefined ? 'none' : 'nat';
  const apart = subnets.find(({ nat, zone }) => nat === undefined || nat.zone !== zone);
  if (apart !== undefined) {
    const how =
      apart.nat === undefined
        ? 'has no way out, and others have one'
        : `is in ${apart.zone}, and its NAT gateway in ${apart.nat.zone}`;
    obstacles.add(
      `${apart.subnet.address} ${how}: a catalog has one NAT gateway for all private subnets, one in each zone, or none`,
      'name the private subnets that belong together, each with --id private_subnet=…; the others stay where they are',
    );
  }
  return 'nat-per-zone';
}

function regionOf({ attributes }: StateInstance, zone: string | undefined): string | undefined {
  const [, , , region] = (textOf(attributes, 'arn') ?? '').split(':');
  return region || textOf(attributes, 'region') || zone?.replace(/[a-z]$/, '');
}
