import { Container } from '@cdktf/provider-docker/lib/container';
import type { Network } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import type { IContainerImage } from './container-image';
import type { Bind, PublishedPort } from './container-node-props';

export interface ServiceContainerProps {
  /** The container's name, which only one container of a host has. A change replaces the container. */
  readonly name: string;
  /** A change replaces the container. */
  readonly image: IContainerImage;
  readonly network: Network;
  /** A change replaces the container. @default - none */
  readonly ports?: readonly PublishedPort[];
  /** A change replaces the container. @default - none */
  readonly binds?: readonly Bind[];
  /** Names and values. Whoever may use Docker on the host reads them. A change replaces the container. @default - those of the image */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly secrets?: ServiceSecrets;
  /** How long it may take to end before it is killed. A change replaces the container. */
  readonly stopSeconds: number;
  /** A change replaces the container. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Variables whose values are in no configuration, state or description of a container: a file of the host has them. */
export interface ServiceSecrets {
  /** The absolute path of the file on the host, which must be there: lines that a shell reads, `NAME='value'`. */
  readonly file: string;
  /** The image's own entrypoint and command, which are started when the file has been read. */
  readonly start: readonly string[];
}

/** Where the file is in the container. */
const SECRETS = '/run/kakehashi/environment';

/** Reads the file and becomes what is given as arguments, so that signals reach it. */
const READ_AND_START = `set -a; . ${SECRETS}; set +a; exec "$@"`;

/**
 * A container that goes on as long as its host does, in a network of its own.
 *
 * Folders and files of the host are `mounts`, not `volumes`: of a folder that is not there, the engine would make an empty one
 * for a volume, and refuses the mount.
 *
 * @throws {@link PropsError}
 */
export class ServiceContainer extends Construct {
  readonly container: Container;

  constructor(scope: Construct, id: string, props: ServiceContainerProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { name, image, network, ports = [], binds = [], environment = {}, secrets, stopSeconds } = props;
    const mounted: readonly Bind[] =
      secrets === undefined ? binds : [...binds, { source: secrets.file, target: SECRETS, readOnly: true }];
    this.container = new Container(this, 'Resource', {
      name,
      image: image.imageId,
      networksAdvanced: [{ name: network.name }],
      ports: ports.map(({ address, external, internal, protocol = 'tcp' }) => ({
        ip: address,
        external,
        internal,
        protocol,
      })),
      mounts: mounted.map(({ source, target, readOnly = false }) => ({
        type: 'bind',
        source,
        target,
        readOnly,
      })),
      env: Object.entries(environment).map(([variable, value]) => `${variable}=${value}`),
      ...(secrets === undefined
        ? {}
        : { entrypoint: ['/bin/sh', '-c', READ_AND_START, 'sh'], command: [...secrets.start] }),
      restart: 'unless-stopped',
      mustRun: true,
      // The first for the engine, which may end it by itself; the second for the provider.
      stopTimeout: stopSeconds,
      destroyGraceSeconds: stopSeconds,
      labels: Object.entries(props.labels ?? {}).map(([label, value]) => ({ label, value })),
      // What the image says, and the provider reads back.
      lifecycle: { ignoreChanges: ['user', 'working_dir'] },
    });
  }

  private check({ secrets, ports = [] }: ServiceContainerProps): void {
    if (secrets !== undefined && secrets.start.length === 0)
      refuse(this, "secrets.start: must be the image's own entrypoint and command, got none");
    const taken = new Set<string>();
    for (const { address, external, protocol = 'tcp' } of ports) {
      const port = `${address}:${external}/${protocol}`;
      if (taken.has(port)) refuse(this, `ports: must be distinct, got ${port} twice`);
      taken.add(port);
    }
  }
}
