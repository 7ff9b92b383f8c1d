import { createHash } from 'node:crypto';
import { DataAwsSecurityGroup } from '@cdktf/provider-aws/lib/data-aws-security-group';
import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import { PlacementGroup } from '@cdktf/provider-aws/lib/placement-group';
import type { Construct } from 'constructs';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { AwsSettings } from '../../catalog/kinds/aws/settings';
import type { AwsNodeGroup, CloudImage } from '../../catalog/kinds/aws-nodes/nodes';
import { secretsOf } from '../../catalog/nodes/software';
import { ElasticNodes } from '../../constructs/aws/elastic-nodes';
import { FixedNodes } from '../../constructs/aws/fixed-nodes';
import { LeaseEnd } from '../../constructs/aws/lease-end';
import { NodeDisks } from '../../constructs/aws/node-disks';
import { NodeImage } from '../../constructs/aws/node-image';
import { type INodeProfile, NodeProfile } from '../../constructs/aws/node-profile';
import type { NodesProps } from '../../constructs/aws/node-props';
import { PrivateObject } from '../../constructs/aws/private-object';
import { StoredSecrets } from '../../constructs/aws/stored-secrets';
import { Lease } from '../../constructs/lease';
import { partitionOf } from '../../model/clouds/aws/regions';
import type { Architecture } from '../../model/nodes/architecture';
import type { GroupOutput } from '../../model/nodes/outputs';
import type { CatalogStackProps } from '../catalog-stack';
import { literal } from '../literal';
import { leaseOutput, statedOutput } from '../node-outputs';
import { AwsProviderStack, type AwsProviderStackProps, stackTags } from './aws';
import { type GroupUserData, groupUserData } from './aws-node-software';
import type { StackBuilder } from './kind';

export interface AwsNodesStackProps extends CatalogStackProps {
  readonly aws: AwsSettings;
  readonly group: AwsNodeGroup;
  readonly site: Site;
}

/** The tag by which the end of a lease knows the nodes of a group. */
const GROUP_TAG = 'kakehashi:group';

/** One node group of the catalog: its nodes, what they may do, and the end of their lease. */
export class AwsNodesStack extends AwsProviderStack {
  constructor(scope: Construct, id: string, props: AwsNodesStackProps) {
    const { group, environment, site } = props;
    const network = group.network.isBuilt ? group.network.networkTag : `${environment}/${group.entry}`;
    const own = { 'kakehashi:entry': network, [GROUP_TAG]: `${environment}/${group.name}` };
    const stack = { ...props, region: group.region, tags: { ...group.tags, ...own } };
    super(scope, id, stack);
    const secrets = this.storedSecrets(id, group);
    const userData = groupUserData(group, { environment, site, stack: id, secrets: secrets?.names ?? {} });
    const profile = this.profile(id, group, secrets, userData);
    const found = this.network(group);
    const lease = this.lease(group);
    const common: Omit<NodesProps, 'tags'> = {
      name: id,
      nodeName: `${environment}-${group.name}`,
      subnetId: found.subnet.id,
      isPrivateSubnet: group.network.isBuilt,
      securityGroupIds: [found.securityGroup, ...group.securityGroups],
      image: imageOf(group.image, group.architecture),
      rootVolume: { ...group.rootVolume, ...(group.kmsKey === undefined ? {} : { kmsKeyId: group.kmsKey }) },
      userDataBase64: userData.base64,
      profile,
      metadataHops: group.software.metadataHops,
      ...(group.placement === 'none' ? {} : { placementGroup: this.placement(id, group.placement) }),
      ...(lease === undefined ? {} : { lease }),
    };
    const nodes = group.kind === 'fixed' ? this.fixed(common, own, found.subnet, props, lease) : undefined;
    const elastic = nodes === undefined ? this.elastic(common, stack, group) : undefined;
    this.output('nodes', { [group.name]: groupOutput(group, nodes, elastic) });
    this.output('lease', leaseOutput(group, lease, '${var.ended}'));
  }

  private lease({ leaseSeconds }: AwsNodeGroup): Lease | undefined {
    if (leaseSeconds === undefined) return undefined;
    Lease.nowVariable(this);
    return new Lease(this, 'Lease', { seconds: leaseSeconds });
  }

  /** The subnet and the security group of the entry: by their tags where they are built here, else by their ids. */
  private network({ network }: AwsNodeGroup): {
    readonly subnet: DataAwsSubnet;
    readonly securityGroup: string;
  } {
    if (!network.isBuilt)
      return {
        subnet: new DataAwsSubnet(this, 'Subnet', { id: network.subnet }),
        securityGroup: network.securityGroup,
      };
    const byTag = (value: string) => ({ name: 'tag:kakehashi:entry', values: [literal(value)] });
    const subnet = new DataAwsSubnet(this, 'Subnet', {
      // The public subnet beside it has the tag of the network, which may be the same.
      cidrBlock: network.cidr,
      filter: [byTag(network.entryTag)],
    });
    const group = new DataAwsSecurityGroup(this, 'SecurityGroup', {
      vpcId: subnet.vpcId,
      name: literal(network.securityGroupName),
      filter: [byTag(network.networkTag)],
    });
    return { subnet, securityGroup: group.id };
  }

