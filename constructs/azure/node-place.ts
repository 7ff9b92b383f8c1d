import { DataAzurermNetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-network-security-group';
import { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet';
import { Construct } from 'constructs';
import { checkCore } from '../core';

export interface NodePlaceProps {
  /** Resource group of the virtual network and of the security group. */
  readonly resourceGroupName: string;
  readonly vnetName: string;
  readonly subnetName: string;
  readonly securityGroupName: string;
}

/**
 * A subnet for nodes with its network security group, which something else made. Both are looked up by their names, so that a plan
 * fails where they are not there, and no stack reads the state of another one.
 */
export class NodePlace extends Construct {
  readonly subnetId: string;
  readonly securityGroupId: string;

  constructor(
    scope: Construct,
    id: string,
    { resourceGroupName, vnetName, subnetName, securityGroupName }: NodePlaceProps,
  ) {
    super(scope, id);
    checkCore(this);
    this.subnetId = new DataAzurermSubnet(this, 'Subnet', {
      resourceGroupName,
      virtualNetworkName: vnetName,
      name: subnetName,
    }).id;
    this.securityGroupId = new DataAzurermNetworkSecurityGroup(this, 'SecurityGroup', {
      resourceGroupName,
      name: securityGroupName,
    }).id;
  }
}
