import { TUNNEL_NUMBERS } from '../../../model/clouds/aws/tunnel-options';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';

/** Attributes that follow from a key, and those that AWS reports by itself. */
const FOLLOWS = ['customer_gateway_configuration', 'vgw_telemetry', 'routes', 'tags_all'];

/** Whether a planned change gives the tunnel with this inside CIDR a new key and does nothing else. */
export function changesOnlyKey(
  { type, actions, changed, before }: ScrubbedChange,
  insideCidr: string,
): boolean {
  if (type !== 'aws_vpn_connection' || actions.join() !== 'update') return false;
  const number = TUNNEL_NUMBERS.find((candidate) => before[`tunnel${candidate}_inside_cidr`] === insideCidr);
  return changed.every((name) => name === `tunnel${number}_preshared_key` || FOLLOWS.includes(name));
}
