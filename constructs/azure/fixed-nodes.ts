import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkInterfaceSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/network-interface-security-group-association';
import { type ITerraformDependable, TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { LONGEST_MACHINE_NAME } from '../../model/clouds/azure/virtual-machines';
import { checkCore } from '../core';
import { allOf, eachOf, forEach } from '../for-each';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { checkMachine } from './node-checks';
import {
  imageArguments,
  KEPT_IMAGE,
  type NodeMachineProps,
  osDiskArguments,
  spotArguments,
} from './node-machine';
import type { NodePlace } from './node-place';
import type { IResourceGroup } from './resource-group';
import type { Tags } from './tags';

export interface FixedNodesProps extends NodeMachineProps {
  readonly resourceGroup: IResourceGroup;
  readonly place: NodePlace;
  /** By a key that never changes: it is part of the addresses of a node's resources. */
  readonly nodes: Readonly<Record<string, FixedNodeProps>>;
  /** The machines' size. A change restarts them. */
  readonly size: string;
  /** Base64, the same for all nodes. A change replaces the machines. */
  readonly customData: string;
  /** Secure boot and a virtual TPM. A change replaces the machines. @default false */
  readonly trustedLaunch?: boolean;
  /**
   * Which of the nodes there are: an expression without `${}` that is true for the node of `key`. What it depends on may change without
   * a change of the configuration, for instance the end of a lease. @default - all of them
   */
  readonly isThere?: string;
  /** What must be there before the machines are, for instance what ends them. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
  /** Tags of every resource, beside `Name`. @default - none */
  readonly tags?: Tags;
  /** A tag that has the key of the node as its value. @default - none */
  readonly keyTag?: string;
}

export interface FixedNodeProps {
  /** The machine's name, which is its host name too with `-` in place of each period. A change replaces the machine. */
  readonly name: string;
  /** An address in the subnet, which all nodes have or none. @default - any that is free */
  readonly privateAddress?: string;
}

/**
 * Linux virtual machines with names, each with a network interface of its own and without a public address.
 *
 * Each is an element of one resource (`….Nodes["n1"]`), so that a node that is added or removed touches no other one. The interfaces stay
 * where the machines end, and with them the addresses.
 *
 * @throws {@link PropsError}
 */
export class FixedNodes extends Construct {
  readonly machines: LinuxVirtualMachine;
  /** Expressions without `${}`: what is known of all nodes by key, and of those that there are. */
  readonly all: string;
  readonly there: string;

  constructor(
    scope: Construct,
    id: string,
    readonly props: FixedNodesProps,
  ) {
    super(scope, id);
    checkCore(this);
    checkMachine(this, props);
    this.check();
    const { isThere, nodes } = props;
    const local = new TerraformLocal(
      this,
      'Each',
      Object.fromEntries(
        Object.entries(nodes).map(([key, { name, privateAddress }]) => [
          key,
          {
            name,
            host: name.replaceAll('.', '-'),
            ...(privateAddress === undefined ? {} : { address: privateAddress }),
          },
        ]),
      ),
    );
    this.all = `local.${local.friendlyUniqueId}`;
    this.there =
      isThere === undefined ? this.all : `{ for key, node in ${this.all} : key => node if ${isThere} }`;
    this.machines = this.virtualMachines(this.interfaces());
  }

  /** Address and name of each machine that there is, by its key: an expression. */
  get output(): string {
    return `\${{ for key, machine in ${allOf(this.machines)} : key => { address = machine.private_ip_address, instance_id = machine.name } }}`;
  }

  private interfaces(): NetworkInterface {
    const { nodes, place, resourceGroup } = this.props;
    const isFixed = Object.values(nodes).some(({ privateAddress }) => privateAddress !== undefined);
    const made = new NetworkInterface(this, 'Interface', {
      name: '${each.value.name}-nic',
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      tags: this.tags(),
      ipConfiguration: [
        {
          name: 'internal',
          subnetId: place.subnetId,
          privateIpAddressAllocation: isFixed ? 'Static' : 'Dynamic',
          ...(isFixed ? { privateIpAddress: '${each.value.address}' } : {}),
        },
      ],
    });
    forEach(made, this.all);
    const association = new NetworkInterfaceSecurityGroupAssociation(this, 'SecurityGroup', {
      networkInterfaceId: eachOf(made, 'id'),
      networkSecurityGroupId: place.securityGroupId,
    });
    forEach(association, this.all);
    return made;
  }

  private virtualMachines(interfaces: NetworkInterface): LinuxVirtualMachine {
    const { props } = this;
    const { adminUsername, identityIds = [], resourceGroup, proximityPlacementGroupId, after = [] } = props;
    const machines = new LinuxVirtualMachine(this, 'Resource', {
      name: '${each.value.name}',
      computerName: '${each.value.host}',
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      size: props.size,
      networkInterfaceIds: [eachOf(interfaces, 'id')],
      customData: props.customData,
      adminUsername,
      adminSshKey: props.sshPublicKeys.map((publicKey) => ({ username: adminUsername, publicKey })),
      disablePasswordAuthentication: true,
      osDisk: osDiskArguments(props.osDisk),
      ...imageArguments(props.image),
      ...spotArguments(props.spot),
      ...(props.trustedLaunch ? { secureBootEnabled: true, vtpmEnabled: true } : {}),
      ...(props.zone === undefined ? {} : { zone: props.zone }),
      ...(proximityPlacementGroupId === undefined ? {} : { proximityPlacementGroupId }),
      ...(identityIds.length === 0
        ? {}
        : { identity: { type: 'UserAssigned', identityIds: [...identityIds] } }),
      tags: this.tags(),
      lifecycle: { ignoreChanges: KEPT_IMAGE },
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
    });
    forEach(machines, this.there);
    return machines;
  }

  private tags(): Record<string, string> {
    const { tags, keyTag } = this.props;
    return {
      ...tags,
      Name: '${each.value.name}',
      ...(keyTag === undefined ? {} : { [keyTag]: '${each.key}' }),
    };
  }

  private check(): void {
    const { nodes } = this.props;
    const all = Object.entries(nodes);
    if (all.length === 0) refuse(this, 'nodes: must hold at least one, got none');
    for (const [key, { name }] of all) {
      if (!isKnown(name)) continue;
      if (name.length > LONGEST_MACHINE_NAME)
        refuse(this, `nodes.${key}.name: must have at most ${LONGEST_MACHINE_NAME} characters, got ${name}`);
      if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name))
        refuse(
          this,
          `nodes.${key}.name: must be of letters, digits, . and -, and begin and end with a letter or digit, got ${name}`,
        );
    }
    const fixed = all.filter(([, { privateAddress }]) => privateAddress !== undefined);
    if (fixed.length > 0 && fixed.length < all.length)
      refuse(
        this,
        `nodes: must all have privateAddress, or none, got ${fixed.length} of ${all.length} with it`,
      );
  }
}
