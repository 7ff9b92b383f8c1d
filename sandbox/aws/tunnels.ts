import { RESERVED_INSIDE_CIDRS } from '../../model/clouds/aws/inside-cidr';
import { type Attributes, filled, text } from '../provider/attributes';
import { addressAt, format, type Network, overlap, parseNetwork } from '../provider/cidr';
import { hex, numberBelow } from '../provider/derived';
import { formatIpv6 } from '../provider/ipv6';
import { AwsError, invalidParameter } from './aws-error';
import type { Cloud } from './cloud';
import { presharedKey } from './generated-text';
import { publicAddress } from './public-addresses';

export const TUNNELS = ['tunnel1', 'tunnel2'] as const;
export type Tunnel = (typeof TUNNELS)[number];

/** The range of inside networks, 169.254.0.0/16. */
const LINK_LOCAL: Network = { first: 0xa9fe0000, prefix: 16 };
const INSIDE_PREFIX = 30;

const RESERVED = RESERVED_INSIDE_CIDRS.map(String);

function checkInside(cidr: string): Network {
  const network = parseNetwork(cidr);
  if (network === undefined || network.prefix !== INSIDE_PREFIX || format(network) !== cidr) {
    throw invalidParameter(
      `Value (${cidr}) for parameter tunnelInsideCidr is invalid. It must be a /30 of 169.254.0.0/16.`,
    );
  }
  if (RESERVED.includes(cidr))
    throw invalidParameter(
      `Value (${cidr}) for parameter tunnelInsideCidr is invalid. The CIDR is reserved.`,
    );
  return network;
}

/** The inside networks of the connections that end at one gateway. @param end the argument that names the gateway */
function insideOf(cloud: Cloud, end: string, gateway: string): readonly Network[] {
  return cloud
    .all('aws_vpn_connection')
    .filter(({ attributes }) => text(attributes, end) === gateway)
    .flatMap(({ attributes }) =>
      TUNNELS.map((tunnel) => parseNetwork(text(attributes, `${tunnel}_inside_cidr`))),
    )
    .filter((network): network is Network => network !== undefined);
}

/** Chooses a /30 that is neither reserved nor in use, as AWS does if none is requested. */
function chosenInside(taken: readonly Network[], seed: string): Network {
  const count = 2 ** (INSIDE_PREFIX - LINK_LOCAL.prefix);
  const start = numberBelow(count, seed);
  const busy = [...taken, ...RESERVED.map(checkedNetwork)];
  for (let step = 0; ; step++) {
    const candidate = { first: LINK_LOCAL.first + ((start + step) % count) * 4, prefix: INSIDE_PREFIX };
    if (!busy.some((network) => overlap(network, candidate))) return candidate;
  }
}

function checkedNetwork(cidr: string): Network {
  return parseNetwork(cidr) ?? LINK_LOCAL;
}

/**
 * The inside network of each tunnel: the requested one, or else one that is not in use on this gateway. AWS demands of a virtual
 * private gateway alone that no two connections have the same (Site-to-Site VPN user guide, "Tunnel options").
 */
function insideNetworks(cloud: Cloud, request: Attributes, id: string): readonly Network[] {
  const end = text(request, 'transit_gateway_id') === '' ? 'vpn_gateway_id' : 'transit_gateway_id';
  const gateway = text(request, end);
  const used = insideOf(cloud, end, gateway);
  const taken = end === 'vpn_gateway_id' ? [...used] : [];
  const wanted = TUNNELS.map((tunnel) => text(request, `${tunnel}_inside_cidr`)).map((cidr) =>
    cidr === '' ? undefined : checkInside(cidr),
  );
  for (const network of wanted) {
    if (network === undefined) continue;
    if (taken.some((other) => overlap(other, network))) {
      // The code is inferred: AWS documents that inside CIDRs must be unique on a gateway, but not the error.
      throw new AwsError(
        'InvalidParameterValue',
        `The tunnel inside CIDR ${format(network)} is already in use on ${gateway}`,
      );
    }
    taken.push(network);
  }
  return wanted.map((network, index) => {
    const chosen = network ?? chosenInside([...used, ...taken], `${id} ${index}`);
    taken.push(chosen);
    return chosen;
  });
}

/** A /126 of fd00::/8, in which AWS chooses the inside network of a tunnel that carries IPv6. */
function chosenIpv6Inside(seed: string): string {
  const first = (0xfdn << 120n) + BigInt(`0x${hex(29, seed)}`) * 4n;
  return formatIpv6({ first, prefix: 126 });
}

/** The log options of a tunnel for which none are requested: AWS returns them, switched off. */
const NO_LOGS = [
  { cloudwatch_log_options: [{ log_enabled: false, log_group_arn: '', log_output_format: '' }] },
];

/** The attributes of a new connection, with those that the cloud chooses for both tunnels. */
export function tunnelAttributes(
  cloud: Cloud,
  request: Attributes,
  id: string,
  amazonAsn: string,
): Attributes {
  const networks = insideNetworks(cloud, request, id);
  const taken = cloud
    .everywhere('aws_vpn_connection')
    .flatMap(({ attributes }) => TUNNELS.map((tunnel) => text(attributes, `${tunnel}_address`)));
  const kept = text(request, 'preshared_key_storage') === 'SecretsManager';
  const carriesIpv6 = text(request, 'tunnel_inside_ip_version') === 'ipv6';
  return TUNNELS.reduce<Attributes>((attributes, tunnel, index) => {
    const network = networks[index] ?? LINK_LOCAL;
    const address = publicAddress(cloud, 'tunnels', `${id} ${tunnel}`, taken);
    taken.push(address);
    return filled(attributes, {
      [`${tunnel}_address`]: address,
      [`${tunnel}_inside_cidr`]: format(network),
      [`${tunnel}_inside_ipv6_cidr`]: carriesIpv6 ? chosenIpv6Inside(`${id} ${tunnel}`) : '',
      [`${tunnel}_vgw_inside_address`]: addressAt(network, 1),
      [`${tunnel}_cgw_inside_address`]: addressAt(network, 2),
      [`${tunnel}_bgp_asn`]: amazonAsn,
      [`${tunnel}_bgp_holdtime`]: 30,
      [`${tunnel}_log_options`]: NO_LOGS,
      // AWS does not return a key that is in Secrets Manager. Whether the real state is then free of it was not verified.
      [`${tunnel}_preshared_key`]: kept ? '' : presharedKey(id, tunnel),
    });
  }, request);
}
