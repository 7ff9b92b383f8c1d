import { isReplaced } from '../../../../terraform/plan/drift';
import type { PlannedGraph, Side } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

/** The way of a packet from a node to the Internet. */
export interface InternetPath {
  readonly nat: ScrubbedChange;
  /** The Elastic IP of the NAT gateway. */
  readonly address?: ScrubbedChange;
  /** Everything on the way, from the Internet to the node. */
  readonly parts: readonly ScrubbedChange[];
}

/** The parts of a planned network on which packets travel, before the apply and after it. */
export class PlannedNetwork {
  constructor(readonly graph: PlannedGraph) {}

  /** Subnets of nodes: those that have no route to the Internet gateway, and no NAT gateway in them. */
  get nodeSubnets(): readonly ScrubbedChange[] {
    const others = this.attachmentSubnets;
    return this.graph.of('aws_subnet').filter((subnet) => !this.isPublic(subnet) && !others.includes(subnet));
  }

  /** Subnets that an attachment to a hub has for itself. No nodes are in them. Their addresses never change. */
  get attachmentSubnets(): readonly ScrubbedChange[] {
    return this.graph.of('aws_subnet').filter(({ address }) => address.startsWith('aws_subnet.Vpn_Subnet-'));
  }

  get publicSubnets(): readonly ScrubbedChange[] {
    return this.graph.of('aws_subnet').filter((subnet) => this.isPublic(subnet));
  }

  /** The VPC if it is replaced: then everything in it is. */
  get replacedVpc(): ScrubbedChange | undefined {
    return this.graph.of('aws_vpc').find(isReplaced);
  }

  /** Associations that name the table of a subnet, the main one where the subnet has none of its own. */
  associationOf(subnet: ScrubbedChange, side: Side): ScrubbedChange | undefined {
    const own = this.graph
      .of('aws_route_table_association', side)
      .find((association) => this.graph.target(association, 'subnet_id', 'aws_subnet', side) === subnet);
    return own ?? this.graph.of('aws_main_route_table_association', side)[0];
  }

  tableOf(subnet: ScrubbedChange, side: Side): ScrubbedChange | undefined {
    const association = this.associationOf(subnet, side);
    return this.graph.target(association, 'route_table_id', 'aws_route_table', side);
  }

  /** The way from a subnet to the Internet; undefined where there is none. */
  internetPath(subnet: ScrubbedChange, side: Side): InternetPath | undefined {
    const route = this.defaultRoute(subnet, side);
    const nat = this.graph.target(route, 'nat_gateway_id', 'aws_nat_gateway', side);
    const outer = this.graph.target(nat, 'subnet_id', 'aws_subnet', side);
    if (route === undefined || nat === undefined || outer === undefined) return undefined;
    const outerRoute = this.defaultRoute(outer, side);
    const gateway = this.graph.target(outerRoute, 'gateway_id', 'aws_internet_gateway', side);
    if (gateway === undefined) return undefined;
    const address = this.graph.target(nat, 'allocation_id', 'aws_eip', side);
    const parts = [
      gateway,
      this.tableOf(outer, side),
      outerRoute,
      outer,
      this.associationOf(outer, side),
      address,
      nat,
      this.tableOf(subnet, side),
      route,
      this.associationOf(subnet, side),
    ];
    return {
      nat,
      ...(address === undefined ? {} : { address }),
      parts: parts.flatMap((part) => part ?? []),
    };
  }

  /** The networks that a table sends to the VPN gateway, or to a transit gateway, by static routes. */
  siteRoutes(table: ScrubbedChange | undefined, side: Side): readonly ScrubbedChange[] {
    return this.routesOf(table, side).filter(
      (route) =>
        this.graph.target(route, 'gateway_id', 'aws_vpn_gateway', side) !== undefined ||
        Boolean(route[side].transit_gateway_id),
    );
  }

  private isPublic(subnet: ScrubbedChange): boolean {
    return (['before', 'after'] as const).some((side) => {
      const gateway = this.graph.target(
        this.defaultRoute(subnet, side),
        'gateway_id',
        'aws_internet_gateway',
        side,
      );
      const hasNat = this.graph
        .of('aws_nat_gateway', side)
        .some((nat) => this.graph.target(nat, 'subnet_id', 'aws_subnet', side) === subnet);
      return gateway !== undefined || hasNat;
    });
  }

  private defaultRoute(subnet: ScrubbedChange, side: Side): ScrubbedChange | undefined {
    return this.routesOf(this.tableOf(subnet, side), side).find(
      (route) => route[side].destination_cidr_block === '0.0.0.0/0',
    );
  }

  private routesOf(table: ScrubbedChange | undefined, side: Side): readonly ScrubbedChange[] {
    if (table === undefined) return [];
    return this.graph
      .of('aws_route', side)
      .filter((route) => this.graph.target(route, 'route_table_id', 'aws_route_table', side) === table);
  }
}
