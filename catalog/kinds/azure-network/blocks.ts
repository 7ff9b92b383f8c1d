import { RESERVED_SUBNETS } from '../../../model/clouds/azure/limits';
import { Cidr } from '../../../model/net/cidr';
import { PRIVATE_BLOCKS } from '../../../model/net/special-purpose';
import type { ProblemList } from '../../ground/problem-list';
import type { Place } from '../../source/place';
import { type NetworkDraft, subnetsOf, vnetBlocksOf, vnetCidrsOf } from './draft';

/** Where Azure makes no virtual network (learn.microsoft.com, "Azure Virtual Network FAQ", "What address ranges can I use?"). */
const NO_VNET = [
  '224.0.0.0/4',
  '255.255.255.255/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '168.63.129.16/32',
].map((text) => Cidr.parse(text));

/** What is noted of a GatewaySubnet: room for what Azure may add (learn.microsoft.com, "About VPN Gateway configuration settings"). */
const ROOMY = 27;

interface Part {
  readonly cidr: Cidr;
  readonly place: Place;
  /** Whose it is, in a message. */
  readonly name: string;
}

/** Checks a virtual network's own arithmetic: sizes, subnets inside it and apart from each other. */
export function checkBlocks(network: NetworkDraft, problems: ProblemList): void {
  const vnet = vnetCidrsOf(network);
  checkVnet(network, problems);
  const parts = partsOf(network);
  parts.forEach((part, index) => {
    const { cidr, place } = part;
    if (!checkSize(part, problems)) return;
    if (vnet.length > 0 && !vnet.some((block) => block.contains(cidr))) {
      const must = `must be inside ${network.key}'s virtual network ${vnet.join(', ')}`;
      problems.error('subnet-outside', place.at(), { must, got: String(cidr) });
    }
    const other = parts.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other) problems.error('overlap', place.at(), `${cidr} overlaps ${other.name} (${other.cidr})`);
  });
  checkSubnetNames(network, problems);
}

function checkVnet(network: NetworkDraft, problems: ProblemList): void {
  vnetBlocksOf(network).forEach(({ cidr, place }, index, blocks) => {
    const where = place.at();
    if (cidr.prefixLength < 8 || cidr.prefixLength > 29)
      problems.error('bad-size', where, {
        must: 'must be from /8 to /29 for a virtual network of Azure',
        got: String(cidr),
      });
    const reserved = NO_VNET.find((block) => block.overlaps(cidr));
    if (reserved) {
      const statement = {
        must: `must not overlap ${reserved}, where Azure makes no virtual network`,
        got: String(cidr),
      };
      problems.error('bad-value', where, statement, 'for instance 172.21.0.0/16');
    } else if (!PRIVATE_BLOCKS.some((block) => block.contains(cidr))) {
      problems.note(
        'public-block',
        where,
        `${cidr} is no private block (${PRIVATE_BLOCKS.join(', ')}): its nodes do not reach the hosts of the Internet that have these addresses; right only where the block is your own`,
      );
    }
    const other = blocks.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other)
      problems.error(
        'overlap',
        where,
        `${cidr} overlaps ${other.cidr} of the same list`,
        'keep the wider one',
      );
  });
}

function partsOf(network: NetworkDraft): readonly Part[] {
  const part = (entry: string, place: Place, cidr: Cidr | undefined, ...steps: readonly string[]) =>
    cidr === undefined
      ? []
      : [{ cidr, place: place.below(...steps), name: `azure.${entry}.${steps.join('.')}` }];
  const { entry, place, draft } = network;
  return [
    ...part(entry, place, draft.create?.gatewaySubnet, 'create', 'gateway_subnet'),
    ...subnetsOf(network).flatMap((subnet) =>
      part(subnet.entry, subnet.place, subnet.cidr, 'private_network_ipmask'),
    ),
  ];
}

function checkSize({ cidr, place, name }: Part, problems: ProblemList): boolean {
  const isGateway = name.endsWith('.gateway_subnet');
  const [widest, what] = isGateway ? [24, 'a GatewaySubnet'] : [8, 'a subnet of Azure'];
  if (cidr.prefixLength < widest || cidr.prefixLength > 29) {
    problems.error('bad-size', place.at(), {
      must: `must be from /${widest} to /29 for ${what}`,
      got: String(cidr),
    });
    return false;
  }
  if (isGateway && cidr.prefixLength > ROOMY)
    problems.note(
      'few-addresses',
      place.at(),
      `${cidr} has no room for more gateways later: Azure recommends a /${ROOMY}, and a GatewaySubnet in use does not grow`,
    );
  return true;
}

/** Azure's names for its own services mean those alone, and two subnets of a network have two names. */
function checkSubnetNames(network: NetworkDraft, problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const { entry, place, name } of subnetsOf(network)) {
    if (name === undefined) continue;
    const where = place.at('azure_subnet_name');
    const reserved = RESERVED_SUBNETS.find((one) => one.toLowerCase() === name.toLowerCase());
    const other = seen.get(name.toLowerCase());
    if (reserved)
      problems.error(
        'bad-name',
        where,
        `${reserved} is the name of a subnet that Azure uses itself`,
        'choose another name',
      );
    else if (other !== undefined)
      problems.error(
        'name-clash',
        where,
        `${name} is the subnet of azure.${other} in the same virtual network`,
        'choose another name',
      );
    seen.set(name.toLowerCase(), entry);
  }
}
