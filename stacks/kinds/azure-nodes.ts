import { createHash } from 'node:crypto';
import { ProximityPlacementGroup } from '@cdktf/provider-azurerm/lib/proximity-placement-group';
import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { AzureNodeGroup } from '../../catalog/kinds/azure-nodes/group';
import { secretsOf } from '../../catalog/nodes/software';
import { ElasticNodes } from '../../constructs/azure/elastic-nodes';
import { FixedNodes } from '../../constructs/azure/fixed-nodes';
import { LeaseEnd } from '../../constructs/azure/lease-end';
import { ExistingNodeDisk, NodeDisk } from '../../constructs/azure/node-disks';
import { NodeIdentity } from '../../constructs/azure/node-identity';
import { NodePlace } from '../../constructs/azure/node-place';
import { ResourceGroup } from '../../constructs/azure/resource-group';
import { StoredSecrets, secretUrl } from '../../constructs/azure/stored-secrets';
import { Lease } from '../../constructs/lease';
import { MOST_CUSTOM_DATA } from '../../model/clouds/azure/virtual-machines';
import type { GroupOutput } from '../../model/nodes/outputs';
import type { SecretReference } from '../../model/vault/secret-reference';
import { AZURE_NODE } from '../../nodes/azure/azure-node';
import { compressUserData } from '../../nodes/compressed-user-data';
import { nodeUserData } from '../../nodes/user-data';
import { literal } from '../literal';
import { leaseOutput, statedOutput } from '../node-outputs';
import { softwareOf } from '../node-software';
import { AzureProviderStack, type AzureProviderStackProps } from './azure';
import type { StackBuilder } from './kind';

export interface AzureNodesStackProps extends AzureProviderStackProps {
  readonly group: AzureNodeGroup;
  readonly site: Site;
}

/** The part of the output `nodes` that what is made says; the nodes may be an expression. */
type MadeOutput = Pick<GroupOutput, 'group_name'> & { readonly nodes: string | GroupOutput['nodes'] };

type Machines = ReturnType<AzureNodesStack['machines']>;

