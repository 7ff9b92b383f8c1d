import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import { NetworkWatcherFlowLog } from '@cdktf/provider-azurerm/lib/network-watcher-flow-log';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { RouteTable } from '@cdktf/provider-azurerm/lib/route-table';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { SubnetRouteTableAssociation } from '@cdktf/provider-azurerm/lib/subnet-route-table-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { NAT_IDLE_MINUTES, RESERVED_SUBNETS } from '../../model/clouds/azure/limits';
import type { Cidr } from '../../model/net/cidr';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { IResourceGroup } from './resource-group';
import type { Tags } from './tags';

export interface NetworkProps {
  readonly resourceGroup: IResourceGroup;
  /** Names what has no name of its own: `<name>-nat`, `<name>-routes`. */
  readonly name: string;
  /** The virtual network's name. A change replaces it. @default - the name */
  readonly vnetName?: string;
  /** Blocks of the virtual network; a change is in place. */
  readonly cidrs: readonly CidrProp[];
  /** Subnets of nodes, by a key that never changes: it is part of their resource addresses. */
  readonly subnets: Readonly<Record<string, SubnetProps>>;
  /** Addresses of name servers. @default - Azure's own */
  readonly dnsServers?: readonly string[];
  /** The way to the Internet. @default - none */
  readonly nat?: NatProps;
  /** Where flow logs of the virtual network go. @default - no flow logs */
  readonly flowLogsStorageAccountId?: string;
  /** Tags of every resource. @default - none */
  readonly tags?: Tags;
}

export interface SubnetProps {
  readonly name: string;
  readonly cidr: CidrProp;
}

export interface NatProps {
  /** A change replaces the NAT gateway. @default - no zone */
  readonly zone?: string;
  /** 4 to 120. @default 4 */
  readonly idleTimeoutMinutes?: number;
}

/** A block that a prop gives, where it is known. */
interface Block {
  readonly prop: string;
  readonly cidr: Cidr | undefined;
}

/** How long flow logs are kept, in days: the storage account's own rules may be stricter. */
const FLOW_LOG_DAYS = 90;

/**
 * A virtual network with subnets for nodes, whose only ways out are those that are asked for.
 *
 * Azure's implicit way to the Internet is off in every subnet (`default_outbound_access_enabled`): a NAT gateway takes its place, or
 * nothing. The route table of the subnets takes the routes that a gateway learns over BGP.
 *
 * @throws {@link PropsError} when a subnet does not fit
 */
export class Network extends Construct {
  readonly vnet: VirtualNetwork;
  /** Subnets of nodes, by their key. */
  readonly subnets: Readonly<Record<string, Subnet>>;
  readonly routeTable: RouteTable;
  /** Undefined without the prop `nat`. */
  readonly natGateway?: NatGateway;
  /** The public address of the nodes. Undefined without the prop `nat`. */
  readonly natAddress?: PublicIp;

  constructor(
    scope: Construct,
    id: string,
    readonly props: NetworkProps,
  ) {
    super(scope, id);
    checkCore(this);
    this.check();
    const { name, vnetName = name, cidrs, subnets, dnsServers, nat, flowLogsStorageAccountId } = props;
    this.vnet = new VirtualNetwork(this, 'Vnet', {
      ...this.common(vnetName),
      addressSpace: cidrs.map(String),
      ...(dnsServers === undefined ? {} : { dnsServers: [...dnsServers] }),
    });
    this.routeTable = new RouteTable(this, 'Routes', {
      ...this.common(`${name}-routes`),
      bgpRoutePropagationEnabled: true,
    });
    if (nat !== undefined) {
      this.natAddress = new PublicIp(this, 'NatAddress', {
        ...this.common(`${name}-nat`),
        allocationMethod: 'Static',
        sku: 'Standard',
        ...(nat.zone === undefined ? {} : { zones: [nat.zone] }),
      });
      this.natGateway = new NatGateway(this, 'Nat', {
        ...this.common(`${name}-nat`),
        skuName: 'Standard',
        idleTimeoutInMinutes: nat.idleTimeoutMinutes ?? 4,
        ...(nat.zone === undefined ? {} : { zones: [nat.zone] }),
      });
      new NatGatewayPublicIpAssociation(this, 'Nat-Address', {
        natGatewayId: this.natGateway.id,
        publicIpAddressId: this.natAddress.id,
      });
    }
    this.subnets = Object.fromEntries(
      Object.entries(subnets).map(([key, subnet]) => [key, this.subnet(key, subnet)]),
    );
    if (flowLogsStorageAccountId !== undefined) this.flowLogs(flowLogsStorageAccountId);
  }

