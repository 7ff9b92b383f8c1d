import { awsTunnelLinks } from '../aws/scene';
import { type Drawn, type KindScene, partsOf, routingLines } from '../scene';

/** What a picture shows of a transit gateway. */
export function awsHubScene(
  drawn: Drawn,
  stack: { readonly id: string; readonly network?: string },
): KindScene {
  const { catalog } = drawn.loaded;
  const hub = catalog.kinds['aws-hub']?.hubs.find(({ key }) => key === stack.network);
  if (hub === undefined) return { parts: [], links: [] };
  const { name, region, existing, routeTables, share, vpn } = hub;
  // The tag by which networks of other environments find it.
  const id = `${catalog.environment}/hub/${name}`;
  const part = partsOf(catalog.environment, stack.id);
  return {
    parts: [
      part(id, 'network', `Transit gateway ${name}`, {
        lines: [
          `${region}${existing === undefined ? '' : ` · ${existing.gateway}, which exists already`}`,
          ...(routeTables.length === 0 ? [] : [`route tables ${routeTables.join(', ')}`]),
          ...(share.length === 0 ? [] : [`shared with ${share.join(', ')}`]),
        ],
        resources: ['aws_ec2_transit_gateway.*'],
      }),
      ...(vpn === undefined
        ? []
        : [
            part(`${id}/vpn`, 'service', 'VPN attachment', {
              lines: [
                ...routingLines(hub, drawn.loaded),
                ...(vpn.multipath ? ['all tunnels at once'] : []),
                ...(vpn.acceleration ? ['accelerated'] : []),
              ],
              within: id,
              resources: ['aws_ec2_transit_gateway_route.Vpn*'],
            }),
          ]),
    ],
    links: awsTunnelLinks(drawn, hub, stack.id, `${id}/vpn`),
  };
}
