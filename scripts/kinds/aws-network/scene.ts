import type { AwsNetwork } from '../../../catalog/kinds/aws-network/network';
import type { SceneLink, ScenePart } from '../../../draw/scene';
import { awsTunnelLinks } from '../aws/scene';
import { type Drawn, entryId, type KindScene, partsOf, routingLines } from '../scene';

/** What a picture shows of a VPC. */
export function awsNetworkScene(
  drawn: Drawn,
  stack: { readonly id: string; readonly network?: string },
): KindScene {
  const { catalog } = drawn.loaded;
  const network = catalog.kinds['aws-network']?.networks.find(({ key }) => key === stack.network);
  if (network === undefined) return { parts: [], links: [] };
  const { environment } = catalog;
  const id = `${environment}/${network.key}`;
  const part = partsOf(environment, stack.id);
  const end: ScenePart[] =
    network.vpn === undefined
      ? []
      : [
          part(`${id}/vpn`, 'service', 'VPN gateway', {
            lines: routingLines(network, drawn.loaded),
            within: id,
            resources: [
              'aws_vpn_gateway.*',
              'aws_vpn_gateway_attachment.*',
              'aws_vpn_gateway_route_propagation.*',
            ],
          }),
        ];
  return {
    parts: [
      part(id, 'network', `VPC ${network.vpcCidr}`, {
        lines: [`${network.key} · ${network.region}`, ...attachmentLines(network)],
        resources: ['aws_vpc.*'],
      }),
      ...end,
      ...services(network, id, part),
      ...network.subnets.flatMap(({ entry, born, cidr, zone, publicSubnet, spot }): readonly ScenePart[] => [
        part(entryId(environment, `aws/${entry}`), 'subnet', `Subnet ${cidr}`, {
          lines: [`${entry} · ${zone ?? 'any zone'} · nodes${spot ? ' · also as aws_spot' : ''}`],
          within: id,
          resources: [`aws_subnet.Network_Nodes-${born}`],
        }),
        ...(publicSubnet === undefined
          ? []
          : publicSide(`${id}/public/${entry}`, publicSubnet.toString(), born, id, part)),
      ]),
    ],
    links: [
      ...awsTunnelLinks(drawn, network, stack.id, `${id}/vpn`),
      ...attachment(network, environment, stack.id),
    ],
  };
}

type MakePart = ReturnType<typeof partsOf>;

function services(network: AwsNetwork, id: string, part: MakePart): readonly ScenePart[] {
  const { entry, subnets, publicSubnet, egress, endpoints, forwarding, flowLogs } = network;
  const within = id;
  const service = (name: string, title: string, lines: readonly string[], resources: readonly string[]) =>
    part(`${id}/${name}`, 'service', title, { lines, within, resources });
  return [
    ...(publicSubnet === undefined || egress === 'none'
      ? []
      : publicSide(`${id}/public/${entry}`, publicSubnet.toString(), subnets[0].born, id, part)),
    ...(endpoints.length === 0
      ? []
      : [service('endpoints', 'Endpoints', [endpoints.join(', ')], ['aws_vpc_endpoint.*'])]),
    ...(forwarding === undefined
      ? []
      : [service('dns', 'DNS forwarding', Object.keys(forwarding.resolvers), ['aws_route53_resolver_*'])]),
    ...(flowLogs ? [service('flow-logs', 'Flow logs', [], ['aws_flow_log.*'])] : []),
  ];
}

/** A public subnet and the NAT gateway in it. */
function publicSide(
  id: string,
  cidr: string,
  born: string,
  within: string,
  part: MakePart,
): readonly ScenePart[] {
  return [
    part(id, 'subnet', `Public subnet ${cidr}`, {
      within,
      resources: [`aws_subnet.Network_Public_Subnet-${born}`],
    }),
    part(`${id}/nat`, 'service', 'NAT gateway', {
      within: id,
      resources: [`aws_nat_gateway.*_Nat-${born}`, `aws_eip.*_Address-${born}`],
    }),
  ];
}

function attachmentLines({ attachment }: AwsNetwork): readonly string[] {
  if (attachment === undefined) return [];
  const { hub } = attachment;
  return 'gateway' in hub
    ? [`transit gateway ${hub.gateway}`, `route table ${hub.routeTable}`]
    : [`hub ${hub.entry}`, `route table ${hub.routeTable}`];
}

function attachment(
  { key, attachment: own }: AwsNetwork,
  environment: string,
  stack: string,
): readonly SceneLink[] {
  if (own === undefined || 'gateway' in own.hub) return [];
  return [
    {
      id: `${environment}/${key}/attachment`,
      kind: 'attachment',
      from: own.hub.entry,
      to: `${environment}/${key}`,
      title: `attached, route table ${own.hub.routeTable}`,
      lines: [],
      stack,
      resources: ['aws_ec2_transit_gateway_vpc_attachment.*', 'aws_ec2_transit_gateway_route_table_*'],
    },
  ];
}
