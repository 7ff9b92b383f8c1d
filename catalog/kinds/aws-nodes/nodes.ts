import type { NodeGroup } from '../../ground/node-group';
import type { GroupSoftware } from '../../nodes/software';
import type { AwsSettings } from '../aws/settings';

/** The node groups of a catalog on AWS. */
export interface AwsNodesCatalog {
  readonly settings: AwsSettings;
  /** In the order of the file. */
  readonly groups: readonly AwsNodeGroup[];
}

/** A node group on AWS. */
export interface AwsNodeGroup extends NodeGroup {
  readonly region: string;
  readonly network: NodeNetwork;
  readonly software: GroupSoftware;
  /** The preferred one first; one alone in a fixed group. */
  readonly instanceTypes: readonly [string, ...string[]];
  readonly rootVolume: { readonly sizeGb: number; readonly type: string };
  /** ARN of the key that encrypts the disks. @default - that of the account */
  readonly kmsKey?: string;
  /** In the order of the file: their device names are by it. */
  readonly disks: readonly NodeDisk[];
  readonly architecture: 'x86_64' | 'arm64';
  readonly image: CloudImage;
  /** Absent on demand. */
  readonly spotOptions?: SpotOptions;
  readonly placement: 'none' | 'cluster' | 'spread';
  readonly ssm: boolean;
  /** Beside the entry's own. */
  readonly securityGroups: readonly string[];
  /** The name of a profile that exists already. @default - one is made */
  readonly instanceProfile?: string;
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where the nodes are: in an entry that is built here and found by its tags, or in one that exists already. */
export type NodeNetwork = (BuiltNetwork | ExistingNetwork) & {
  /** The block of the subnet, where it is known. */
  readonly cidr?: string;
  /** Time servers and resolvers that the entry names. */
  readonly ntpServers: readonly string[];
  readonly dnsServers: readonly string[];
};

export interface BuiltNetwork {
  readonly isBuilt: true;
  /** The tag of the subnet, `dev/aws/osaka`, and of the security group, `dev/aws/default`. */
  readonly entryTag: string;
  readonly networkTag: string;
  readonly cidr: string;
  readonly securityGroupName: string;
  readonly hasInternet: boolean;
  readonly services: readonly string[];
}

export interface ExistingNetwork {
  readonly isBuilt: false;
  readonly subnet: string;
  readonly securityGroup: string;
}

export type CloudImage =
  | { readonly by: 'default' }
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'parameter'; readonly name: string }
  | { readonly by: 'name'; readonly name: string; readonly owner: string };

export interface SpotOptions {
  /** US dollars an hour. @default - the price on demand */
  readonly maxPrice?: number;
  readonly onDemandBase: number;
  readonly onDemandPercent: number;
}

/** A further disk of each node. */
export interface NodeDisk {
  readonly name: string;
  /** `/dev/sdf`. */
  readonly device: string;
  readonly mount?: string;
  /** One that is made, or one that exists already. */
  readonly volume:
    | { readonly sizeGb: number; readonly type: string; readonly keep: boolean }
    | { readonly id: string };
}
