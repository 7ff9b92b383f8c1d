import type { CloudVpn } from '../clouds/cloud-vpn';
import { Cidr } from '../net/cidr';
import type { NetworkTunnels } from '../tunnel/description';

/** The inside CIDR that names the pre-shared key of a tunnel. Tunnels of one inside CIDR have one key. */
export function presharedKeyCidr({ insideCidrOf }: CloudVpn, tunnelKey: string): string {
  return insideCidrOf(Cidr.parse(tunnelKey)).toString();
}

/** The inside CIDRs that name the pre-shared keys of a network's tunnels, each once. */
export function presharedKeyCidrs(cloud: CloudVpn, { tunnels }: NetworkTunnels<unknown>): readonly string[] {
  return [...new Set(Object.keys(tunnels).map((key) => presharedKeyCidr(cloud, key)))];
}
