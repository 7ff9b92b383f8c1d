import type { IContainerImage } from './container-image';

export interface ContainerNodeProps {
  /** The container's name, which only one container of a host has. A change replaces the container. */
  readonly name: string;
  /** A change replaces the container. */
  readonly image: IContainerImage;
  /** Names and values. A change replaces the container. @default - those of the image */
  readonly environment?: Readonly<Record<string, string>>;
  /** A change replaces the container. @default - that of the image */
  readonly command?: readonly string[];
  /** `host`: the container has the host's network and no ports of its own. @default 'bridge' */
  readonly networkMode?: 'bridge' | 'host';
  /** Ports of the host that lead into the container. Only with a network of its own. @default - none */
  readonly ports?: readonly PublishedPort[];
  /** Whether the container may do on the host whatever root may. @default false */
  readonly privileged?: boolean;
  /** Volumes of the container's own, by key. They are destroyed with it, and their content with them. @default - none */
  readonly volumes?: Readonly<Record<string, OwnVolume>>;
  /** Folders of the host. @default - none */
  readonly binds?: readonly Bind[];
  /** At least 6. @default - no limit */
  readonly memoryMegabytes?: number;
  /** What the engine does when the container ends. @default 'unless-stopped' */
  readonly restart?: 'no' | 'on-failure' | 'always' | 'unless-stopped';
  /** @default - none: an apply does not wait */
  readonly health?: HealthCheck;
  /** @default - that of the image */
  readonly user?: string;
  /** @default - that of the image */
  readonly workingDirectory?: string;
  /** @default - none */
  readonly resolver?: Resolver;
  /** Whether all GPUs of the host are given to it. @default false */
  readonly gpus?: boolean;
  /** Of the container and of its volumes. A change replaces them. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface PublishedPort {
  /** The address of the host at which it is published: everybody who reaches it reaches the port, whatever the host's input rules say. */
  readonly address: string;
  readonly external: number;
  readonly internal: number;
  /** @default 'tcp' */
  readonly protocol?: 'tcp' | 'udp';
}

export interface OwnVolume {
  /** The volume's name. One that exists already would be taken over silently, and destroyed with the container. */
  readonly name: string;
  /** The absolute path in the container. */
  readonly mount: string;
  /** @default false */
  readonly readOnly?: boolean;
}

export interface Bind {
  /** The absolute path on the host. */
  readonly source: string;
  readonly target: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** A check that the engine runs in the container again and again. */
export interface HealthCheck {
  /** `CMD` or `CMD-SHELL` and its arguments. */
  readonly test: readonly string[];
  /** @default 10 */
  readonly intervalSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /** How many failures in a row make it unhealthy. @default 3 */
  readonly retries?: number;
  /** The time for its start, in which failures don't count. @default 0 */
  readonly startPeriodSeconds?: number;
  /** How long an apply waits until it is healthy. @default 120 */
  readonly waitSeconds?: number;
}

/** How the container looks up names. */
export interface Resolver {
  /** @default - none of its own */
  readonly hostname?: string;
  readonly servers?: readonly string[];
  readonly search?: readonly string[];
  readonly options?: readonly string[];
  /** Further lines of `/etc/hosts`: address by name. */
  readonly hosts?: Readonly<Record<string, string>>;
}
