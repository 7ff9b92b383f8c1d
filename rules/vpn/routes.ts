import { isWorld } from '../net/world';
import type { Resource } from '../resource';
import { type Found, type Rule, type RuleContext, unseen, violated } from '../rule';
import { blocksAt, listAt, referencesIn, textAt, UNKNOWN, type Unknown, type Values } from '../values';
import { cidrOf, siteNetworks } from './networks';
import { AZURE_VPN } from './tunnel-arguments';

const LOCAL_GATEWAY = 'azurerm_local_network_gateway';
const AWS_ROUTE = 'aws_vpn_connection_route';
const TRANSIT_ROUTE = 'aws_ec2_transit_gateway_route';

export const DECLARED_NETWORKS: Rule = {
  id: 'KKH-VPN-10',
  severity: 'high',
  title: 'Static routes and selectors of a connection hold declared networks alone',
  reason:
    'A route to more than the site has takes traffic that belongs elsewhere into the tunnel; a default route takes all of it.',
  fix: 'List the networks of the site in site.subnets, and nothing else. In another app give the networks to judge(…, { networks }).',
  references: ['RFC 4301, section 4.4.1'],
  types: [AWS_ROUTE, TRANSIT_ROUTE, LOCAL_GATEWAY, AZURE_VPN],
  judge: (resource, context) =>
    destinationsOf(resource).flatMap(({ network, attribute }) =>
      judgeNetwork(resource, network, attribute, context),
    ),
};

interface Destination {
  readonly network: string | Unknown;
  readonly attribute: string;
}

function destinationsOf({ type, values, written }: Resource): readonly Destination[] {
  const listed = (attribute: string): readonly Destination[] => {
    const list = listAt(values, attribute);
    if (list === undefined) return [];
    const networks: readonly (string | Unknown)[] = list === UNKNOWN ? [UNKNOWN] : list;
    return networks.map((network) => ({ network, attribute }));
  };
  // A hub has routes to networks of its clouds too.
  if (type === TRANSIT_ROUTE && !intoTunnel(written)) return [];
  if (type === AWS_ROUTE || type === TRANSIT_ROUTE) {
    const attribute = 'destination_cidr_block';
    const network = textAt(values, attribute);
    return network === undefined ? [] : [{ network, attribute }];
  }
  if (type === LOCAL_GATEWAY) return listed('address_space');
  const selectors = blocksAt(values, 'traffic_selector_policy');
  if (selectors === UNKNOWN) return [{ network: UNKNOWN, attribute: 'traffic_selector_policy' }];
  return selectors.flatMap(({ at }) => listed(`${at}.remote_address_cidrs`));
}

function intoTunnel({ transit_gateway_attachment_id: attachment }: Values): boolean {
  return referencesIn(attachment).some((one) => one.startsWith('aws_vpn_connection.'));
}

function judgeNetwork(
  resource: Resource,
  network: string | Unknown,
  attribute: string,
  context: RuleContext,
): readonly Found[] {
  if (network === UNKNOWN) return [unseen('a network of the site is not known', attribute)];
  const cidr = cidrOf(network);
  if (cidr === undefined) return [unseen(`${network} is no IPv4 network`, attribute)];
  if (cidr.prefixLength === 0) return [violated('a default route goes into the tunnel', attribute)];
  // Two halves of the Internet are a default route too.
  if (isWorld(network))
    return [violated(`${network}, a part of a default route, goes into the tunnel`, attribute)];
  const declared = siteNetworks(resource, context);
  if (declared === undefined)
    return [unseen(`whether ${network} is of the site is not known: nothing names its networks`, attribute)];
  return declared.some((one) => one.contains(cidr))
    ? []
    : [violated(`${network} is no declared network of the site`, attribute)];
}
