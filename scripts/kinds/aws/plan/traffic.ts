/**
 * What a change of a network does to packets: before the apply, during it, and after it, as they are seen from a node, from
 * the site, and from the Internet. The sentences of a plan derive from it.
 *
 * Sources: AWS Site-to-Site VPN user guide, "Tunnel endpoint replacements" (a changed customer gateway or VPN gateway makes
 * both tunnels unavailable, a changed tunnel option that tunnel); EC2 API reference, ModifyVpnConnection (outside addresses
 * and tunnel options remain); Amazon VPC user guide, "Delete a subnet", "NAT gateways", "Security group connection tracking".
 */
export interface Traffic {
  /** The change, for the person who approves it. */
  readonly change: string;
  /** What a packet from a node to the Internet finds. */
  readonly node: Course<Access>;
  /** What a packet between the site and a node finds. */
  readonly site: Course<Path>;
  /** The source address that the Internet sees of a node. */
  readonly internet: Course<Source>;
}

export type Course<Seen> = readonly [before: Seen, during: Seen | 'short break', after: Seen];

type Access = 'Internet' | 'none' | 'as before';

/**
 * - `tunnels in turn`: each tunnel restarts while the other one is up.
 * - `tunnel`: one tunnel restarts, and the other one is up.
 * - `tunnel until host`: one tunnel is down until the gateway host has loaded its new files, and the other one is up.
 * - `none until host`: no tunnel is up before the gateway host has loaded its new files.
 * - `none in apply`: no tunnel is up during the apply; they come up again by themselves.
 * - `restart by host`: the tunnels restart when the gateway host loads its new files.
 * - `more`, `less`: packets that did not pass before do, or the opposite.
 */
type Path =
  | 'tunnels'
  | 'tunnels in turn'
  | 'tunnel'
  | 'tunnel until host'
  | 'none until host'
  | 'none in apply'
  | 'restart by host'
  | 'none'
  | 'more'
  | 'less'
  | 'as before';

type Source = 'address' | 'new address' | 'nothing' | 'as before';

const SAME = ['as before', 'as before', 'as before'] as const;
const UNTOUCHED = { node: SAME, site: SAME, internet: SAME } as const;
const UNTIL_HOST = ['tunnels', 'none until host', 'tunnels'] as const;
const IN_APPLY = ['tunnels', 'none in apply', 'tunnels'] as const;
const IN_TURN = ['tunnels', 'tunnels in turn', 'tunnels'] as const;
const NO_INTERNET_BETWEEN = ['Internet', 'none', 'Internet'] as const;
const SAME_ADDRESS = ['address', 'nothing', 'address'] as const;

