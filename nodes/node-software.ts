import type { Cidr } from '../model/net/cidr';
import type { SshPublicKey } from '../model/nodes/ssh-public-key';
import type { BaseContainer } from './base-container';
import type { NodeCloud } from './cloud';

/** A file on a node. */
export interface NodeFile {
  /** Absolute path. */
  readonly path: string;
  /** 0o755 for programs, 0o600 for what root alone reads, else 0o644. */
  readonly mode: number;
  readonly text: string;
  /** Whether the text is added to the end of the file that is there. @default false */
  readonly append?: boolean;
}

/** A secret that root of the node fetches at each boot, from the cloud's secret store to a file in memory (0600). */
export interface NodeSecret {
  /** A variable of `/run/kakehashi/secrets.env`, or a file in `/run/kakehashi/secrets/`. */
  readonly as: 'variable' | 'file';
  /** The variable's or the file's name. */
  readonly name: string;
  /** AWS: name or ARN of a Secrets Manager secret. Azure: `https://<vault>.vault.azure.net/secrets/<name>`. */
  readonly id: string;
}

/** A program that a node needs, and the package of Debian or Ubuntu that brings it where it is missing. */
export interface NodePackage {
  readonly program: string;
  readonly package: string;
}

/**
 * What another kind of unit adds to a node, for instance to join a pool.
 *
 * Its files may be programs in `/etc/kakehashi/leave.d/` (run with the reason before the node ends or is taken away), and in
 * `/etc/kakehashi/idle.d/` (a probe: prints why the node is busy, prints nothing where it is idle; a failure counts as busy).
 */
export interface NodePart {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly packages?: readonly NodePackage[];
  readonly files?: readonly NodeFile[];
  readonly secrets?: readonly NodeSecret[];
  /** A script with `#!` line that runs as root at the end of the first boot. A failure of it is one of the node. */
  readonly firstBoot?: string;
}

/** A data disk of a node. It is formatted (ext4) if nothing at all is on it, and is mounted at each boot. */
export interface NodeDisk {
  /** AWS: the name in the attachment, `/dev/sdf`. Azure: `lun0`. */
  readonly device: string;
  /** Absolute path of the folder. */
  readonly mount: string;
}

/** The way to the Internet. */
export interface NodeProxy {
  /** `http://proxy.example.org:3128`. */
  readonly http?: string;
  readonly https?: string;
  /** Names and networks besides the metadata service and {@link NodeSoftware.networks}. */
  readonly noProxy: readonly string[];
}

/** Certificates for Docker's port, as secrets that hold PEM texts. */
export interface DockerTls {
  /** The CA of the clients. */
  readonly ca: string;
  /** The server's certificate. Its names must be those by which the controller calls the node. */
  readonly certificate: string;
  readonly key: string;
}

/** Times in whole seconds. */
export interface NodeTimes {
  /** After which a node ends itself that is not ready. */
  readonly boot: number;
  /** After which an idle node ends itself. @default - never */
  readonly idle?: number;
  /** The load of the last minute for each core below which a node may be idle, 0 to 1. */
  readonly idleLoad: number;
}

/** What runs on a node of a cloud. */
export interface NodeSoftware {
  /** `AWS_NODE` or `AZURE_NODE`. */
  readonly cloud: NodeCloud;
  /** A node of a fixed group ends by itself; one of an elastic group tells its group, so that no other one takes its place. */
  readonly kind: 'fixed' | 'elastic';
  readonly environment: string;
  readonly group: string;
  /** Key of the node in a fixed group: `n1`. @default - the cloud's name of the instance, in names that need one */
  readonly node?: string;
  readonly controller: {
    /** IPv4 address of the VC controller. */
    readonly address: string;
    /** The controller's id, which the base container gets as `VCCC_ID`. */
    readonly id: string;
  };
  /** Networks that are reached without the proxy: the node's own and the site's. */
  readonly networks: readonly Cidr[];
  /** Login of the host's user with sudo, such as `ubuntu`. */
  readonly hostUser: string;
  /** Port of the host's sshd; the base container's has 22. VCP: 20022. */
  readonly sshPort: number;
  /** Port of Docker's API on the private address, for the controller alone: 2375, with TLS 2376. */
  readonly dockerPort: number;
  /** @default - Docker's port speaks plain HTTP */
  readonly dockerTls?: DockerTls;
  /** At least one. */
  readonly sshKeys: readonly SshPublicKey[];
  /** @default - none: the node has no Docker of ours */
  readonly container?: BaseContainer;
  readonly disks: readonly NodeDisk[];
  /** @default - none */
  readonly proxy?: NodeProxy;
  readonly times: NodeTimes;
  /** Whether the node watches for notices that the cloud is about to take it. */
  readonly watchInterruption: boolean;
  /** 2: containers with an address of their own may reach the metadata service too, else 1. */
  readonly metadataHops: 1 | 2;
  /** Time servers. Empty: the image's own. */
  readonly ntpServers: readonly string[];
  /** Resolvers. Empty: those of the network. */
  readonly dnsServers: readonly string[];
  readonly parts: readonly NodePart[];
}
