import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { because } from './attribute-words';
import { type Effect, type Told, told } from './outcome-words';
import type { InternetPath, PlannedNetwork } from './planned-network';
import { publicSubnetWords } from './subnet-words';

/** References whose change moves a packet to another way. */
const WAYS = ['nat_gateway_id', 'gateway_id', 'route_table_id', 'vpc_id', 'allocation_id'];

/** The resources between nodes and the Internet. */
export const INTERNET_TYPES = [
  'aws_internet_gateway',
  'aws_nat_gateway',
  'aws_eip',
  'aws_route',
  'aws_route_table',
  'aws_route_table_association',
];

/** What a plan does to the nodes' access to the Internet. Subnets with the same outcome share an effect. */
export function internetEffects(network: PlannedNetwork): Told {
  const kept = network.replacedVpc === undefined ? network.nodeSubnets.filter(stays) : [];
  const groups = new Map<string, { readonly effect: Effect; readonly cidrs: string[] }>();
  for (const subnet of kept) {
    const effect = effectOf(network, subnet);
    if (effect === undefined) continue;
    const key = JSON.stringify(effect);
    const group = groups.get(key) ?? { effect, cidrs: [] };
    groups.set(key, group);
    group.cidrs.push(String(subnet.before.cidr_block));
  }
  const effects = [...groups.values()].map(({ effect, cidrs }) =>
    cidrs.length === network.nodeSubnets.length
      ? effect
      : { ...effect, whose: `nodes in ${cidrs.join(', ')}` },
  );
  return told(effects, [...INTERNET_TYPES, 'aws_main_route_table_association']);
}

function effectOf(network: PlannedNetwork, subnet: ScrubbedChange): Effect | undefined {
  const before = network.internetPath(subnet, 'before');
  const after = network.internetPath(subnet, 'after');
  const address = addressOf(before?.address);
  if (before !== undefined && after === undefined)
    return { change: 'nodes lose Internet access', what: lostWords(before), ...address };
  if (before === undefined)
    return after === undefined
      ? undefined
      : {
          change: 'nodes get Internet access',
          what: gainedWords(after),
          ...known(after),
        };
  if (after === undefined) return undefined;
  const broken = after.parts.filter(isBroken);
  if (after.nat !== before.nat)
    return {
      change: 'another NAT gateway',
      what: `nodes in ${subnet.before.cidr_block} use another NAT gateway`,
      ...address,
      ...known(after),
    };
  const root = broken.find((part) => network.graph.isRootOfReplacement(part)) ?? broken[0];
  if (root === undefined || isOfNodes(network, subnet, root)) return undefined;
  const isSameAddress =
    before.address === after.address && before.address !== undefined && stays(before.address);
  return {
    change: isSameAddress ? 'Internet access interrupted' : 'public address changed',
    what: brokenWords(root),
    ...address,
    told: [root],
  };
}

/** The table of the nodes and its association have an effect of their own, because the site is behind them too. */
function isOfNodes(network: PlannedNetwork, subnet: ScrubbedChange, root: ScrubbedChange): boolean {
  return root === network.tableOf(subnet, 'after') || root === network.associationOf(subnet, 'after');
}

function isBroken(part: ScrubbedChange): boolean {
  return isReplaced(part) || creates(part) || part.changed.some((name) => WAYS.includes(name));
}

function brokenWords(root: ScrubbedChange): string {
  if (root.type === 'aws_subnet') return `${publicSubnetWords(root)}, with its NAT gateway`;
  if (isReplaced(root)) return `${partName(root)} is REPLACED${because(root)}`;
  return `${partName(root)} ${creates(root) ? 'is created again' : 'changes'}`;
}

function gainedWords({ nat, parts }: InternetPath): string {
  if (creates(nat)) return 'a NAT gateway is added';
  const made = parts.find(creates);
  return made === undefined ? 'a NAT gateway serves more nodes' : `${partName(made)} is created`;
}

function lostWords({ nat, address, parts }: InternetPath): string {
  const gone = removes(nat) ? nat : (parts.find(removes) ?? nat);
  const shown = gone === nat && address !== undefined ? ` (public address ${address.before.public_ip})` : '';
  return removes(gone) ? `${partName(gone)}${shown} is DESTROYED` : `${partName(gone)} is cut off`;
}

function addressOf(address: ScrubbedChange | undefined): Pick<Effect, 'address'> {
  const text = address?.before.public_ip;
  return typeof text === 'string' && text !== '' ? { address: text } : {};
}

function known({ address }: InternetPath): Pick<Effect, 'newAddress'> {
  const text = address !== undefined && stays(address) ? address.before.public_ip : undefined;
  return typeof text === 'string' && text !== '' ? { newAddress: text } : {};
}

/** A resource on the way to the Internet, in words. */
function partName({ type, before, after }: ScrubbedChange): string {
  const cidr = before.cidr_block ?? after.cidr_block;
  const names: Readonly<Record<string, string>> = {
    aws_internet_gateway: 'the Internet gateway',
    aws_nat_gateway: 'the NAT gateway',
    aws_eip: 'the Elastic IP of the NAT gateway',
    aws_subnet: `public subnet ${cidr}`,
    aws_route: 'the route to the Internet',
    aws_route_table: 'a route table on the way to the Internet',
    aws_route_table_association: 'the route table association of a public subnet',
    aws_main_route_table_association: 'the main route table association',
  };
  return names[type] ?? type;
}
