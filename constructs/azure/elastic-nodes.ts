import { MonitorAutoscaleSetting } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { OrchestratedVirtualMachineScaleSet } from '@cdktf/provider-azurerm/lib/orchestrated-virtual-machine-scale-set';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  type DiskType,
  LONGEST_HOST_PREFIX,
  MOST_INSTANCES,
  MOST_MIXED_SIZES,
} from '../../model/clouds/azure/virtual-machines';
import { checkCore } from '../core';
import type { Lease } from '../lease';
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

export interface ElasticNodesProps extends NodeMachineProps {
  readonly resourceGroup: IResourceGroup;
  readonly place: NodePlace;
  /** The scale set's name. A change replaces it. */
  readonly name: string;
  /** Names of the hosts begin with it. A change replaces the set. */
  readonly hostPrefix: string;
  /** Sizes of machines, the preferred one first: one, or up to five of which Azure takes those that it has. */
  readonly sizes: readonly string[];
  /** Base64. A change is for new machines. */
  readonly customData: string;
  /** How many machines there are at first, and at most. */
  readonly initial: number;
  readonly most: number;
  /** Machines of the set that are no spot ones, where the others are. @default - all are spot ones */
  readonly onDemand?: OnDemandProps;
  /** Further disks of each machine, which end with it. @default - none */
  readonly disks?: readonly ElasticDisk[];
  /** When they end. @default - they stay */
  readonly lease?: Lease;
  /** What must be there before the machines are. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
  /** Tags of every resource. @default - none */
  readonly tags?: Tags;
}

export interface OnDemandProps {
  /** How many are none, before any is. */
  readonly base: number;
  /** How many of a hundred further ones are none. */
  readonly percent: number;
}

export interface ElasticDisk {
  /** Logical unit number, by which the node finds it. */
  readonly lun: number;
  /** 1 to 32767. */
  readonly sizeGb: number;
  readonly type: DiskType;
}

/**
 * A flexible scale set of Linux virtual machines without names of their own.
 *
 * How many there are is decided at its birth and by Azure from then on: `instances` is ignored. Under a lease, an autoscale setting keeps
 * at least the initial number until the end, and none after it, with no change of the configuration. One fault domain
 * means that Azure spreads the machines over as many as it can.
 *
 * @throws {@link PropsError}
 */
export class ElasticNodes extends Construct {
  readonly scaleSet: OrchestratedVirtualMachineScaleSet;

  constructor(
    scope: Construct,
    id: string,
    readonly props: ElasticNodesProps,
  ) {
    super(scope, id);
    checkCore(this);
    checkMachine(this, props);
    this.check();
    const { lease, initial } = props;
    this.scaleSet = this.set();
    if (lease === undefined) return;
    this.scaleSet.addOverride('instances', `\${${lease.liveExpression} ? ${initial} : 0}`);
    this.autoscale(lease);
  }

  private set(): OrchestratedVirtualMachineScaleSet {
    const { props } = this;
    const {
      adminUsername,
      identityIds = [],
      place,
      resourceGroup,
      proximityPlacementGroupId,
      after = [],
    } = props;
    return new OrchestratedVirtualMachineScaleSet(this, 'Resource', {
      name: props.name,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      platformFaultDomainCount: 1,
      instances: props.initial,
      ...sizeArguments(props.sizes, props.spot !== undefined),
      osProfile: {
        customData: props.customData,
        linuxConfiguration: {
          adminUsername,
          adminSshKey: props.sshPublicKeys.map((publicKey) => ({ username: adminUsername, publicKey })),
          computerNamePrefix: props.hostPrefix,
          disablePasswordAuthentication: true,
        },
      },
      osDisk: osDiskArguments(props.osDisk),
      ...dataDisks(props),
      networkInterface: [
        {
          name: 'internal',
          primary: true,
          networkSecurityGroupId: place.securityGroupId,
          ipConfiguration: [{ name: 'internal', primary: true, subnetId: place.subnetId }],
        },
      ],
      ...imageArguments(props.image),
      ...spotArguments(props.spot),
      ...priorityMix(props),
      ...(props.zone === undefined ? {} : { zones: [props.zone] }),
      ...(proximityPlacementGroupId === undefined ? {} : { proximityPlacementGroupId }),
      ...(identityIds.length === 0
        ? {}
        : { identity: { type: 'UserAssigned', identityIds: [...identityIds] } }),
      tags: { ...props.tags, Name: props.name },
      lifecycle: { ignoreChanges: ['instances', ...KEPT_IMAGE] },
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
    });
  }

  /** The profile without a date holds whenever that with one does not. */
  private autoscale({ start, end }: Lease): void {
    const { name, resourceGroup, initial, most, tags } = this.props;
    new MonitorAutoscaleSetting(this, 'Lease', {
      name: `${name}-lease`,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      targetResourceId: this.scaleSet.id,
      profile: [
        {
          name: 'lease',
          capacity: { default: initial, minimum: initial, maximum: most },
          fixedDate: { start, end, timezone: 'UTC' },
        },
        { name: 'ended', capacity: { default: 0, minimum: 0, maximum: 0 } },
      ],
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    });
  }

  private check(): void {
    const { sizes, initial, most, hostPrefix } = this.props;
    if (sizes.length === 0 || sizes.length > MOST_MIXED_SIZES)
      refuse(this, `sizes: must be one to ${MOST_MIXED_SIZES}, got ${sizes.length}`);
    if (isKnown(hostPrefix) && hostPrefix.length > LONGEST_HOST_PREFIX)
      refuse(this, `hostPrefix: must have at most ${LONGEST_HOST_PREFIX} characters, got ${hostPrefix}`);
    if (most > MOST_INSTANCES) refuse(this, `most: must be at most ${MOST_INSTANCES}, got ${most}`);
    if (initial > most) refuse(this, `initial: must be at most most (${most}), got ${initial}`);
  }
}

function priorityMix({ spot, onDemand: { base, percent } = { base: 0, percent: 0 } }: ElasticNodesProps) {
  if (spot === undefined || (base === 0 && percent === 0)) return {};
  return { priorityMix: { baseRegularCount: base, regularPercentageAboveBase: percent } };
}

function dataDisks({ disks = [], osDisk: { encryptionSetId } }: ElasticNodesProps) {
  if (disks.length === 0) return {};
  return {
    dataDisk: disks.map(({ lun, sizeGb, type }) => ({
      lun,
      createOption: 'Empty',
      caching: 'None',
      diskSizeGb: sizeGb,
      storageAccountType: type,
      ...(encryptionSetId === undefined ? {} : { diskEncryptionSetId: encryptionSetId }),
    })),
  };
}

/** One size by its name; several as a mix, from which Azure takes those with most spare capacity for spot machines, and else those first in the list. */
function sizeArguments(sizes: readonly string[], isSpot: boolean) {
  const [size, ...others] = sizes;
  if (others.length === 0) return { skuName: size };
  const allocationStrategy = isSpot ? 'CapacityOptimized' : 'Prioritized';
  return { skuName: 'Mix', skuProfile: { allocationStrategy, vmSizes: [...sizes] } };
}
