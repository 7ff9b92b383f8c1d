import { AutoscalingGroup, type AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule';
import { LaunchTemplate, type LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import type { Lease } from '../lease';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { checkNodesProps, iopsOf, metadataOptions, type NodesProps } from './node-props';
import { tagsOf } from './tags';

export interface ElasticNodesProps extends NodesProps {
  /** How many nodes there are at first. AWS, the nodes and people change that afterwards, and a plan leaves it alone. */
  readonly initial: number;
  /** 1 to 500. */
  readonly max: number;
  /** 1 to 40, the preferred one first. */
  readonly instanceTypes: readonly string[];
  /** Spot instances, which AWS may end at any time. @default - on demand */
  readonly spot?: ElasticSpot;
  /** Further disks of each node; they are encrypted as the root disk is, and go with the node. @default - none */
  readonly disks?: readonly ElasticDisk[];
}

export interface ElasticDisk {
  /** `/dev/sdf`, not that of the root disk. */
  readonly device: string;
  readonly sizeGb: number;
  /** `gp3`. */
  readonly type: string;
}

export interface ElasticSpot {
  /** US dollars an hour. @default - the price on demand */
  readonly maxPrice?: string;
  /** How many of the first nodes are on demand. @default 0 */
  readonly onDemandBase?: number;
  /** How many of a hundred others are on demand. @default 0 */
  readonly onDemandPercent?: number;
}

/** Overrides of a mixed instances policy (EC2 Auto Scaling API reference, LaunchTemplate). */
const MOST_TYPES = 40;

/**
 * As many like nodes as are needed: a launch template, and an Auto Scaling group that may be empty.
 *
 * A changed template serves new nodes; those that are there work on. At the end of a lease AWS itself takes the group to zero, and from then on
 * its largest size is 0 in the configuration, too.
 *
 * @throws {@link PropsError} for what AWS would refuse
 */
export class ElasticNodes extends Construct {
  readonly launchTemplate: LaunchTemplate;
  readonly group: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: ElasticNodesProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    this.launchTemplate = new LaunchTemplate(this, 'Template', this.template(props));
    this.group = new AutoscalingGroup(this, 'Resource', this.groupArguments(props));
    if (props.lease === undefined) return;
    this.group.addOverride('max_size', `\${${props.lease.liveExpression} ? ${props.max} : 0}`);
    this.end(props.lease);
  }

  private check(props: ElasticNodesProps): void {
    checkNodesProps(this, props);
    const { initial, max, instanceTypes, spot } = props;
    if (isKnown(initial) && isKnown(max) && (initial < 0 || initial > max))
      refuse(this, `initial: must be 0 to max (${max}), got ${initial}`);
    if (instanceTypes.length < 1 || instanceTypes.length > MOST_TYPES)
      refuse(this, `instanceTypes: must be 1 to ${MOST_TYPES}, got ${instanceTypes.length}`);
    const { onDemandPercent: percent = 0 } = spot ?? {};
    const devices = (props.disks ?? []).map(({ device }) => device);
    if (new Set(devices).size < devices.length)
      refuse(this, `disks: must have a device each, got ${devices.join(', ')}`);
    if (isKnown(percent) && (percent < 0 || percent > 100))
      refuse(this, `spot.onDemandPercent: must be 0 to 100, got ${percent}`);
  }

  private template(props: ElasticNodesProps): LaunchTemplateConfig {
    const { rootVolume, tags, nodeName, placementGroup } = props;
    const { imageId, isNewest, rootDevice } = props.image.findWithRoot(this);
    return {
      name: props.name,
      imageId,
      instanceType: props.instanceTypes[0],
      userData: props.userDataBase64,
      iamInstanceProfile: { name: props.profile.instanceProfileName },
      instanceInitiatedShutdownBehavior: 'terminate',
      metadataOptions: metadataOptions(props.metadataHops),
      networkInterfaces: [
        {
          deviceIndex: 0,
          deleteOnTermination: 'true',
          securityGroups: [...props.securityGroupIds],
          ...(props.isPrivateSubnet ? {} : { associatePublicIpAddress: 'false' }),
        },
      ],
      blockDeviceMappings: [{ device: rootDevice, ...rootVolume }, ...(props.disks ?? [])].map(
        ({ device, sizeGb, type }) => ({
          deviceName: device,
          ebs: {
            encrypted: 'true',
            kmsKeyId: rootVolume.kmsKeyId,
            volumeSize: sizeGb,
            volumeType: type,
            iops: iopsOf(type, sizeGb),
            deleteOnTermination: 'true',
          },
        }),
      ),
      ...(placementGroup === undefined ? {} : { placement: { groupName: placementGroup } }),
      // The group tags instances; their disks have their tags from here.
      tagSpecifications: [{ resourceType: 'volume', tags: tagsOf(nodeName, tags) }],
      tags: tagsOf(props.name, tags),
      lifecycle: isNewest ? { ignoreChanges: ['image_id'] } : {},
    };
  }

  private groupArguments(props: ElasticNodesProps): AutoscalingGroupConfig {
    const { spot, tags, nodeName, instanceTypes } = props;
    const isMixed = spot !== undefined || instanceTypes.length > 1;
    return {
      name: props.name,
      minSize: 0,
      maxSize: props.max,
      desiredCapacity: props.initial,
      vpcZoneIdentifier: [props.subnetId],
      healthCheckType: 'EC2',
      // AWS would end nodes that work, to have as many in each zone; the group has one.
      suspendedProcesses: ['AZRebalance'],
      // A node that AWS can't give now comes when it can: an apply does not wait for it.
      waitForCapacityTimeout: '0',
      ...(spot === undefined ? {} : { capacityRebalance: true }),
      ...(isMixed
        ? { mixedInstancesPolicy: this.mixed(props) }
        : { launchTemplate: { id: this.launchTemplate.id, version: '$Latest' } }),
      tag: Object.entries(tagsOf(nodeName, tags)).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      ...(props.profile.grants.length === 0 ? {} : { dependsOn: [...props.profile.grants] }),
      lifecycle: { ignoreChanges: ['desired_capacity'] },
    };
  }

  private mixed({ instanceTypes, spot }: ElasticNodesProps): AutoscalingGroupConfig['mixedInstancesPolicy'] {
    return {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: this.launchTemplate.id, version: '$Latest' },
        override: instanceTypes.map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandAllocationStrategy: 'prioritized',
        onDemandBaseCapacity: spot?.onDemandBase ?? 0,
        onDemandPercentageAboveBaseCapacity: spot === undefined ? 100 : (spot.onDemandPercent ?? 0),
        spotAllocationStrategy: 'price-capacity-optimized',
        ...(spot?.maxPrice === undefined ? {} : { spotMaxPrice: spot.maxPrice }),
      },
    };
  }

  /** AWS refuses an action in the past, and forgets one that has acted: after the end there is none. */
  private end(lease: Lease): void {
    const schedule = new AutoscalingSchedule(this, 'End', {
      scheduledActionName: 'lease-end',
      autoscalingGroupName: this.group.name,
      minSize: 0,
      maxSize: 0,
      desiredCapacity: 0,
      startTime: lease.end,
    });
    schedule.addOverride('count', `\${${lease.liveExpression} ? 1 : 0}`);
  }
}
