import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { MainRouteTableAssociation } from '@cdktf/provider-aws/lib/main-route-table-association';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, type TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import type { Cidr } from '../../model/net/cidr';
import { FlowLogs, type FlowLogsProps } from './flow-logs';
import { checkNetworkProps } from './network-props';
import { PublicSide } from './public-side';

export interface NetworkProps {
  /** Names every resource (tag `Name`), the flow log's group and its role: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** The VPC's block, /16 to /28. */
  readonly cidr: Cidr;
  /** Subnets for nodes, by a key that never changes: it is part of their resource addresses. */
  readonly subnets: Readonly<Record<string, NodeSubnetProps>>;
  /**
   * The way out of the nodes: one NAT gateway, one per zone that has nodes, or none.
   * The one of `nat` stands in the first public subnet.
   */
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** Accepted and refused traffic in CloudWatch Logs. @default - none */
  readonly flowLogs?: Pick<FlowLogsProps, 'retentionDays'>;
  /** On every resource, beside `Name`. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface NodeSubnetProps {
  /** /16 to /28, inside the VPC. */
  readonly cidr: Cidr;
  /** @default - the region's first available zone at the time it is created */
  readonly zone?: string;
  /** A public subnet in the same zone, for a NAT gateway. @default - none */
  readonly publicCidr?: Cidr;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A zone that was looked up must not move a subnet when the order of the region's zones changes. */
const KEEP_ZONE: TerraformResourceLifecycle = { ignoreChanges: ['availability_zone'] };

/**
 * A VPC with subnets for nodes and, where they need a way out, public subnets with NAT gateways.
 *
 * The private route table is the main one, so a subnet that nobody thought of has no public route. With
 * `nat-per-zone` each further zone has a private table of its own. The default security group is closed.
 *
 * @throws {@link PropsError} when a block does not fit, or a zone with nodes has no public subnet for its NAT gateway
 */
export class Network extends Construct {
  readonly vpcId: string;
  /** Ids of the subnets for nodes, by their key. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Zones of the subnets for nodes, by their key. */
  readonly subnetZones: Readonly<Record<string, string>>;
  /** Ids of the route tables that hold nodes, by a key that never changes. */
  readonly nodeRouteTableIds: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    checkNetworkProps(this.node.path, props);
    const vpc = new Vpc(this, 'Vpc', {
      cidrBlock: props.cidr.toString(),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.tags(''),
    });
    this.vpcId = vpc.id;
    new DefaultSecurityGroup(this, 'ClosedDefault', { vpcId: vpc.id, tags: this.tags('-closed') });
    if (props.flowLogs)
      new FlowLogs(this, 'FlowLogs', { vpcId: vpc.id, name: props.name, ...props.flowLogs });

    const firstZone = this.firstZone();
    const nats = this.publicSide(firstZone);
    const tables = this.privateTables(nats);
    const subnets = Object.entries(props.subnets).map(([key, subnet]) => {
      const resource = new Subnet(this, `Nodes-${key}`, {
        vpcId: vpc.id,
        cidrBlock: subnet.cidr.toString(),
        availabilityZone: subnet.zone ?? firstZone,
        mapPublicIpOnLaunch: false,
        lifecycle: subnet.zone === undefined ? KEEP_ZONE : undefined,
        tags: { ...this.tags(`-${key}`), ...subnet.tags },
      });
      const table = props.egress === 'nat-per-zone' ? tables.ofZone.get(subnet.zone) : undefined;
      if (table && table !== tables.main) {
        new RouteTableAssociation(this, `Nodes-${key}-Table`, {
          subnetId: resource.id,
          routeTableId: table.id,
        });
      }
      return [key, resource] as const;
    });
    this.subnetIds = Object.fromEntries(subnets.map(([key, subnet]) => [key, subnet.id]));
    this.subnetZones = Object.fromEntries(subnets.map(([key, subnet]) => [key, subnet.availabilityZone]));
    this.nodeRouteTableIds = Object.fromEntries(
      Object.entries(tables.byKey).map(([key, table]) => [key, table.id]),
    );
  }

  private tags(suffix: string): Record<string, string> {
    return { ...this.props.tags, Name: `${this.props.name}${suffix}` };
  }

  /** Looked up only where a subnet leaves its zone open. */
  private firstZone(): string {
    if (Object.values(this.props.subnets).every((subnet) => subnet.zone !== undefined)) return '';
    const zones = new DataAwsAvailabilityZones(this, 'Zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    return Fn.element(zones.names, 0);
  }

  /** The NAT gateways, by the key of the subnet whose public one they stand in. */
  private publicSide(firstZone: string): Readonly<Record<string, string>> {
    const { name, egress, tags } = this.props;
    const withPublic = Object.entries(this.props.subnets).filter(
      ([, subnet]) => subnet.publicCidr !== undefined,
    );
    if (withPublic.length === 0) return {};
    const subnets = withPublic.map(([key, subnet], index) => [
      key,
      {
        cidr: subnet.publicCidr as Cidr,
        zone: subnet.zone ?? firstZone,
        lifecycle: subnet.zone === undefined ? KEEP_ZONE : undefined,
        nat:
          egress === 'nat-per-zone' ? this.servingKey(subnet.zone) === key : egress === 'nat' && index === 0,
      },
    ]);
    return new PublicSide(this, 'Public', {
      vpcId: this.vpcId,
      name,
      tags,
      subnets: Object.fromEntries(subnets),
    }).natGatewayIds;
  }

  /** With `nat-per-zone`, the subnet whose public one holds the NAT gateway of a zone. */
  private servingKey(zone: string | undefined): string {
    const serving = Object.entries(this.props.subnets).find(
      ([, subnet]) => subnet.zone === zone && subnet.publicCidr !== undefined,
    );
    return serving?.[0] ?? '';
  }

  /** The main table, and with `nat-per-zone` one for each further zone, keyed by the subnet that brings its NAT. */
  private privateTables(nats: Readonly<Record<string, string>>): PrivateTables {
    const main = new RouteTable(this, 'Private', { vpcId: this.vpcId, tags: this.tags('-private') });
    new MainRouteTableAssociation(this, 'Main', { vpcId: this.vpcId, routeTableId: main.id });
    const wayOut = (id: string, table: RouteTable, natGatewayId: string | undefined): void => {
      if (natGatewayId === undefined) return;
      new Route(this, `${id}-Out`, {
        routeTableId: table.id,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId,
      });
    };
    const mainZone = Object.values(this.props.subnets)[0]?.zone;
    const isPerZone = this.props.egress === 'nat-per-zone';
    wayOut('Private', main, isPerZone ? nats[this.servingKey(mainZone)] : Object.values(nats)[0]);

    const byKey: Record<string, RouteTable> = { Private: main };
    const ofZone = new Map<string | undefined, RouteTable>([[mainZone, main]]);
    for (const [key, subnet] of Object.entries(this.props.subnets)) {
      if (!isPerZone || ofZone.has(subnet.zone) || this.servingKey(subnet.zone) !== key) continue;
      const id = `Private-${key}`;
      const table = new RouteTable(this, id, { vpcId: this.vpcId, tags: this.tags(`-private-${key}`) });
      wayOut(id, table, nats[key]);
      byKey[id] = table;
      ofZone.set(subnet.zone, table);
    }
    return { main, byKey, ofZone };
  }
}

interface PrivateTables {
  readonly main: RouteTable;
  readonly byKey: Readonly<Record<string, RouteTable>>;
  readonly ofZone: ReadonlyMap<string | undefined, RouteTable>;
}
