import { addressAt, type GatewayHost } from '../../model/gateway/host';

/**
 * What a gateway's folder holds and what to do with it, in sentences for the screen.
 *
 * @param missing - `dev/aws/default`: networks with a VPN that are not applied yet
 */
export function hostSummary(
  { site, connections }: GatewayHost,
  missing: readonly string[],
  isSimulated: boolean,
): readonly string[] {
  const { daemon, version } = site.gateway;
  const tunnels = connections.reduce(
    (sum, { description }) => sum + Object.keys(description.tunnels).length,
    0,
  );
  const names = connections
    .map(({ environment, network, entry = network }) => `${environment}/${entry}`)
    .join(', ');
  return [
    `${tunnels} ${tunnels === 1 ? 'tunnel' : 'tunnels'} for ${daemon} ${version} on the host ${addressAt(site)}: ${names}`,
    ...(missing.length > 0 ? [`not applied yet, so not in it: ${missing.join(', ')}`] : []),
    isSimulated
      ? 'INSTALL.md says what you would type on that host, and what you would see then'
      : 'INSTALL.md says what to type on that host, and what must be seen then',
  ];
}
