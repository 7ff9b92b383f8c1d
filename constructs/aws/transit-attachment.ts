import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association';
import { Ec2TransitGatewayRouteTablePropagation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation';
import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Construct } from 'constructs';
import type { Cidr } from '../../model/net/cidr';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import type { INetwork } from './imported-network';
import { checkId, checkKeys, checkName, claimName } from './names';
import { Network } from './network';
import { checkDisjoint, knownBlock } from './network-checks';
import { type RemoteNetwork, type RemoteNetworks, readRemoteNetworks } from './remote-networks';
import { checkTags, type Tags, tagsOf } from './tags';

export interface TransitAttachmentProps {
  /** Names every resource (tag `Name`): 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  readonly network: INetwork;
  readonly transitGatewayId: string;
  /**
   * Where the gateway's network interfaces are: keys of private subnets, at most one of each zone (`DuplicateSubnetsInSameZone`),
   * or the blocks of subnets of their own, by zone, /28 or larger.
   */
  readonly subnets: readonly string[] | Readonly<Record<string, CidrProp>>;
  /** The table of the gateway that packets from the VPC look up. */
  readonly routeTableId: string;
  /** Tables of the gateway that learn the VPC's block, by a key that never changes. */
  readonly propagatedRouteTableIds: Readonly<Record<string, string>>;
  /** What is behind the gateway: each private route table gets a route to it. */
  readonly remoteNetworks: RemoteNetworks;
  /** The route tables that get the routes, by a key that never changes. @default - the network's private ones */
  readonly privateRouteTableIds?: Readonly<Record<string, string>>;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * A VPC on a transit gateway, with the routes that lead there and back.
 *
 * The ids of its routes are those that a {@link SiteToSiteVpn} of the same id has: a network that changes from one to the other
 * keeps its routes, whose targets change in place.
 *
 * @throws {@link PropsError}
 */
export class TransitAttachment extends Construct {
  readonly attachment: Ec2TransitGatewayVpcAttachment;
  readonly attachmentId: string;
  /** Subnets of its own, by zone. */
  readonly subnets: Readonly<Record<string, Subnet>>;

  constructor(scope: Construct, id: string, props: TransitAttachmentProps) {
    super(scope, id);
    checkCore(this);
    const { name, network, transitGatewayId, tags } = props;
    const remoteNetworks = readRemoteNetworks(this, props.remoteNetworks);
    this.check(props, remoteNetworks);
    this.subnets = isList(props.subnets) ? {} : this.ownSubnets(props, props.subnets);
    const subnetIds = isList(props.subnets)
      ? props.subnets.flatMap((key) => network.subnetIds[key] ?? [])
      : Object.values(this.subnets).map((subnet) => subnet.id);
    this.attachment = new Ec2TransitGatewayVpcAttachment(this, 'Attachment', {
      transitGatewayId,
      vpcId: network.vpcId,
      subnetIds,
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags: tagsOf(name, tags),
    });
    this.attachmentId = this.attachment.id;
    if (isList(props.subnets)) leaveFirst(network, props.subnets);
    new Ec2TransitGatewayRouteTableAssociation(this, 'Association', {
      transitGatewayAttachmentId: this.attachmentId,
      transitGatewayRouteTableId: props.routeTableId,
    });
    for (const [table, transitGatewayRouteTableId] of Object.entries(props.propagatedRouteTableIds)) {
      new Ec2TransitGatewayRouteTablePropagation(this, `Propagation-${table}`, {
        transitGatewayAttachmentId: this.attachmentId,
        transitGatewayRouteTableId,
      });
    }
    this.routes(props, remoteNetworks);
  }