  private profile(
    name: string,
    group: AwsNodeGroup,
    secrets: StoredSecrets | undefined,
    { script }: GroupUserData,
  ): INodeProfile {
    const { region, permissionsBoundary, instanceProfile, software } = group;
    const stored =
      script &&
      new PrivateObject(this, 'Script', {
        bucket: script.bucket,
        key: script.key,
        contentBase64: script.contentBase64,
      });
    // Who brings a profile gives it the rights, too.
    if (instanceProfile !== undefined) return NodeProfile.fromName(instanceProfile);
    const profile = new NodeProfile(this, 'Profile', {
      name,
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    });
    if (group.kind === 'elastic') profile.grantEnd(region, name);
    if (group.ssm) profile.grantSessions();
    stored?.grantRead(profile);
    secrets?.grantRead(profile);
    const bundle = software.container?.bundle;
    if (bundle !== undefined)
      profile.grant('Bundle', {
        Action: 's3:GetObject',
        Resource: `arn:${partitionOf(region)}:s3:::${bundle.bucket}/${bundle.key}`,
      });
    return profile;
  }

  private storedSecrets(name: string, group: AwsNodeGroup): StoredSecrets | undefined {
    const secrets = Object.entries(secretsOf(group.software));
    if (secrets.length === 0) return undefined;
    StoredSecrets.valuesVariable(this);
    return new StoredSecrets(this, 'Secrets', {
      name,
      secrets: Object.fromEntries(
        secrets.map(([key, reference]) => [
          key,
          { value: `${group.name}/${key}`, version: versionOf(String(reference)) },
        ]),
      ),
    });
  }

  private placement(name: string, strategy: 'cluster' | 'spread'): string {
    return new PlacementGroup(this, 'Placement', { name, strategy, tags: { Name: name } }).name;
  }

  private fixed(
    common: Omit<NodesProps, 'tags'>,
    tags: Readonly<Record<string, string>>,
    subnet: DataAwsSubnet,
    { group, environment }: AwsNodesStackProps,
    lease: Lease | undefined,
  ): FixedNodes {
    const { spotOptions, instanceTypes, region, permissionsBoundary, kmsKey, disks } = group;
    FixedNodes.endedVariable(this);
    const nodes = new FixedNodes(this, 'Nodes', {
      ...common,
      tags,
      nodes: Object.fromEntries(
        group.nodes.map(({ key, address }) => [key, address === undefined ? {} : { address }]),
      ),
      instanceType: instanceTypes[0],
      ...(spotOptions === undefined ? {} : { spot: maxPriceOf(spotOptions.maxPrice) }),
    });
    if (lease !== undefined)
      new LeaseEnd(this, 'LeaseEnd', {
        name: common.name,
        nodes,
        lease,
        region,
        only: { tag: GROUP_TAG, value: `${environment}/${group.name}` },
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      });
    if (disks.length > 0)
      new NodeDisks(this, 'Disks', {
        nodes,
        nodeName: common.nodeName,
        zone: subnet.availabilityZone,
        disks: Object.fromEntries(disks.map(({ name, device, volume }) => [name, { device, volume }])),
        spot: group.spot,
        ...(kmsKey === undefined ? {} : { kmsKeyId: kmsKey }),
        tags,
      });
    return nodes;
  }

  private elastic(
    common: Omit<NodesProps, 'tags'>,
    stack: AwsProviderStackProps,
    { initial, most, instanceTypes, spotOptions, disks }: AwsNodeGroup,
  ): ElasticNodes {
    return new ElasticNodes(this, 'Nodes', {
      ...common,
      tags: stackTags(stack),
      initial,
      max: most,
      instanceTypes,
      disks: disks.flatMap(({ device, volume }) => ('id' in volume ? [] : [{ device, ...volume }])),
      ...(spotOptions === undefined
        ? {}
        : {
            spot: {
              onDemandBase: spotOptions.onDemandBase,
              onDemandPercent: spotOptions.onDemandPercent,
              ...maxPriceOf(spotOptions.maxPrice),
            },
          }),
    });
  }
}

/** A price as AWS shows it: without an exponent, and without zeros at its end. */
function maxPriceOf(price: number | undefined): { readonly maxPrice?: string } {
  return price === undefined ? {} : { maxPrice: price.toFixed(5).replace(/\.?0+$/, '') };
}

/** A number that another reference changes, so that the secret is written anew. */
function versionOf(reference: string): number {
  return (createHash('sha256').update(reference).digest().readUInt32BE(0) >>> 1) + 1;
}

function imageOf(image: CloudImage, architecture: Architecture): NodeImage {
  switch (image.by) {
    case 'default':
      return NodeImage.ubuntu(architecture);
    case 'id':
      return NodeImage.fromId(image.id);
    case 'parameter':
      return NodeImage.fromParameter(literal(image.name));
    case 'name':
      return NodeImage.newestNamed(literal(image.name), image.owner);
  }
}

function groupOutput(
  group: AwsNodeGroup,
  nodes: FixedNodes | undefined,
  elastic: ElasticNodes | undefined,
): Omit<GroupOutput, 'nodes'> & { readonly nodes: unknown } {
  return {
    ...statedOutput(group),
    nodes:
      nodes === undefined
        ? {}
        : `\${{for key, node in ${nodes.instances} : key => {address = node.private_ip, instance_id = node.id}}}`,
    ...(elastic === undefined ? {} : { group_name: elastic.group.name }),
  };
}

/** Builds a node group of the catalog. */
export const buildAwsNodes: StackBuilder<'aws-nodes'> = (app, stack, { catalog }, props) => {
  const { settings: aws, groups } = complete(catalog.kinds['aws-nodes']);
  const group = groups.find(({ key }) => key === stack.group);
  if (group === undefined) {
    new AwsProviderStack(app, stack.id, { ...props, aws, region: stack.place.region, tags: {} });
    return;
  }
  new AwsNodesStack(app, stack.id, { ...props, aws, group, site: complete(catalog.site) });
};
