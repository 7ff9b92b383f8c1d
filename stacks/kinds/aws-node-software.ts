import { createHash } from 'node:crypto';
import type { Site } from '../../catalog/ground/site';
import type { AwsNodeGroup } from '../../catalog/kinds/aws-nodes/nodes';
import type { GroupContainer } from '../../catalog/nodes/software';
import { MOST_USER_DATA_BYTES } from '../../model/clouds/aws/user-data';
import { Cidr } from '../../model/net/cidr';
import { AWS_NODE } from '../../nodes/aws/aws-node';
import type { BaseContainer, StoredObject } from '../../nodes/base-container';
import { compressUserData } from '../../nodes/compressed-user-data';
import type { NodeSoftware } from '../../nodes/node-software';
import { nodeUserData } from '../../nodes/user-data';
import { softwareOf } from '../node-software';

export interface SoftwareOptions {
  readonly environment: string;
  /** The id of the group's stack, of which the bucket's name is made. */
  readonly stack: string;
  readonly site: Site;
  /** Names of the secrets that hold the login for the registry and variables, by their keys. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The user data of a group's nodes, and what of it does not fit. */
export interface GroupUserData {
  readonly base64: string;
  /** The script of the catalog, where it must be fetched. */
  readonly script?: StoredObject & { readonly contentBase64: string };
}

/** The keys of a group's secrets: which values its nodes fetch, by the reference of each. */
export function secretsOf({ software }: AwsNodeGroup): Readonly<Record<string, string>> {
  const { registry, secretEnvironment = {} } = software.container ?? {};
  return Object.fromEntries(
    [
      ...(registry
        ? [['registry-user', registry.user] as const, ['registry-password', registry.password] as const]
        : []),
      ...Object.entries(secretEnvironment),
    ].map(([key, reference]) => [key, String(reference)]),
  );
}

/**
 * The user data of a group: all of it, or without the script of the catalog where AWS would not take it.
 *
 * @throws Error with the numbers where nothing helps
 */
export function groupUserData(group: AwsNodeGroup, options: SoftwareOptions): GroupUserData {
  const all = compressed(group, options, undefined);
  if (all.bytes <= MOST_USER_DATA_BYTES) return { base64: all.base64 };
  const script = group.software.container?.userInit;
  const stored = script === undefined ? undefined : storedScript(group, script, options);
  const less = stored === undefined ? all : compressed(group, options, stored);
  if (stored !== undefined && less.bytes <= MOST_USER_DATA_BYTES) {
    checkReachable(group, all.bytes);
    return { base64: less.base64, script: stored };
  }
  throw new Error(
    `node_groups.${group.name}: its user data must have at most ${MOST_USER_DATA_BYTES} bytes when compressed, got ${less.bytes}; shorten params, ssh_public_keys or disks`,
  );
}

/** Nodes without a way to the Internet fetch the script through the network's endpoint. */
function checkReachable({ name, network }: AwsNodeGroup, bytes: number): void {
  if (!network.isBuilt || network.hasInternet || network.services.includes('s3')) return;
  throw new Error(
    `node_groups.${name}.user_init_command: must fit into the user data, of which AWS takes ${MOST_USER_DATA_BYTES} bytes, got ${bytes}; nodes fetch a longer one from S3: write endpoints: [s3] in create of their network, or shorten it`,
  );
}

function compressed(group: AwsNodeGroup, options: SoftwareOptions, script: StoredObject | undefined) {
  return compressUserData(nodeUserData(nodeSoftware(group, options, script)).text);
}

/** A name of all of AWS, which nobody else has who does not have the same stack, site and keys; they are in the user data, too. */
function storedScript(
  { software, region }: AwsNodeGroup,
  script: string,
  { stack, site }: SoftwareOptions,
): StoredObject & { readonly contentBase64: string } {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const owner = sha256(JSON.stringify([stack, site.controller.address, software.sshKeys.map(String)]));
  const digest = sha256(script);
  return {
    bucket: `${stack}-${owner.slice(0, 12)}`,
    key: digest,
    region,
    sha256: digest,
    contentBase64: Buffer.from(script).toString('base64'),
  };
}

function nodeSoftware(
  group: AwsNodeGroup,
  { environment, site, secrets }: SoftwareOptions,
  script: StoredObject | undefined,
): NodeSoftware {
  const { network, disks, region } = group;
  const software = softwareOf({
    cloud: AWS_NODE,
    environment,
    site,
    group,
    software: group.software,
    ...(network.cidr === undefined ? {} : { cidr: Cidr.parse(network.cidr) }),
    disks: disks.flatMap(({ device, mount }) => (mount === undefined ? [] : [{ device, mount }])),
    ntpServers: network.ntpServers,
    dnsServers: network.dnsServers,
    secrets,
  });
  const { container } = software;
  const given = group.software.container;
  if (container === undefined || given === undefined) return software;
  return { ...software, container: { ...container, ...fetchedParts(given, region, script) } };
}

/** What the nodes fetch from a bucket with their role: the image as a file, and a script that is too long. */
function fetchedParts(
  { bundle }: GroupContainer,
  region: string,
  script: StoredObject | undefined,
): Partial<BaseContainer> {
  return {
    ...(bundle === undefined ? {} : { bundle: { ...bundle, region } }),
    ...(script === undefined ? {} : { userInit: { s3: script } }),
  };
}