/** One group of nodes of the catalog, in a resource group of its own: its machines, what ends them, and the rights of both. */
export class AzureNodesStack extends AzureProviderStack {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AzureNodesStackProps,
  ) {
    super(scope, id, { ...props, hasNodes: true });
    const { group } = props;
    const ended = new TerraformVariable(this, 'ended', {
      type: 'list(string)',
      default: [],
      nullable: false,
      description: 'Keys of nodes that ended by themselves, and are not made anew',
    });
    const lease = this.lease();
    const machines = this.machines(id);
    const made = group.kind === 'elastic' ? this.elastic(machines, lease) : this.fixed(machines, lease);
    this.output('nodes', { [group.name]: { ...statedOutput(group), ...made } });
    this.output('lease', leaseOutput(group, lease, ended.stringValue));
  }

  private lease(): Lease | undefined {
    const { leaseSeconds } = this.props.group;
    if (leaseSeconds === undefined) return undefined;
    Lease.nowVariable(this);
    return new Lease(this, 'Lease', { seconds: leaseSeconds });
  }

  /** What the machines have in common, and what is there before they are. */
  private machines(id: string) {
    const { group, environment } = this.props;
    const { location, network, software, zone } = group;
    const tags = {
      environment,
      'managed-by': 'kakehashi',
      'kakehashi:entry': `${environment}/${group.entry}`,
      'kakehashi:group': `${environment}/${group.name}`,
      ...literalValues(group.tags),
    };
    const resourceGroup = new ResourceGroup(this, 'ResourceGroup', { name: id, location, tags });
    const identity = new NodeIdentity(this, 'Identity', { resourceGroup, name: id, tags });
    const place = new NodePlace(this, 'Place', {
      resourceGroupName: literal(network.resourceGroup),
      vnetName: network.vnet,
      subnetName: network.subnet,
      securityGroupName: network.securityGroup,
    });
    const cluster = group.isCluster
      ? new ProximityPlacementGroup(this, 'Cluster', {
          name: id,
          location,
          resourceGroupName: resourceGroup.groupName,
          tags,
        })
      : undefined;
    const secrets = this.secrets(resourceGroup, identity, tags);
    return {
      resourceGroup,
      place,
      image: group.image,
      adminUsername: software.hostUser,
      sshPublicKeys: software.sshKeys.map((key) => literal(String(key))),
      osDisk: group.osDisk,
      identityIds: [identity.identityId],
      customData: this.customData(secrets?.urls ?? {}),
      ...(group.spot ? { spot: group.maxPrice === undefined ? {} : { maxPrice: group.maxPrice } } : {}),
      ...(zone === undefined ? {} : { zone }),
      ...(cluster === undefined ? {} : { proximityPlacementGroupId: cluster.id }),
      after: [identity.ready, ...(secrets?.ready ?? [])],
      tags,
    };
  }

  /** Undefined where the nodes fetch none. */
  private secrets(resourceGroup: ResourceGroup, identity: NodeIdentity, tags: Record<string, string>) {
    const { group, azure } = this.props;
    const references = Object.entries(secretsOf(group.software));
    if (references.length === 0) return undefined;
    StoredSecrets.valuesVariable(this);
    // Known before it is made, because the user data hold it.
    const name = `kkh-${digest(`${complete(azure.subscriptionId)} ${this.node.id}`).slice(0, 20)}`;
    const { ready } = new StoredSecrets(this, 'Secrets', {
      resourceGroup,
      name,
      identity,
      secrets: Object.fromEntries(
        references.map(([key, reference]) => [
          secretName(key),
          { value: `${group.name}/${key}`, version: versionOf(reference) },
        ]),
      ),
      tags,
    });
    const urls = Object.fromEntries(references.map(([key]) => [key, secretUrl(name, secretName(key))]));
    return { urls, ready };
  }

  private fixed(machines: Machines, lease: Lease | undefined): MadeOutput {
    const { group, environment } = this.props;
    const names = group.nodes.map(({ key, address }) => ({
      key,
      name: `${environment}-${group.name}-${key}`,
      ...(address === undefined ? {} : { privateAddress: address }),
    }));
    const end =
      lease === undefined
        ? undefined
        : new LeaseEnd(this, 'LeaseEnd', {
            resourceGroup: machines.resourceGroup,
            name: this.node.id,
            lease,
            leaseSeconds: complete(group.leaseSeconds),
            machines: names.map(({ name }) => name),
            tags: machines.tags,
          });
    const isLive = lease === undefined ? '' : `${lease.liveExpression} && `;
    const nodes = new FixedNodes(this, 'Nodes', {
      ...machines,
      nodes: Object.fromEntries(names.map(({ key, ...node }) => [key, node])),
      size: complete(group.sizes[0]),
      trustedLaunch: group.trustedLaunch,
      isThere: `${isLive}!contains(var.ended, key)`,
      after: [...machines.after, ...(end?.ready ?? [])],
      keyTag: 'kakehashi:node',
    });
    group.disks.forEach((disk, lun) => {
      const name = `Disk-${disk.name}`;
      if ('id' in disk) new ExistingNodeDisk(this, name, { nodes, diskId: disk.id, lun });
      else new NodeDisk(this, name, { nodes, lun, ...disk });
    });
    return { nodes: nodes.output };
  }

  private elastic(machines: Machines, lease: Lease | undefined): MadeOutput {
    const { group, environment } = this.props;
    const name = `${environment}-${group.name}`;
    const set = new ElasticNodes(this, 'Nodes', {
      ...machines,
      name,
      hostPrefix: `${name}-`,
      sizes: group.sizes,
      initial: group.initial,
      most: group.most,
      onDemand: group.onDemand,
      disks: group.disks.flatMap((disk, lun) => ('id' in disk ? [] : [{ lun, ...disk }])),
      ...(lease === undefined ? {} : { lease }),
    });
    return { nodes: {}, group_name: set.scaleSet.name };
  }

  /** @throws Error where Azure would refuse it: it is compressed, so that no check of the catalog knows its size */
  private customData(secrets: Readonly<Record<string, string>>): string {
    const { group, environment, site } = this.props;
    const { text } = nodeUserData(
      softwareOf({
        cloud: AZURE_NODE,
        environment,
        site,
        group,
        software: group.software,
        ...(group.cidr === undefined ? {} : { cidr: group.cidr }),
        disks: group.disks.flatMap(({ mount }, lun) =>
          mount === undefined ? [] : [{ device: `lun${lun}`, mount }],
        ),
        ntpServers: group.ntpServers,
        dnsServers: group.dnsServers,
        secrets,
      }),
    );
    const { base64, bytes } = compressUserData(text);
    if (bytes > MOST_CUSTOM_DATA)
      throw new Error(
        `node_groups.${group.name}: custom data must have at most ${MOST_CUSTOM_DATA} bytes, compressed, got ${bytes}; shorten user_init_command`,
      );
    return base64;
  }
}

/** Builds a node group of the catalog on Azure. */
export const buildAzureNodes: StackBuilder<'azure-nodes'> = (app, stack, { catalog }, props) => {
  const { settings: azure, groups } = complete(catalog.kinds['azure-nodes']);
  const group = groups.find(({ key }) => key === stack.group);
  if (group === undefined) {
    new AzureProviderStack(app, stack.id, { ...props, azure, hasNodes: true });
    return;
  }
  new AzureNodesStack(app, stack.id, { ...props, azure, group, site: complete(catalog.site) });
};

/** A variable's name as that of a secret, which has no `_`. */
function secretName(key: string): string {
  return key.replaceAll('_', '-');
}

/** A number that another reference changes, so that the secret is written anew. */
function versionOf(reference: SecretReference): number {
  return Number.parseInt(digest(String(reference)).slice(0, 7), 16) + 1;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function literalValues(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [literal(key), literal(value)]));
}
