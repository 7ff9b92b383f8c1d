import { DEFAULT_AZURE_ASN } from '../../../model/clouds/azure/asn';
import { GATEWAY_SKUS, REFUSED_SKUS } from '../../../model/clouds/azure/gateway-skus';
import { type IpsecPolicy, POLICY_VALUES } from '../../../model/clouds/azure/ipsec-policy';
import { NAT_IDLE_MINUTES, ROUTING_WEIGHT, SA_DATASIZE_KB } from '../../../model/clouds/azure/limits';
import { ZONES } from '../../../model/clouds/azure/locations';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import { AZURE_LOCATION, AZURE_NAME, AZURE_ZONE, RESOURCE_GROUP_NAME, VNET_NAME } from '../../adopted/azure';
import { COMMON_KEYS } from '../../adopted/keys';
import { INGRESS } from '../../ingress/keys';
import { duration } from '../../shape/duration-format';
import { CIDR, ENTRY_NAME, IPV4 } from '../../shape/formats';
import type { Refusal } from '../../shape/shape';
import {
  choice,
  choiceAlso,
  either,
  explained,
  FLAG,
  list,
  map,
  named,
  optional,
  pattern,
  required,
  text,
  whole,
  withDefault,
} from '../../shape/shapes';
import { TAGS } from '../azure/tags';

const STORAGE_ACCOUNT_ID = pattern(
  "a storage account's id: /subscriptions/…/storageAccounts/NAME",
  '^/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\\s]+/providers/Microsoft\\.Storage/storageAccounts/[a-z0-9]{3,24}$',
);

const RULE_NAME = pattern(
  'a name of a letter and up to 79 letters, digits, _ and -',
  '^[A-Za-z][A-Za-z0-9_-]{0,79}$',
);

const IPV6: Refusal = { code: 'not-built', message: 'IPv6 is not built yet' };

const policy = (field: keyof IpsecPolicy) => choice(...POLICY_VALUES[field]);

/** The names of azurerm's block `ipsec_policy`: all of them, or none. */
export const POLICY_KEYS = {
  ike_encryption: optional(policy('ikeEncryption'), 'Encryption of IKE'),
  ike_integrity: optional(policy('ikeIntegrity'), 'Integrity of IKE'),
  dh_group: optional(policy('dhGroup'), 'Diffie-Hellman group of IKE'),
  ipsec_encryption: optional(policy('ipsecEncryption'), 'Encryption of ESP'),
  ipsec_integrity: optional(
    policy('ipsecIntegrity'),
    'Integrity of ESP; with GCM the same as the encryption',
  ),
  pfs_group: optional(policy('pfsGroup'), 'Diffie-Hellman group for perfect forward secrecy'),
};

const NAT_RULE = map({
  mode: required(
    explained(choice('EgressSnat', 'IngressSnat'), {
      EgressSnat: "the network's addresses, as the site sees them",
      IngressSnat: "the site's addresses, as the network sees them",
    }),
    'Which end is translated',
  ),
  internal: required(text(CIDR), 'Addresses as they are'),
  external: required(text(CIDR), 'Addresses as the other end sees them, of the same prefix length'),
  type: withDefault(choice('Static'), 'Static', 'One address for each: Azure takes no other with BGP'),
});

const ofAws = (fix: string, more = ''): Refusal => ({
  code: 'refused-key',
  message: `is of another cloud${more}`,
  fix,
});

