import type { DockerHost } from '../../../model/docker/docker-host';
import type { SshPublicKey } from '../../../model/nodes/ssh-public-key';
import type { GroupNode, NodeGroup } from '../../ground/node-group';
import type { PulledImage } from '../docker/registry';
import type { DockerSettings } from '../docker/settings';

/** What a catalog makes on existing Docker hosts. */
export interface DockerNodesCatalog {
  readonly settings: DockerSettings;
  /** In the order of the file. */
  readonly groups: readonly DockerGroup[];
}

/** A group of containers, one a host. */
export interface DockerGroup extends NodeGroup {
  readonly nodes: readonly DockerNode[];
  readonly image: GroupImage;
  readonly container: ContainerSpec;
}

/** A container and its host. */
export interface DockerNode extends GroupNode {
  /** The container's name, `dev-web-web1`: also the first part of the names of its volumes. */
  readonly name: string;
  /** The id of its stack. */
  readonly stack: string;
  readonly host: DockerHost;
  /** The host's private address; 127.0.0.1 for the engine of this machine. */
  readonly address: string;
  /** The network card that should have the address. */
  readonly card?: string;
}

/** An image by its digest, or one whose file is loaded on each host. */
export type GroupImage =
  | (PulledImage & { readonly kind: 'pulled' })
  | {
      readonly kind: 'loaded';
      /** `sha256:…`. */
      readonly id: string;
      /** Relative to the folder of catalogs. */
      readonly file: string;
    };

/** How the containers of a group are run. */
export interface ContainerSpec {
  /** Whether it is VCP's base container, which has the host's network. */
  readonly isBase: boolean;
  readonly command: readonly string[];
  readonly privileged: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly publicKeys: readonly SshPublicKey[];
  readonly volumes: Readonly<Record<string, { readonly mount: string; readonly readOnly: boolean }>>;
  readonly binds: readonly Bind[];
  readonly ports: readonly Port[];
  readonly memoryMegabytes?: number;
  readonly restart: 'unless-stopped' | 'always' | 'on-failure' | 'no';
  readonly health?: HealthSpec;
  readonly user?: string;
  readonly workingDirectory?: string;
  readonly resolver: Resolver;
  readonly gpus: boolean;
}

export interface Bind {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Port {
  readonly external: number;
  readonly internal: number;
  readonly protocol: 'tcp' | 'udp';
}

export interface HealthSpec {
  readonly test: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;
  readonly waitSeconds: number;
}

export interface Resolver {
  readonly hostname?: string;
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
  readonly hosts: Readonly<Record<string, string>>;
}
