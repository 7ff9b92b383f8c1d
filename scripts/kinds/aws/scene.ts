import { complete } from '../../../catalog/ground/complete';
import type { Network } from '../../../catalog/ground/network';
import type { AwsVpn } from '../../../catalog/kinds/aws/vpn';
import type { SceneLink } from '../../../draw/scene';
import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import { describeTunnel } from '../../../model/clouds/aws/tunnel-description';
import type { SiteGateway } from '../../../model/gateway/site-gateway';
import { type Drawn, tunnelLinks } from '../scene';

/** The tunnels of a network, or of a hub, on AWS. @param to - the id of the part at which they end */
export function awsTunnelLinks(
  drawn: Drawn,
  network: Network & { readonly vpn?: AwsVpn },
  stack: string,
  to: string,
): readonly SceneLink[] {
  const { vpn } = network;
  if (vpn === undefined) return [];
  return tunnelLinks(drawn, {
    network,
    stack,
    to,
    cloud: AWS_VPN,
    count: vpn.tunnels.length,
    inside: (tunnel) => {
      const described = describeTunnel({ insideCidr: tunnel }, '');
      return { cloud: described.cloud_inside_address, site: described.site_inside_address };
    },
    esp: (tunnel, index) => describeTunnel({ ...complete(vpn.tunnels[index]), insideCidr: tunnel }, '').esp,
    resources: connectionResources,
  });
}

function connectionResources({ name }: Pick<SiteGateway, 'name'>): readonly string[] {
  const scope = name === undefined ? 'Vpn' : `Vpn-${name}`;
  return ['aws_vpn_connection', 'aws_customer_gateway', 'aws_vpn_connection_route'].map(
    (type) => `${type}.${scope}_*`,
  );
}
