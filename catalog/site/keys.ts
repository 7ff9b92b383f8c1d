import { CIDR, INTERFACE_ADDRESS, IPV4 } from '../shape/formats';
import { KEY_FOLDER } from '../shape/reference-formats';
import {
  choice,
  explained,
  FLAG,
  list,
  map,
  optional,
  required,
  text,
  whole,
  withDefault,
} from '../shape/shapes';

/** The section `site`: the on-premises end. */
export const SITE = map({
  controller: required(text(INTERFACE_ADDRESS), "The controller's address, VCP_VCC_PRIVATE_IPMASK"),
  public_ip: required(text(IPV4), "The gateway's outbound public address"),
  subnets: optional(
    list(text(CIDR), { min: 1, max: 100 }),
    'Networks behind the gateway; default: the network of controller',
  ),
  asn: withDefault(whole(1, 4294967294), 65000, "The site's autonomous system number"),
  mesh: withDefault(FLAG, false, 'Nodes of all networks reach each other through the site'),
  gateway: optional(
    map({
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
    }),
    'The host that ends the tunnels',
  ),
});