/** The changes, the most hurtful first: a plan tells them in this order. */
export const TRAFFIC = {
  'VPC destroyed': {
    change: 'a VPC is destroyed',
    node: ['Internet', 'none', 'none'],
    site: ['tunnels', 'none', 'none'],
    internet: ['address', 'nothing', 'nothing'],
  },
  'hub destroyed': {
    change: 'a transit gateway is destroyed',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'hub replaced': {
    change:
      'a transit gateway is replaced, as where its creation had failed; AWS refuses that while anything is attached',
    node: SAME,
    site: SAME,
    internet: SAME,
  },
  'VPC replaced': {
    change: 'a VPC is replaced, and its VPN gateway moves to the new one',
    node: NO_INTERNET_BETWEEN,
    site: UNTIL_HOST,
    internet: SAME_ADDRESS,
  },
  'VPN removed': {
    change: 'vpn: none, or the VPN connection is destroyed',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'attachment removed': {
    change: 'vpn: none for a network of a hub',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'hub table removed': {
    change: 'a route table of a hub is removed, which AWS refuses while a network is in it',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'hub table replaced': {
    change: 'a route table of a hub is replaced, as where its creation had failed',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'VPN moved to a hub': {
    change: 'gateway: transit for a network with a VPN of its own',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'VPN moved from a hub': {
    change: 'gateway: virtual-private for a network of a hub',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'hub changed': {
    change: 'another hub of a network',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'VPN gateway moved': {
    change: 'a VPN gateway is attached to another VPC, and its own stays',
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'VPN connection replaced': {
    change: 'an inside CIDR, the kind of routing, a tainted connection',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'attachment replaced': {
    change: 'an attachment whose creation had failed',
    node: SAME,
    site: IN_APPLY,
    internet: SAME,
  },
  'hub ASN': {
    change: 'amazon_side_asn of a hub, which AWS refuses while a VPN with BGP is attached',
    ...UNTOUCHED,
  },
  'site address changed': { change: 'site.public_ip', node: SAME, site: UNTIL_HOST, internet: SAME },
  'site ASN changed, BGP': { change: 'site.asn with BGP', node: SAME, site: UNTIL_HOST, internet: SAME },
  'site ASN changed, static': {
    change: 'site.asn with static routes',
    node: SAME,
    site: IN_APPLY,
    internet: SAME,
  },
  'customer gateway replaced': {
    change: 'a customer gateway is replaced for another reason',
    node: SAME,
    site: IN_APPLY,
    internet: SAME,
  },
  'VPN gateway replaced, BGP': {
    change: 'amazon_side_asn with BGP',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'VPN gateway replaced, static': {
    change: 'amazon_side_asn with static routes, a tainted VPN gateway',
    node: SAME,
    site: IN_APPLY,
    internet: SAME,
  },
  'crypto without match': {
    change: 'crypto, or algorithms that the gateway host does not propose yet',
    node: SAME,
    site: UNTIL_HOST,
    internet: SAME,
  },
  'crypto of one tunnel without match': {
    change: 'algorithms of one tunnel that the gateway host does not propose yet',
    node: SAME,
    site: ['tunnels', 'tunnel until host', 'tunnels'],
    internet: SAME,
  },
  'keys changed': { change: 'pre-shared keys of both tunnels', node: SAME, site: UNTIL_HOST, internet: SAME },
  'key of one tunnel changed': {
    change: 'the pre-shared key of one tunnel',
    node: SAME,
    site: ['tunnels', 'tunnel until host', 'tunnels'],
    internet: SAME,
  },
  'key storage changed': { change: 'preshared_key_storage', node: SAME, site: UNTIL_HOST, internet: SAME },
  'site network removed': {
    change: 'a network of the site has no route any more',
    node: SAME,
    site: ['tunnels', 'less', 'less'],
    internet: SAME,
  },
  'propagation removed': {
    change: "the VPN gateway's routes are no longer propagated",
    node: SAME,
    site: ['tunnels', 'none', 'none'],
    internet: SAME,
  },
  'nodes lose Internet access': {
    change: 'egress: nat to none; the NAT gateway, Internet gateway or a route goes',
    node: ['Internet', 'none', 'none'],
    site: SAME,
    internet: ['address', 'nothing', 'nothing'],
  },
  'subnet destroyed': {
    change: 'a subnet of nodes is removed',
    node: ['Internet', 'none', 'none'],
    site: ['tunnels', 'none', 'none'],
    internet: ['address', 'nothing', 'nothing'],
  },
  'subnet replaced': {
    change: "a subnet's block or zone",
    node: NO_INTERNET_BETWEEN,
    site: ['tunnels', 'none', 'tunnels'],
    internet: SAME_ADDRESS,
  },
  'security group replaced': {
    change: "the nodes' security group is replaced",
    node: NO_INTERNET_BETWEEN,
    site: ['tunnels', 'none', 'tunnels'],
    internet: SAME_ADDRESS,
  },
  'crypto with match': {
    change: 'algorithms among which are those that the gateway host proposes, as crypto: seed',
    node: SAME,
    site: IN_TURN,
    internet: SAME,
  },
  'tunnel options': {
    change: 'lifetimes, DPD and the like of both tunnels',
    node: SAME,
    site: IN_TURN,
    internet: SAME,
  },
  'options of one tunnel': {
    change: 'lifetimes, DPD and the like of one tunnel',
    node: SAME,
    site: ['tunnels', 'tunnel', 'tunnels'],
    internet: SAME,
  },
  'node table replaced': {
    change: "the nodes' route table or its association is replaced",
    node: NO_INTERNET_BETWEEN,
    site: ['tunnels', 'short break', 'tunnels'],
    internet: SAME_ADDRESS,
  },
  'Internet access interrupted': {
    change: 'a NAT gateway, public subnet, Internet gateway or route is replaced; the Elastic IP stays',
    node: NO_INTERNET_BETWEEN,
    site: SAME,
    internet: SAME_ADDRESS,
  },
  'public address changed': {
    change: 'the Elastic IP of a NAT gateway is replaced',
    node: NO_INTERNET_BETWEEN,
    site: SAME,
    internet: ['address', 'nothing', 'new address'],
  },
  'another NAT gateway': {
    change: 'egress: nat to nat-per-zone, and back',
    node: ['Internet', 'short break', 'Internet'],
    site: SAME,
    internet: ['address', 'short break', 'new address'],
  },
  'hub table changed': {
    change: 'route_table of a network',
    node: SAME,
    site: ['tunnels', 'short break', 'tunnels'],
    internet: SAME,
  },
  'attachment subnets': {
    change: 'attachment_subnets, or the first subnet of a zone',
    node: SAME,
    site: ['tunnels', 'short break', 'tunnels'],
    internet: SAME,
  },
  'route to the site replaced': {
    change: 'a static route or propagation is replaced',
    node: SAME,
    site: ['tunnels', 'short break', 'tunnels'],
    internet: SAME,
  },
  'ingress removed': {
    change: 'an ingress rule is removed',
    node: SAME,
    site: ['tunnels', 'less', 'less'],
    internet: SAME,
  },
  'ingress narrowed': {
    change: 'an ingress rule allows less',
    node: SAME,
    site: ['tunnels', 'less', 'less'],
    internet: SAME,
  },
  'egress removed': {
    change: 'an egress rule is removed or allows less',
    node: ['Internet', 'none', 'none'],
    site: ['tunnels', 'less', 'less'],
    internet: SAME,
  },
  'ingress widened': {
    change: 'an ingress rule allows more',
    node: SAME,
    site: ['tunnels', 'more', 'more'],
    internet: SAME,
  },
  'ingress added': {
    change: 'an ingress rule is added',
    node: SAME,
    site: ['tunnels', 'more', 'more'],
    internet: SAME,
  },
  'egress added': {
    change: 'an egress rule is added or allows more',
    node: ['none', 'Internet', 'Internet'],
    site: ['tunnels', 'more', 'more'],
    internet: SAME,
  },
  'hub added': { change: 'a hub is added', ...UNTOUCHED },
  'attachment added': {
    change: 'gateway: transit for a network without a VPN',
    node: SAME,
    site: ['none', 'none until host', 'tunnels'],
    internet: SAME,
  },
  'hub paths': {
    change: 'ecmp',
    node: SAME,
    site: ['tunnels', 'restart by host', 'tunnels'],
    internet: SAME,
  },
  'VPN added': {
    change: 'a VPN connection is created',
    node: SAME,
    site: ['none', 'none until host', 'tunnels'],
    internet: SAME,
  },
  'VPC added': {
    change: 'a VPC is created',
    node: ['none', 'none', 'Internet'],
    site: ['none', 'none until host', 'tunnels'],
    internet: ['nothing', 'nothing', 'address'],
  },
  'nodes get Internet access': {
    change: 'egress: none to nat',
    node: ['none', 'none', 'Internet'],
    site: SAME,
    internet: ['nothing', 'nothing', 'new address'],
  },
  'site network added': {
    change: 'a network of the site, or with mesh another one, gets a route',
    node: SAME,
    site: ['none', 'none', 'tunnels'],
    internet: SAME,
  },
  'tunnel mode': {
    change: 'vpn.mode: policy-based to route-based, and back',
    node: SAME,
    site: ['tunnels', 'restart by host', 'tunnels'],
    internet: SAME,
  },
  'hub table added': { change: 'a route table of a hub is added', ...UNTOUCHED },
  'hub no longer shared': { change: 'an account is taken out of share', ...UNTOUCHED },
  'hub shared': { change: 'share, auto_accept', ...UNTOUCHED },
  'hub options': { change: 'the description of a hub, or a default that somebody changed', ...UNTOUCHED },
  'subnet added': { change: 'a subnet of nodes is added', ...UNTOUCHED },
  'public subnet destroyed': { change: 'a public subnet is removed', ...UNTOUCHED },
  'public subnet replaced': { change: 'a public subnet is replaced', ...UNTOUCHED },
  'endpoints removed': { change: 'a service is taken out of endpoints', ...UNTOUCHED },
  'endpoints replaced': { change: 'an endpoint is replaced', ...UNTOUCHED },
  'endpoints added': { change: 'a service is added to endpoints', ...UNTOUCHED },
  'endpoints changed': { change: 'subnets of endpoints', ...UNTOUCHED },
  'forwarding removed': { change: 'a domain is taken out of dns.forward', ...UNTOUCHED },
  'forwarding replaced': { change: 'a rule or the endpoint of dns.forward is replaced', ...UNTOUCHED },
  'resolvers changed': { change: 'resolvers of a domain of dns.forward', ...UNTOUCHED },
  'forwarding added': { change: 'a domain is added to dns.forward', ...UNTOUCHED },
  'forwarding changed': { change: 'addresses from which resolvers are asked', ...UNTOUCHED },
  'DHCP options destroyed': { change: 'dns is taken out', ...UNTOUCHED },
  'DHCP options': { change: 'dns, or NTP servers beside it', ...UNTOUCHED },
  'DHCP options added': { change: 'dns is added', ...UNTOUCHED },
  'public subnet added': { change: 'a public subnet is added', ...UNTOUCHED },
  'flow logs destroyed': { change: 'flow_logs: false', ...UNTOUCHED },
  'flow logs added': { change: 'flow_logs: true', ...UNTOUCHED },
  'VPN logs destroyed': { change: 'vpn.logs: none', ...UNTOUCHED },
  'rule descriptions': { change: 'the description of a rule', ...UNTOUCHED },
  'entries only': { change: 'spot, and keys that are passed on to the entry', ...UNTOUCHED },
  tags: { change: 'tags only', ...UNTOUCHED },
} as const satisfies Readonly<Record<string, Traffic>>;

export type TrafficChange = keyof typeof TRAFFIC;
