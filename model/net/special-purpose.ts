import { Cidr } from './cidr';

const blocks = (...texts: readonly string[]): readonly Cidr[] => texts.map((text) => Cidr.parse(text));

/** Blocks that networks may choose for themselves: private use (RFC 1918), and shared address space (RFC 6598). */
export const PRIVATE_BLOCKS = blocks('10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16');

/**
 * Blocks of which no address is a host's on the Internet: those of IANA's "IPv4 Special-Purpose Address Registry"
 * (RFC 6890) that it does not call globally reachable, and multicast (RFC 5771).
 *
 * The three blocks for documentation (RFC 5737) are left out: examples are made of them.
 */
export const NOT_PUBLIC_BLOCKS = blocks(
  '0.0.0.0/8', // this network (RFC 791)
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8', // loopback (RFC 1122)
  '169.254.0.0/16', // link local (RFC 3927)
  '172.16.0.0/12',
  '192.0.0.0/24', // IETF protocol assignments (RFC 6890); its two reachable addresses are anycast services
  '192.88.99.0/24', // 6to4 relays, deprecated (RFC 7526)
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks (RFC 2544)
  '224.0.0.0/3', // multicast, reserved (RFC 1112), limited broadcast (RFC 919)
);
