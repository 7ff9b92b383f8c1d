import type { IConstruct } from 'constructs';
import { MOST_USER_DATA_BYTES } from '../../model/clouds/aws/user-data';
import type { Lease } from '../lease';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { checkId, checkName } from './names';
import type { NodeImage } from './node-image';
import type { INodeProfile } from './node-profile';
import { checkTags, type Tags } from './tags';

/** A node's root disk; it is always encrypted, and goes with the node. */
export interface RootVolume {
  readonly sizeGb: number;
  /** `gp3`. `io1` and `io2` get three I/O operations a second for each GB, at least 100. */
  readonly type: string;
  /** ARN of the key. @default - that of the account for EBS */
  readonly kmsKeyId?: string;
}

/** What all groups of nodes have. */
export interface NodesProps {
  /** Names the group's own resources: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** What names of nodes begin with. */
  readonly nodeName: string;
  readonly subnetId: string;
  /**
   * Whether the subnet gives no public address. Where somebody else made it, that is not known, and nodes are started without one; else
   * the subnet decides. @default false
   */
  readonly isPrivateSubnet?: boolean;
  readonly securityGroupIds: readonly string[];
  readonly image: NodeImage;
  readonly rootVolume: RootVolume;
  /** In Base64, compressed: at most 16384 bytes before Base64. */
  readonly userDataBase64: string;
  readonly profile: INodeProfile;
  /** How far the metadata service's answers go: 2 reaches a container with a bridge. @default 1 */
  readonly metadataHops?: 1 | 2;
  /** Name of a placement group. @default - none */
  readonly placementGroup?: string;
  /** After its end no node is there. @default - the nodes stay */
  readonly lease?: Lease;
  /** Tags of nodes and their disks. @default - none */
  readonly tags?: Tags;
}

/** @throws {@link PropsError} for what AWS would refuse */
export function checkNodesProps(construct: IConstruct, props: NodesProps): void {
  checkName(construct, 'name', props.name);
  checkId(construct, 'subnetId', 'subnet', props.subnetId);
  for (const id of props.securityGroupIds) checkId(construct, 'securityGroupIds', 'sg', id);
  if (props.securityGroupIds.length === 0)
    refuse(construct, 'securityGroupIds: must name at least one, got none');
  checkTags(construct, 'tags', props.tags);
  const { userDataBase64: data } = props;
  const bytes = isKnown(data) ? Buffer.from(data, 'base64').length : 0;
  if (bytes > MOST_USER_DATA_BYTES)
    refuse(
      construct,
      `userDataBase64: must be at most ${MOST_USER_DATA_BYTES} bytes before Base64, got ${bytes}`,
    );
}

/** I/O operations a second of a disk whose type has no number of its own. */
export function iopsOf(type: string, sizeGb: number): number | undefined {
  return type === 'io1' || type === 'io2' ? Math.min(Math.max(3 * sizeGb, 100), 16_000) : undefined;
}

/** Only answers to requests with a token, so that a program which fetches any URL gets no credentials. */
export function metadataOptions(hops: 1 | 2 = 1) {
  return {
    httpEndpoint: 'enabled',
    httpTokens: 'required',
    httpPutResponseHopLimit: hops,
    instanceMetadataTags: 'enabled',
  };
}
