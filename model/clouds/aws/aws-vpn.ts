import { ENCRYPTION_ALGORITHMS, INTEGRITY_ALGORITHMS } from '../../tunnel/algorithms';
import type { CloudVpn } from '../cloud-vpn';
import { parseInsideCidr } from './inside-cidr';
import { PRESHARED_KEY } from './preshared-key';
import { PHASE1_DH_GROUPS, PHASE2_DH_GROUPS, TUNNEL_OPTION_RANGES } from './tunnel-options';

/** AWS's site-to-site VPN on a virtual private gateway. */
export const AWS_VPN: CloudVpn = {
  name: 'AWS',
  ike: {
    encryption: ENCRYPTION_ALGORITHMS,
    integrity: INTEGRITY_ALGORITHMS,
    dhGroups: PHASE1_DH_GROUPS,
    lifetimeSeconds: TUNNEL_OPTION_RANGES.phase1LifetimeSeconds,
  },
  esp: {
    encryption: ENCRYPTION_ALGORITHMS,
    integrity: INTEGRITY_ALGORITHMS,
    dhGroups: PHASE2_DH_GROUPS,
    lifetimeSeconds: TUNNEL_OPTION_RANGES.phase2LifetimeSeconds,
  },
  dpdTimeoutSeconds: TUNNEL_OPTION_RANGES.dpdTimeoutSeconds,
  presharedKey: PRESHARED_KEY,
  parseInsideCidr,
  tunnelKeys: (insideCidrs) => insideCidrs,
  insideCidrOf: (tunnelKey) => tunnelKey,
  // The hold time of AWS's own sample configurations for customer gateways.
  bgpHoldSeconds: 30,
  onePath: 'a virtual private gateway has no equal-cost paths: its MED says which tunnel it prefers',
  answersPings: true,
  onePolicyPair: true,
  tunnelStatus: {
    console: 'VPC > Site-to-Site VPN connections > Tunnel details',
    command: () =>
      "aws ec2 describe-vpn-connections --query 'VpnConnections[].VgwTelemetry[].[OutsideIpAddress,Status,AcceptedRouteCount]' --output text",
    up: 'UP',
  },
};
