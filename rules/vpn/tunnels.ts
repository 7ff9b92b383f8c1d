import type { Resource } from '../resource';
import { beside, type Found, outputOf, type Rule, type RuleContext, unseen, violated } from '../rule';
import { blocksAt, flagAt, isValues, UNKNOWN, valueAt } from '../values';
import { AWS_VPN, AZURE_VPN, tunnelsOf } from './tunnel-arguments';

export const TUNNEL_LOGS: Rule = {
  id: 'KKH-VPN-05',
  severity: 'medium',
  title: 'Both tunnels of a connection of AWS write logs',
  reason:
    'Why a tunnel does not come up, or falls, AWS says nowhere else. Azure keeps such logs in settings of Azure Monitor, which are not judged.',
  fix: 'Remove vpn.logs: none, or write vpn.logs: {}.',
  references: ['AWS Config: vpn connection logging enabled', 'AWS: Site-to-Site VPN logs'],
  types: [AWS_VPN],
  judge: (resource) =>
    tunnelsOf(resource).flatMap((tunnel) => {
      const attribute = tunnel.name('log_options');
      const enabled = flagAt(resource.values, `${attribute}.cloudwatch_log_options.log_enabled`);
      if (enabled === true) return [];
      if (enabled === UNKNOWN)
        return [unseen(`whether tunnel ${tunnel.number} writes logs is not known`, attribute)];
      return [violated(`tunnel ${tunnel.number} writes no logs`, attribute)];
    }),
};

export const BOTH_RENDERED: Rule = {
  id: 'KKH-VPN-08',
  severity: 'high',
  title: 'The gateway on premises has each tunnel that the cloud has',
  reason:
    'The cloud maintains one tunnel while the other carries the traffic: with one of them, each maintenance is an outage.',
  fix: 'Render all tunnels with kakehashi gateway. In another app write the output tunnels in the form of docs/package.md.',
  references: ['AWS Config: vpc-vpn-2-tunnels-up', 'AWS: Site-to-Site VPN, redundant tunnels'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource, context) => {
    const wanted = resource.type === AWS_VPN ? 2 : instancesOf(resource, context);
    if (wanted === undefined) return [unseen('how many instances its gateway has is not known')];
    const networks = outputOf(resource, context, 'tunnels');
    if (!isValues(networks))
      return [unseen('no output "tunnels" says which tunnels are rendered on premises')];
    const connections = beside(resource, context, resource.type).length;
    const rendered = Object.values(networks)
      .map((network) =>
        isValues(network) && isValues(network.tunnels) ? Object.keys(network.tunnels).length : 0,
      )
      .reduce((sum, count) => sum + count, 0);
    if (rendered >= wanted * connections) return [];
    return [violated(`${rendered} of ${wanted * connections} tunnels are rendered on premises`)];
  },
};

/** How many public addresses the gateway of a connection has. */
function instancesOf(resource: Resource, context: RuleContext): number | undefined {
  const [gateway] = beside(resource, context, 'azurerm_virtual_network_gateway');
  if (gateway === undefined) return undefined;
  const configurations = blocksAt(gateway.values, 'ip_configuration');
  return configurations === UNKNOWN ? undefined : configurations.length;
}

export const DEAD_PEERS: Rule = {
  id: 'KKH-VPN-09',
  severity: 'medium',
  title: 'A dead peer has a consequence, and the end of a tunnel is announced',
  reason:
    'With the action none a tunnel whose other end is dead stays up and swallows the traffic. With life-cycle control AWS says days before when it replaces an endpoint, and the time can be chosen. Azure always acts on a dead peer.',
  fix: 'Set tunnel_options: { dpd_timeout_action: restart } or clear, and leave enable_tunnel_lifecycle_control at true.',
  references: ['AWS: Site-to-Site VPN tunnel options', 'AWS: tunnel endpoint lifecycle control'],
  types: [AWS_VPN],
  judge: (resource) =>
    tunnelsOf(resource).flatMap((tunnel) => {
      const [action, control] = ['dpd_timeout_action', 'enable_tunnel_lifecycle_control'] as const;
      const found: Found[] = [];
      const then = tunnel.text(action);
      if (then === UNKNOWN)
        found.push(
          unseen(`what tunnel ${tunnel.number} does with a dead peer is not known`, tunnel.name(action)),
        );
      else if (then === 'none')
        found.push(violated(`tunnel ${tunnel.number} does nothing about a dead peer`, tunnel.name(action)));
      const controlled = valueAt(resource.values, tunnel.name(control));
      if (controlled === UNKNOWN)
        found.push(
          unseen(
            `whether the end of tunnel ${tunnel.number} is announced is not known`,
            tunnel.name(control),
          ),
        );
      else if (controlled !== true && controlled !== 'true')
        found.push(
          violated(
            `AWS may replace the endpoint of tunnel ${tunnel.number} without an announcement`,
            tunnel.name(control),
          ),
        );
      return found;
    }),
};
