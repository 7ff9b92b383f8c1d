import { CARD, CIDR, GATEWAY_NAME, INTERFACE_ADDRESS, IPV4 } from '../shape/formats';
import { KEY_FOLDER } from '../shape/reference-formats';
import type { Refusal } from '../shape/shape';
import {
  choice,
  explained,
  FLAG,
  list,
  map,
  named,
  needless,
  optional,
  required,
  text,
  whole,
  withDefault,
} from '../shape/shapes';

const PUBLIC_IP = "The gateway's outbound public address";

/** The keys of a gateway host, whether it has a name or not. */
const HOST_KEYS = {
  daemon: withDefault(
    explained(choice('libreswan', 'strongswan'), {
      libreswan: 'Libreswan: /etc/ipsec.d, pluto',
      strongswan: 'strongSwan: /etc/swanctl, charon',
    }),
    'libreswan',
    'IPsec daemon of the gateway',
  ),
  version: optional(whole(4, 6), 'Its major version: libreswan 4, 5; strongswan 5, 6'),
  interface: optional(
    explained(choice('vti', 'xfrm'), {
      vti: 'one interface with an address and a mark for each tunnel',
      xfrm: 'an XFRM interface with an if_id, from Linux 4.19 on',
    }),
    'Kind of tunnel interface; default: vti for libreswan 4, xfrm for all others',
  ),
  key_reference: optional(
    text(KEY_FOLDER),
    'Where the host reads the keys; its files then name them: vault://secret/vpn, file:///etc/kakehashi/keys',
  ),
  behind_nat: withDefault(FLAG, false, 'Whether the gateway has a private address'),
  link_mtu: withDefault(whole(1280, 9216), 1500, 'MTU of the link to the Internet, in bytes'),
  lan_interface: withDefault(
    text(CARD),
    'auto',
    "The card to the site's networks; auto: whichever the host's routes say",
  ),
};

const NO_VRRP: Refusal = {
  code: 'not-built',
  message: 'one address that two gateways take over from each other (VRRP) is not built yet',
  fix: 'remove it: with gateways of two names both are up, and BGP changes over',
};

const NAMED_GATEWAY = map(
  {
    public_ip: required(text(IPV4), PUBLIC_IP),
    address: required(text(IPV4), "The gateway host's own address in the site"),
    metric: optional(
      whole(0, 1000),
      'MED that it announces; the lower one is preferred; default: 100 for the first, 200 for the second',
    ),
    ...HOST_KEYS,
  },
  { vrrp: NO_VRRP },
);

/** The section `site`: the on-premises end. */
export const SITE = needless(
  map(
    {
      controller: required(text(INTERFACE_ADDRESS), "The controller's address, VCP_VCC_PRIVATE_IPMASK"),
      public_ip: required(text(IPV4), PUBLIC_IP),
      subnets: optional(
        list(text(CIDR), { min: 1, max: 100 }),
        'Networks behind the gateway; default: the network of controller',
      ),
      asn: withDefault(whole(1, 4294967294), 65000, "The site's autonomous system number"),
      mesh: withDefault(FLAG, false, 'Nodes of all networks reach each other through the site'),
      gateway: optional(
        map({
          ...HOST_KEYS,
          address: optional(
            text(IPV4),
            "The gateway host's own address in the site; default: the controller's",
          ),
        }),
        'The host that ends the tunnels',
      ),
      gateways: optional(
        named(GATEWAY_NAME, NAMED_GATEWAY, { max: 2 }),
        'One or two hosts that end the tunnels, by name, instead of public_ip and gateway: each network has a connection to each',
      ),
    },
    { vrrp: NO_VRRP },
  ),
  { public_ip: 'gateways' },
);
