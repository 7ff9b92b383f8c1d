import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import type { Eip } from '@cdktf/provider-aws/lib/eip';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import type { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, type TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { FlowLogs } from './flow-logs';
import { ImportedNetwork, type INetwork, type NetworkAttributes } from './imported-network';
import { natKeys } from './nat-placement';
import { checkNetworkProps } from './network-checks';
import type { NetworkProps, SubnetProps } from './network-props';
import { type PrivateTables, privateTables } from './private-tables';
import { PublicSide } from './public-side';
import { tagsOf } from './tags';

export type { INetwork, NetworkAttributes } from './imported-network';
export type { NetworkProps, SubnetProps } from './network-props';

/** A zone that was looked up must not move a subnet when the order of the region's zones changes. */
const KEEP_ZONE: TerraformResourceLifecycle = { ignoreChanges: ['availability_zone'] };

/**
 * A VPC with private subnets for nodes and, where they need Internet access, public subnets with NAT gateways.
 *
 * The private route table is the main one, so a subnet that nobody thought of has no public route. With
 * `nat-per-zone` each further zone has a private table of its own. The default security group is closed.
 *
 * @throws {@link PropsError} when a block does not fit, or a zone has no public subnet for its NAT gateway
 */
export class Network extends Construct implements INetwork {
  /** A network that something else made. */
  static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  readonly vpc: Vpc;
  readonly vpcId: string;
  readonly vpcArn: string;
  readonly vpcCidr: CidrProp;
  readonly defaultSecurityGroup: DefaultSecurityGroup;
  /** Private subnets, by their key. */
  readonly subnets: Readonly<Record<string, Subnet>>;
  /** Ids of the private subnets, by their key. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Zones of the private subnets, by their key. */
  readonly subnetZones: Readonly<Record<string, string>>;
  /** Route tables of the private subnets, by a key that never changes; `Private` is the main one. */
  readonly privateRouteTables: Readonly<Record<string, RouteTable>>;
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
  /** Public subnets, by the key of the private subnet beside each. */
  readonly publicSubnets: Readonly<Record<string, Subnet>>;
  /** Undefined without public subnets. */
  readonly publicRouteTable?: RouteTable;
  /** Undefined without public subnets. */
  readonly internetGateway?: InternetGateway;
  /** NAT gateways, by the key of the public subnet that each stands in. */
  readonly natGateways: Readonly<Record<string, NatGateway>>;
  /** Public addresses of the NAT gateways, by the same keys. */
  readonly natAddresses: Readonly<Record<string, Eip>>;
  /** Undefined without the prop `flowLogs`. */
  readonly flowLogs?: FlowLogs;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    checkCore(this);
    checkNetworkProps(this, props);
    this.vpcCidr = knownCidr(this, 'cidr', props.cidr) ?? props.cidr;
    this.vpc = new Vpc(this, 'Vpc', {
      cidrBlock: props.cidr.toString(),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.tags(''),
    });
    this.vpcId = this.vpc.id;
    this.vpcArn = this.vpc.arn;
    this.defaultSecurityGroup = new DefaultSecurityGroup(this, 'ClosedDefault', {
      vpcId: this.vpcId,
      tags: this.tags('-closed'),
    });
    const { name, tags, flowLogs } = props;
    this.flowLogs =
      flowLogs && new FlowLogs(this, 'FlowLogs', { vpcId: this.vpcId, name, tags, ...flowLogs });

    const firstZone = this.firstZone();
    const publicSide = this.publicSide(firstZone);
    this.publicSubnets = publicSide?.subnets ?? {};
    this.publicRouteTable = publicSide?.routeTable;
    this.internetGateway = publicSide?.internetGateway;
    this.natGateways = publicSide?.natGateways ?? {};
    this.natAddresses = publicSide?.natAddresses ?? {};

    const tables = privateTables(this, this.vpcId, props, this.natGateways);
    this.privateRouteTables = tables.byKey;
    this.privateRouteTableIds = mapValues(tables.byKey, ({ id }) => id);
    this.subnets = Object.fromEntries(
      Object.entries(props.subnets).map(([key, subnet]) => [
        key,
        this.privateSubnet(key, subnet, firstZone, tables),
      ]),
    );
    this.subnetIds = mapValues(this.subnets, ({ id }) => id);
    this.subnetZones = mapValues(this.subnets, ({ availabilityZone }) => availabilityZone);
  }

  private tags(suffix: string): Record<string, string> {
    return tagsOf(`${this.props.name}${suffix}`, this.props.tags);
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

  private publicSide(firstZone: string): PublicSide | undefined {
    const { name, tags } = this.props;
    const withNat = natKeys(this.props);
    const subnets = Object.entries(this.props.subnets).flatMap(([key, { publicCidr, zone }]) =>
      publicCidr === undefined
        ? []
        : [[key, { cidr: publicCidr, ...zoneArguments(zone, firstZone), nat: withNat.has(key) }] as const],
    );
    if (subnets.length === 0) return undefined;
    return new PublicSide(this, 'Public', {
      vpcId: this.vpcId,
      name,
      tags,
      subnets: Object.fromEntries(subnets),
    });
  }

  private privateSubnet(key: string, subnet: SubnetProps, firstZone: string, tables: PrivateTables): Subnet {
    const { zone, lifecycle } = zoneArguments(subnet.zone, firstZone);
    const resource = new Subnet(this, `Nodes-${key}`, {
      vpcId: this.vpcId,
      cidrBlock: subnet.cidr.toString(),
      availabilityZone: zone,
      mapPublicIpOnLaunch: false,
      lifecycle,
      tags: tagsOf(`${this.props.name}-${key}`, this.props.tags, subnet.tags),
    });
    const table = tables.ofZone.get(subnet.zone);
    if (table && table !== tables.main) {
      new RouteTableAssociation(this, `Nodes-${key}-Table`, {
        subnetId: resource.id,
        routeTableId: table.id,
      });
    }
    return resource;
  }
}

function zoneArguments(
  zone: string | undefined,
  firstZone: string,
): { readonly zone: string; readonly lifecycle?: TerraformResourceLifecycle } {
  return zone === undefined ? { zone: firstZone, lifecycle: KEEP_ZONE } : { zone };
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
