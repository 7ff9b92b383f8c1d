import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import type { Cidr } from '../../model/net/cidr';

export interface PublicSideProps {
  readonly vpcId: string;
  readonly name: string;
  /** Public subnets by a key that never changes. */
  readonly subnets: Readonly<Record<string, PublicSubnetProps>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PublicSubnetProps {
  readonly cidr: Cidr;
  readonly zone: string;
  readonly lifecycle?: TerraformResourceLifecycle;
  /** Whether a NAT gateway stands in it. */
  readonly nat: boolean;
}

/** The part of a VPC that the Internet reaches: gateway, route table, subnets, and NAT gateways for the private part. */
export class PublicSide extends Construct {
  /** By the key of the subnet that each stands in. */
  readonly natGatewayIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: PublicSideProps) {
    super(scope, id);
    const { vpcId } = props;
    const tags = (suffix: string): Record<string, string> => ({
      ...props.tags,
      Name: `${props.name}${suffix}`,
    });
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId, tags: tags('') });
    const table = new RouteTable(this, 'Table', { vpcId, tags: tags('-public') });
    const route = new Route(this, 'ToInternet', {
      routeTableId: table.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });

    const nats: Record<string, string> = {};
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
        routeTableId: table.id,
      });
      if (!subnet.nat) continue;
      const address = new Eip(this, `Address-${key}`, {
        domain: 'vpc',
        dependsOn: [gateway],
        tags: tags(`-nat-${key}`),
      });
      const nat = new NatGateway(this, `Nat-${key}`, {
        allocationId: address.id,
        subnetId: resource.id,
        // Without its route to the Internet a NAT gateway comes up but reaches nothing.
        dependsOn: [route],
        tags: tags(`-${key}`),
      });
      nats[key] = nat.id;
    }
    this.natGatewayIds = nats;
  }
}