export const VPN_KEYS = map(
  {
    sku: withDefault(choiceAlso(GATEWAY_SKUS, Object.keys(REFUSED_SKUS)), 'VpnGw1AZ', 'Size of the gateway'),
    generation: withDefault(
      either('auto, 1 or 2', { text: choice('auto'), whole: choice(1, 2) }),
      'auto',
      'Generation of the gateway; auto: 1 up to VpnGw3AZ, whose size changes in place, 2 above. A change replaces the gateway',
    ),
    zones: optional(
      list(choice(...ZONES), { max: 3, distinct: true }),
      'Availability zones of its public addresses; absent: all that the location has',
    ),
    active_active: optional(FLAG, 'Two instances that are both up; absent: with routing: bgp'),
    routing: withDefault(
      explained(choice('static', 'bgp'), {
        static: 'Azure gets the networks of the site',
        bgp: 'both ends announce their networks over BGP',
      }),
      'static',
      'How routes become known',
    ),
    mode: withDefault(
      explained(choice('route-based', 'policy-based'), {
        'route-based': 'by routes into a tunnel interface',
        'policy-based': 'by pairs of networks, as traffic selectors',
      }),
      'route-based',
      'How the gateways choose the traffic for a tunnel',
    ),
    crypto: withDefault(
      explained(choice(...CRYPTO_PROFILES), {
        modern: 'AES256-GCM, SHA2-384, DH group 20, and nothing else',
        compatible: 'AES256, SHA2-256, DH group 14: for daemons without elliptic curves',
        seed: "the controller manual's form: AES128, SHA1, DH group 14",
      }),
      'modern',
      'Named set of cryptographic options',
    ),
    azure_asn: withDefault(whole(1, 4294967294), DEFAULT_AZURE_ASN, "Azure's autonomous system number"),
    bgp_peering: withDefault(
      explained(choice('apipa', 'gateway-subnet'), {
        apipa: 'addresses of 169.254.21.0 to 169.254.22.255; the site begins',
        'gateway-subnet': 'addresses of the GatewaySubnet, known after the apply',
      }),
      'apipa',
      'Between which addresses BGP speaks',
    ),
    connection_mode: withDefault(
      explained(choice('Default', 'ResponderOnly', 'InitiatorOnly'), {
        Default: 'either end begins',
        ResponderOnly: 'the site begins',
        InitiatorOnly: 'Azure begins',
      }),
      'Default',
      'Which end begins the negotiation. A change is a new connection',
    ),
    ipsec: withDefault(
      map({
        sa_lifetime: withDefault(
          text(duration('300s', '172799s')),
          '3600s',
          'Lifetime of the ESP security associations',
        ),
        sa_datasize_kb: withDefault(
          whole(SA_DATASIZE_KB.min, SA_DATASIZE_KB.max),
          102400000,
          'Kilobytes after which they are renewed',
        ),
        dpd: withDefault(
          text(duration('9s', '3600s')),
          '45s',
          'After how long a silent peer counts as dead. A change is a new connection',
        ),
      }),
      {},
      'Lifetimes, and detection of a dead peer',
    ),
    ipsec_policy: withDefault(
      map(POLICY_KEYS),
      {},
      "Algorithms in azurerm's words, all six of them, in place of crypto",
    ),
    nat_rules: withDefault(
      named(RULE_NAME, NAT_RULE, { max: 100 }),
      {},
      'Translation of addresses at the gateway',
    ),
    routing_weight: withDefault(
      whole(ROUTING_WEIGHT.min, ROUTING_WEIGHT.max),
      10,
      'Weight of the connection among several',
    ),
  },
  {
    amazon_side_asn: ofAws('write azure_asn'),
    tunnel_options: ofAws('use ipsec and ipsec_policy'),
    tunnels: ofAws('use ipsec and ipsec_policy', ': a connection of Azure has one policy for its tunnels'),
    gateway: ofAws('remove it: Azure has one kind of gateway'),
    logs: ofAws(
      'remove it',
      ": a gateway's logs are settings of Azure Monitor, which kakehashi does not make",
    ),
  },
);

const NAME_SERVERS_ALONE = ': a virtual network has name servers alone';

const VPN = either('none or a map of keys', { text: choice('none'), map: VPN_KEYS });

/** `create` of an entry that is a virtual network of its own. */
const CREATE_NETWORK = map(
  {
    resource_group: withDefault(
      explained(choice('create', 'existing'), { create: 'it is made', existing: 'it is there, and stays' }),
      'create',
      'Whether the resource group is made',
    ),
    vnet_cidr: required(
      either('a block, or a list of 1 to 10 of them', {
        text: text(CIDR),
        list: list(text(CIDR), { min: 1, max: 10 }),
      }),
      'Blocks of the virtual network, /8 to /29 each',
    ),
    gateway_subnet: optional(text(CIDR), 'Block of the GatewaySubnet, /24 to /29; needed with a VPN'),
    egress: withDefault(
      choiceAlso(['nat', 'none'], ['nat-per-zone']),
      'nat',
      'How nodes reach the Internet: through a NAT gateway, or not at all',
    ),
    nat: withDefault(
      map({
        zone: optional(choice(...ZONES), 'Zone of the NAT gateway; absent: none. A change replaces it'),
        idle_timeout_minutes: withDefault(
          whole(NAT_IDLE_MINUTES.min, NAT_IDLE_MINUTES.max),
          4,
          'After how long a silent connection is forgotten',
        ),
      }),
      {},
      'The NAT gateway',
    ),
    ingress: withDefault(INGRESS, 'vc-node', 'Who may reach the nodes: a port profile or rules'),
    flow_logs: withDefault(
      either('false, or a map with storage_account_id', {
        flag: FLAG,
        map: map({ storage_account_id: required(text(STORAGE_ACCOUNT_ID), 'Storage account of the logs') }),
      }),
      false,
      'Flow logs of the virtual network, in a storage account',
    ),
    dns: optional(
      map(
        {
          servers: required(
            list(text(IPV4), { min: 1, max: 20, distinct: true }),
            'Name servers of the nodes',
          ),
        },
        {
          search: ofAws('remove it', NAME_SERVERS_ALONE),
          forward: ofAws('name a resolver that forwards', NAME_SERVERS_ALONE),
        },
      ),
      "Name servers of the virtual network; absent: Azure's own",
    ),
    timeouts: withDefault(
      map({
        gateway: withDefault(
          text(duration('30m', '180m')),
          '90m',
          'For the gateway, which takes 30 to 60 minutes',
        ),
        connection: withDefault(text(duration('30m', '180m')), '60m', 'For a connection'),
      }),
      {},
      'How long Terraform waits',
    ),
    tags: withDefault(TAGS, {}, 'Tags of everything that is created'),
    vpn: withDefault(VPN, {}, 'The connection to the site; none builds the network alone'),
  },
  {
    vpc_cidr: ofAws('write vnet_cidr'),
    public_subnet: ofAws('remove it', ': a NAT gateway of Azure needs none'),
    spot: ofAws('remove it'),
    endpoints: { code: 'not-built', message: 'endpoints are not built for Azure' },
    segments: { code: 'not-built', message: 'segments are not built yet' },
    ipv6: IPV6,
    node_groups: { code: 'not-built', message: 'node groups are not built yet' },
  },
);

