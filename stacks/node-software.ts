import { complete } from '../catalog/ground/complete';
import type { NodeGroup } from '../catalog/ground/node-group';
import type { Site } from '../catalog/ground/site';
import type { GroupContainer, GroupSoftware } from '../catalog/nodes/software';
import type { Cidr } from '../model/net/cidr';
import type { BaseContainer } from '../nodes/base-container';
import type { NodeCloud } from '../nodes/cloud';
import type { NodeDisk, NodeSoftware } from '../nodes/node-software';

/** What the user data of a group's nodes are made of. */
export interface SoftwareSource {
  readonly cloud: NodeCloud;
  readonly environment: string;
  readonly site: Site;
  readonly group: NodeGroup;
  readonly software: GroupSoftware;
  /** The block of the nodes' subnet, where it is known. */
  readonly cidr?: Cidr;
  readonly disks: readonly NodeDisk[];
  readonly ntpServers: readonly string[];
  readonly dnsServers: readonly string[];
  /** Where nodes fetch each secret of `secretsOf`, by its key. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What runs on the nodes of a group, the same on each of them. */
export function softwareOf(source: SoftwareSource): NodeSoftware {
  const { cloud, environment, site, group, software, cidr, disks, ntpServers, dnsServers, secrets } = source;
  const { proxy, container } = software;
  return {
    cloud,
    kind: group.kind,
    environment,
    group: group.name,
    controller: { address: site.controller.address, id: environment },
    networks: [...(cidr === undefined ? [] : [cidr]), ...site.subnets],
    hostUser: software.hostUser,
    sshPort: software.sshPort,
    dockerPort: software.dockerPort,
    ...(software.dockerTls === undefined
      ? {}
      : {
          dockerTls: {
            ca: complete(secrets['docker-ca']),
            certificate: complete(secrets['docker-certificate']),
            key: complete(secrets['docker-key']),
          },
        }),
    sshKeys: software.sshKeys,
    ...(container === undefined ? {} : { container: baseContainer(container, secrets) }),
    disks,
    ...(proxy === undefined ? {} : { proxy }),
    times: {
      boot: software.bootSeconds,
      ...(group.idleSeconds === undefined ? {} : { idle: group.idleSeconds }),
      idleLoad: software.idleLoad,
    },
    watchInterruption: group.spot,
    metadataHops: software.metadataHops,
    ntpServers,
    dnsServers,
    parts: [],
  };
}

function baseContainer(
  { image, privileged, volumes, environment, secretEnvironment, options, registry, userInit }: GroupContainer,
  secrets: Readonly<Record<string, string>>,
): BaseContainer {
  const { dns, dnsSearch, addHost, hostname, gpus, options: resolver = [] } = options;
  return {
    image,
    privileged,
    volumes,
    environment,
    secretEnvironment: Object.fromEntries(
      Object.keys(secretEnvironment).map((name) => [name, complete(secrets[name])]),
    ),
    options: {
      ...(dns === undefined ? {} : { dns }),
      ...(dnsSearch === undefined ? {} : { dnsSearch }),
      ...(addHost === undefined ? {} : { addHost }),
      ...(hostname === undefined ? {} : { hostname }),
      ...(gpus === undefined ? {} : { gpus }),
      options: resolver.flatMap((option) => ['--dns-option', option]),
    },
    ...(registry === undefined
      ? {}
      : {
          registry: {
            host: registry.host,
            user: complete(secrets['registry-user']),
            password: complete(secrets['registry-password']),
          },
        }),
    ...(userInit === undefined ? {} : { userInit: { text: userInit } }),
  };
}