  /** What every resource of Azure has. */
  common(name: string): { name: string; location: string; resourceGroupName: string; tags?: Tags } {
    const { resourceGroup, tags } = this.props;
    return {
      name,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    };
  }

  private subnet(key: string, { name, cidr }: SubnetProps): Subnet {
    const id = `Nodes-${key}`;
    const subnet = new Subnet(this, id, {
      name,
      resourceGroupName: this.props.resourceGroup.groupName,
      virtualNetworkName: this.vnet.name,
      addressPrefixes: [String(cidr)],
      defaultOutboundAccessEnabled: false,
    });
    new SubnetRouteTableAssociation(this, `${id}-Routes`, {
      subnetId: subnet.id,
      routeTableId: this.routeTable.id,
    });
    if (this.natGateway !== undefined)
      new SubnetNatGatewayAssociation(this, `${id}-Nat`, {
        subnetId: subnet.id,
        natGatewayId: this.natGateway.id,
      });
    return subnet;
  }

  /** Azure makes one network watcher in each location of a subscription, under this name and in this group. */
  private flowLogs(storageAccountId: string): void {
    const { name, resourceGroup, tags } = this.props;
    new NetworkWatcherFlowLog(this, 'FlowLog', {
      name: `${name}-flow`,
      networkWatcherName: `NetworkWatcher_${resourceGroup.location}`,
      resourceGroupName: 'NetworkWatcherRG',
      location: resourceGroup.location,
      targetResourceId: this.vnet.id,
      storageAccountId,
      enabled: true,
      version: 2,
      retentionPolicy: { enabled: true, days: FLOW_LOG_DAYS },
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    });
  }

  private check(): void {
    const { cidrs, subnets, nat } = this.props;
    if (cidrs.length === 0) refuse(this, 'cidrs: must hold at least one block, got none');
    if (Object.keys(subnets).length === 0) refuse(this, 'subnets: must hold at least one, got none');
    const blocks = cidrs.map((cidr, index) => this.block(`cidrs[${index}]`, cidr));
    this.checkApart(blocks);
    const parts = Object.entries(subnets).map(([key, { name, cidr }]) => {
      const reserved = RESERVED_SUBNETS.find((one) => one.toLowerCase() === name.toLowerCase());
      if (reserved !== undefined)
        refuse(this, `subnets.${key}.name: must not be ${reserved}, which Azure uses itself`);
      return this.block(`subnets.${key}.cidr`, cidr);
    });
    this.checkApart(parts);
    for (const { prop, cidr } of parts) {
      if (cidr === undefined || blocks.some((block) => block.cidr?.contains(cidr) ?? true)) continue;
      refuse(this, `${prop}: must lie in the network (${cidrs.join(', ')}), got ${cidr}`);
    }
    const { idleTimeoutMinutes: minutes = 4 } = nat ?? {};
    const { min, max } = NAT_IDLE_MINUTES;
    if (isKnown(minutes) && (minutes < min || minutes > max))
      refuse(this, `nat.idleTimeoutMinutes: must be from ${min} to ${max}, got ${minutes}`);
  }

  /** A block of a prop, undefined where it is a token; a network and a subnet have the same limits (learn.microsoft.com, "Azure Virtual Network FAQ"). */
  private block(prop: string, given: CidrProp): Block {
    const cidr = knownCidr(this, prop, given);
    if (cidr !== undefined && (cidr.prefixLength < 8 || cidr.prefixLength > 29))
      refuse(this, `${prop}: must be a block from /8 to /29, got ${cidr}`);
    return { prop, cidr };
  }

  private checkApart(blocks: readonly Block[]): void {
    blocks.forEach(({ prop, cidr }, index) => {
      const other = blocks.slice(0, index).find((earlier) => cidr && earlier.cidr?.overlaps(cidr));
      if (other) refuse(this, `${prop}: ${cidr} overlaps ${other.prop} (${other.cidr})`);
    });
  }
}
