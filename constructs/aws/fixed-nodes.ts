import { Instance, type InstanceConfig } from '@cdktf/provider-aws/lib/instance';
import { TerraformLocal, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { stateRecord } from '../state-record';
import { isKnown } from '../tokens';
import type { FoundImage } from './node-image';
import { checkNodesProps, iopsOf, metadataOptions, type NodesProps } from './node-props';
import { tagsOf } from './tags';

/** A node of one's own. */
export interface FixedNode {
  /** @default - the subnet gives one */
  readonly address?: string;
}

export interface FixedNodesProps extends NodesProps {
  /** By a key that never changes and is part of the node's address: letters, digits, `_`, `-` and `.`. */
  readonly nodes: Readonly<Record<string, FixedNode>>;
  readonly instanceType: string;
  /** Spot instances, which AWS may end at any time, at most for this price in US dollars an hour. @default - on demand */
  readonly spot?: { readonly maxPrice?: string };
}

/** What may be a key of `for_each`: also an address. */
const KEY = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Nodes that are each one of its own: one instance by key, so that a node that comes or goes touches no other.
 *
 * A node that shuts down is terminated. One that ended by itself stays away while its key is in the variable `ended`, which the stack must
 * declare by {@link FixedNodes.endedVariable}. With a lease all are gone after its end.
 *
 * @throws {@link PropsError} for what AWS would refuse
 */
export class FixedNodes extends Construct {
  /** The variable `ended`: keys of nodes that ended by themselves. @param scope - the stack, whose child it must be to keep its name */
  static endedVariable(scope: Construct): TerraformVariable {
    return new TerraformVariable(scope, 'ended', {
      type: 'list(string)',
      default: [],
      nullable: false,
      description: 'Nodes that ended by themselves and are not made anew',
    });
  }

  readonly instance: Instance;
  /** Expressions without `${}`: the instances by key, of the nodes that are there; and maps with the keys of all nodes, and of those that are to be there. */
  readonly instances: string;
  readonly all: string;
  readonly live: string;

  constructor(scope: Construct, id: string, props: FixedNodesProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { nodes, lease } = props;
    const all = new TerraformLocal(
      this,
      'All',
      Object.fromEntries(Object.entries(nodes).map(([key, { address = null }]) => [key, { address }])),
    );
    this.all = `local.${all.friendlyUniqueId}`;
    const conditions = ['!contains(var.ended, key)', ...(lease ? [`(${lease.liveExpression})`] : [])];
    this.live = `{for key, node in ${this.all} : key => node if ${conditions.join(' && ')}}`;
    this.instance = new Instance(this, 'Resource', this.arguments(props, props.image.find(this)));
    this.instance.addOverride('for_each', `\${${this.live}}`);
    this.instances = `${this.instance.terraformResourceType}.${this.instance.friendlyUniqueId}`;
  }

  private check({ nodes, ...props }: FixedNodesProps): void {
    checkNodesProps(this, props);
    if (Object.keys(nodes).length === 0) refuse(this, 'nodes: must have at least one, got none');
    const bad = isKnown(nodes) ? Object.keys(nodes).find((key) => !KEY.test(key)) : 'a token';
    if (bad !== undefined)
      refuse(
        this,
        `nodes: must have keys of 1 to 64 characters of A-Z a-z 0-9 . _ -, got ${JSON.stringify(bad)}`,
      );
  }

  private arguments(props: FixedNodesProps, image: FoundImage): InstanceConfig {
    const { subnetId, rootVolume, nodes, profile, spot, tags } = props;
    const name = `${props.nodeName}-\${each.key}`;
    const own = { ...tags, 'kakehashi:node': '${each.key}' };
    const hasAddresses = Object.values(nodes).some(({ address }) => address !== undefined);
    const { kmsKeyId, type, sizeGb } = rootVolume;
    return {
      ami: image.imageId,
      instanceType: props.instanceType,
      subnetId,
      ...(hasAddresses ? { privateIp: '${each.value.address}' } : {}),
      // The network's own subnets give none by themselves.
      ...(props.isPrivateSubnet ? {} : { associatePublicIpAddress: false }),
      vpcSecurityGroupIds: [...props.securityGroupIds],
      iamInstanceProfile: profile.instanceProfileName,
      userDataBase64: props.userDataBase64,
      userDataReplaceOnChange: true,
      metadataOptions: metadataOptions(props.metadataHops),
      rootBlockDevice: {
        encrypted: true,
        kmsKeyId,
        volumeType: type,
        volumeSize: sizeGb,
        iops: iopsOf(type, sizeGb),
        deleteOnTermination: true,
        tags: tagsOf(name, own),
      },
      instanceInitiatedShutdownBehavior: 'terminate',
      placementGroup: props.placementGroup,
      ...(spot === undefined ? {} : { instanceMarketOptions: oneTime(spot.maxPrice) }),
      tags: tagsOf(name, own),
      ...(profile.grants.length === 0 ? {} : { dependsOn: [...profile.grants] }),
      lifecycle: {
        ...(image.isNewest ? { ignoreChanges: ['ami'] } : {}),
        ...(spot === undefined ? {} : { replaceTriggeredBy: [this.type(props.instanceType)] }),
      },
    };
  }

  /** Another type is given to a stopped instance, and one-time spot instances can't be stopped: they are replaced with this. */
  private type(instanceType: string): string {
    const record = stateRecord(this, 'Type', instanceType);
    return `${record.terraformResourceType}.${record.friendlyUniqueId}`;
  }
}

/** A request that persists would start a new instance for one that the stack has destroyed. */
function oneTime(maxPrice: string | undefined): NonNullable<InstanceConfig['instanceMarketOptions']> {
  return {
    marketType: 'spot',
    spotOptions: { spotInstanceType: 'one-time', instanceInterruptionBehavior: 'terminate', maxPrice },
  };
}