  private check(props: TransitAttachmentProps, remoteNetworks: readonly RemoteNetwork[]): void {
    const { name, network, subnets, tags, propagatedRouteTableIds, privateRouteTableIds } = props;
    const vpcCidr = network.vpcCidr === undefined ? undefined : knownCidr(this, 'network', network.vpcCidr);
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    claimName(this, { prop: 'name', things: 'attachments to transit gateways', name });
    checkId(this, 'transitGatewayId', 'tgw', props.transitGatewayId);
    checkId(this, 'routeTableId', 'tgw-rtb', props.routeTableId);
    checkKeys(this, 'propagatedRouteTableIds', propagatedRouteTableIds);
    for (const [key, table] of Object.entries(propagatedRouteTableIds))
      checkId(this, `propagatedRouteTableIds.${key}`, 'tgw-rtb', table);
    if (privateRouteTableIds) checkKeys(this, 'privateRouteTableIds', privateRouteTableIds);
    this.checkSubnets(network, subnets, vpcCidr);
    const inside = vpcCidr && remoteNetworks.find(({ cidr }) => cidr?.overlaps(vpcCidr));
    if (inside) refuse(this, `remoteNetworks: ${inside.cidr} overlaps the VPC (${vpcCidr})`);
  }

  private checkSubnets(
    network: INetwork,
    subnets: TransitAttachmentProps['subnets'],
    vpcCidr: Cidr | undefined,
  ): void {
    if ((isList(subnets) ? subnets : Object.keys(subnets)).length === 0)
      refuse(this, 'subnets: must name at least one, got none');
    if (!isList(subnets)) {
      checkKeys(this, 'subnets', subnets);
      const blocks = Object.entries(subnets).flatMap(([zone, cidr]) =>
        knownBlock(this, `subnets.${zone}`, cidr),
      );
      checkDisjoint(this, vpcCidr, blocks);
      return;
    }
    const unknown = subnets.find((key) => network.subnetIds[key] === undefined);
    if (unknown !== undefined)
      refuse(
        this,
        `subnets: must be keys of subnets of ${network.node.path}, got ${JSON.stringify(unknown)}`,
      );
    if (new Set(subnets).size < subnets.length)
      refuse(this, `subnets: must name each once, got ${subnets.join(', ')}`);
  }

  private ownSubnets(
    { name, network, tags }: TransitAttachmentProps,
    blocks: Readonly<Record<string, CidrProp>>,
  ): Readonly<Record<string, Subnet>> {
    return Object.fromEntries(
      Object.entries(blocks).map(([zone, cidr]) => {
        const block = knownCidr(this, `subnets.${zone}`, cidr) ?? cidr;
        const subnet = new Subnet(this, `Subnet-${zone}`, {
          vpcId: network.vpcId,
          cidrBlock: block.toString(),
          availabilityZone: zone,
          mapPublicIpOnLaunch: false,
          // See leaveFirst.
          lifecycle: { createBeforeDestroy: true },
          tags: tagsOf(`${name}-transit-${zone}`, tags),
        });
        return [zone, subnet];
      }),
    );
  }

  private routes(props: TransitAttachmentProps, networks: readonly RemoteNetwork[]): void {
    const { network, transitGatewayId } = props;
    const tables = Object.entries(props.privateRouteTableIds ?? network.privateRouteTableIds);
    for (const { key, text: destinationCidrBlock } of networks) {
      for (const [table, routeTableId] of tables) {
        claimName(this, {
          prop: 'remoteNetworks',
          things: `destinations of route table ${table}`,
          name: destinationCidrBlock,
          within: routeTableId,
        });
        // A route to a gateway that the VPC is not attached to is refused (InvalidTransitGatewayID.NotFound).
        new Route(this, `To-${key}-${table}`, {
          routeTableId,
          destinationCidrBlock,
          transitGatewayId,
          dependsOn: [this.attachment],
        });
      }
    }
  }
}

/**
 * AWS deletes no subnet with an interface of the gateway in it, and Terraform deletes one before it changes the attachment, unless
 * what comes after is created first.
 */
function leaveFirst(network: INetwork, keys: readonly string[]): void {
  if (!(network instanceof Network)) return;
  for (const key of keys) network.subnets[key]?.addOverride('lifecycle.create_before_destroy', true);
}

function isList(subnets: TransitAttachmentProps['subnets']): subnets is readonly string[] {
  return Array.isArray(subnets);
}