/** `create` of a further subnet in the virtual network of another entry. */
const CREATE_WITHIN = map(
  { within: required(text(ENTRY_NAME), 'The azure entry whose virtual network it is in') },
  { spot: ofAws('remove it') },
);

const FORMERLY = optional(
  text(ENTRY_NAME),
  'The name that the entry had before: what exists goes on under the new one',
);
const BLOCK = required(text(CIDR), "block of the nodes' subnet, /29 or larger");
const SUBNET_NAME = optional(text(AZURE_NAME), 'subnet; absent: <environment>-<entry>');
const ZONE = optional(AZURE_ZONE, 'zone for nodes; a subnet spans zones');

/** Keys of an entry of AWS, which stand there after a copy. */
const AWS_ENTRY_KEYS = {
  aws_region: ofAws('write azure_location'),
  aws_availability_zone: ofAws('write azure_zone, or remove it: a subnet spans zones'),
};

/** An azure entry that is a virtual network of its own. */
export const NETWORK_ENTRY = map(
  {
    azure_location: required(text(AZURE_LOCATION), 'location: japaneast or Japan East'),
    azure_resource_group_name: optional(
      text(RESOURCE_GROUP_NAME),
      'resource group; absent: <environment>-<entry>',
    ),
    azure_vnet_name: optional(text(VNET_NAME), 'virtual network; absent: <environment>-<entry>'),
    azure_subnet_name: SUBNET_NAME,
    azure_security_group_name: optional(
      text(AZURE_NAME),
      'network security group; absent: <environment>-<entry>-nodes',
    ),
    azure_zone: ZONE,
    ...COMMON_KEYS,
    private_network_ipmask: BLOCK,
    formerly: FORMERLY,
    create: required(CREATE_NETWORK, 'What is built'),
  },
  AWS_ENTRY_KEYS,
);

const OF_THE_NETWORK: Refusal = {
  code: 'refused-key',
  message: 'is that of the entry that it is within',
  fix: 'remove it',
};

/** An azure entry that is one more subnet of another entry's virtual network. */
export const WITHIN_ENTRY = map(
  {
    azure_subnet_name: SUBNET_NAME,
    azure_zone: ZONE,
    ...COMMON_KEYS,
    private_network_ipmask: BLOCK,
    formerly: FORMERLY,
    create: required(CREATE_WITHIN, 'What is built'),
  },
  {
    azure_location: OF_THE_NETWORK,
    azure_resource_group_name: OF_THE_NETWORK,
    azure_vnet_name: OF_THE_NETWORK,
    azure_security_group_name: OF_THE_NETWORK,
    ...AWS_ENTRY_KEYS,
  },
);

/** Keys of an entry that are read here; the others are published as they are. */
export const READ_KEYS: ReadonlySet<keyof (typeof NETWORK_ENTRY)['keys'] & string> = new Set([
  'azure_location',
  'azure_resource_group_name',
  'azure_vnet_name',
  'azure_subnet_name',
  'azure_security_group_name',
  'azure_zone',
  'private_network_ipmask',
  'formerly',
  'create',
]);
