import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import type { CidrProp } from '../cidr-prop';
import { checkCore } from '../core';
import { type Tags, tagsOf } from './tags';

export interface PublicSideProps {
  readonly vpcId: string;
  readonly name: string;
  /** Public subnets by a key that never changes. */
  readonly subnets: Readonly<Record<string, PublicSubnetProps>>;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

export interface PublicSubnetProps {
  readonly cidr: CidrProp;
  readonly zone: string;
  readonly lifecycle?: TerraformResourceLifecycle;
  /** Whether a NAT gateway stands in it. */
  readonly nat: boolean;
}

/** The part of a VPC that the Internet reaches: gateway, route table, subnets, and NAT gateways for the private part. */
export class PublicSide extends Construct {
  readonly internetGateway: InternetGateway;
  readonly routeTable: RouteTable;
  readonly subnets: Readonly<Record<string, Subnet>>;
  /** NAT gateways, by the key of the public subnet that each stands in. */
  readonly natGateways: Readonly<Record<string, NatGateway>>;
  /** Public addresses of the NAT gateways, by the same keys. */
  readonly natAddresses: Readonly<Record<string, Eip>>;

  constructor(scope: Construct, id: string, props: PublicSideProps) {
    super(scope, id);
    checkCore(this);
    const { vpcId } = props;
    const tags = (suffix: string): Record<string, string> => tagsOf(`${props.name}${suffix}`, props.tags);
    this.internetGateway = new InternetGateway(this, 'InternetGateway', { vpcId, tags: tags('') });
    this.routeTable = new RouteTable(this, 'Table', { vpcId, tags: tags('-public') });
    const toInternet = new Route(this, 'ToInternet', {
      routeTableId: this.routeTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: this.internetGateway.id,
    });

    const subnets: Record<string, Subnet> = {};
    const natGateways: Record<string, NatGateway> = {};
    const natAddresses: Record<string, Eip> = {};
    for (const [key, subnet] of Object.entries(props.subnets)) {
      const resource = new Subnet(this, `Subnet-${key}`, {
        vpcId,
        cidrBlock: subnet.cidr.toString(),
        availabilityZone: subnet.zone,
        mapPublicIpOnLaunch: false,
        lifecycle: subnet.lifecycle,
        tags: tags(`-public-${key}`),
      });
      new RouteTableAssociation(this, `Subnet-${key}-Table`, {
        subnetId: resource.id,
        routeTableId: this.routeTable.id,
      });
      subnets[key] = resource;
      if (!subnet.nat) continue;
      const address = new Eip(this, `Address-${key}`, {
        domain: 'vpc',
        dependsOn: [this.internetGateway],
        tags: tags(`-nat-${key}`),
      });
      natAddresses[key] = address;
      natGateways[key] = new NatGateway(this, `Nat-${key}`, {
        allocationId: address.id,
        subnetId: resource.id,
        // Without its route to the Internet a NAT gateway comes up but reaches nothing.
        dependsOn: [toInternet],
        tags: tags(`-${key}`),
      });
    }
    this.subnets = subnets;
    this.natGateways = natGateways;
    this.natAddresses = natAddresses;
  }
}
