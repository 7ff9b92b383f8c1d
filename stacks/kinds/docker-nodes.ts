import type { Construct } from 'constructs';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { DockerGroup, DockerNode } from '../../catalog/kinds/docker-nodes/group';
import { volumeName } from '../../catalog/kinds/docker-nodes/names';
import { ContainerImage, type IContainerImage } from '../../constructs/docker/container-image';
import { ContainerNode } from '../../constructs/docker/container-node';
import type { ContainerNodeProps } from '../../constructs/docker/container-node-props';
import { parseDockerHost } from '../../model/docker/docker-host';
import type { NodesOutput } from '../../model/nodes/outputs';
import { literal } from '../literal';
import { DockerHostStack, type DockerHostStackProps } from './docker';
import type { StackBuilder } from './kind';

export interface DockerNodesStackProps extends DockerHostStackProps {
  readonly group: DockerGroup;
  readonly node: DockerNode;
  readonly site?: Site;
}

/** The node of a group that is on one host. */
export class DockerNodesStack extends DockerHostStack {
  constructor(scope: Construct, id: string, props: DockerNodesStackProps) {
    super(scope, id, props);
    const { group, node, environment } = props;
    const { container } = new ContainerNode(this, 'Node', {
      ...containerProps(group, node, props.site),
      name: node.name,
      image: this.image(group),
      labels: {
        'kakehashi:entry': `${environment}/${group.entry}`,
        'kakehashi:group': `${environment}/${group.name}`,
        'kakehashi:node': node.key,
      },
    });
    const { host } = node;
    const nodes: NodesOutput = {
      [group.name]: {
        provider: group.provider,
        network: group.entry,
        kind: 'fixed',
        nodes: { [node.key]: { address: node.address, instance_id: container.id } },
        // Of this stack: a host more or less changes nothing in those of the others.
        max: 1,
        spot: false,
        user: host.kind === 'ssh' ? host.login.user : '',
        ssh_port: host.kind === 'ssh' ? host.login.port : 0,
      },
    };
    // No output `lease`: existing hosts have none.
    this.output('nodes', nodes);
  }

  private image({ image }: DockerGroup): IContainerImage {
    return image.kind === 'pulled'
      ? new ContainerImage(this, 'Image', { reference: image.reference })
      : ContainerImage.fromImageId(this, 'Image', image.id);
  }
}

/** A container of the catalog as props. */
function containerProps(
  group: DockerGroup,
  node: DockerNode,
  site: Site | undefined,
): Omit<ContainerNodeProps, 'name' | 'image' | 'labels'> {
  const spec = group.container;
  const { resolver, health } = spec;
  return {
    environment: texts({ ...givenVariables(group, node, site), ...spec.environment }),
    command: spec.command.map(literal),
    networkMode: spec.isBase ? 'host' : 'bridge',
    ports: spec.ports.map((port) => ({ ...port, address: node.address })),
    privileged: spec.privileged,
    volumes: Object.fromEntries(
      Object.entries(spec.volumes).map(([key, volume]) => [
        key,
        { name: volumeName(node.name, key), ...volume },
      ]),
    ),
    // What the host has of devices, a base container has (docs/reference/node.md).
    binds: [...(spec.isBase ? [{ source: '/dev', target: '/dev' }] : []), ...spec.binds],
    restart: spec.restart,
    resolver,
    gpus: spec.gpus,
    ...(spec.memoryMegabytes === undefined ? {} : { memoryMegabytes: spec.memoryMegabytes }),
    ...(health === undefined ? {} : { health: { ...health, test: health.test.map(literal) } }),
    ...(spec.user === undefined ? {} : { user: spec.user }),
    ...(spec.workingDirectory === undefined ? {} : { workingDirectory: spec.workingDirectory }),
  };
}

/** What a node gives to its base container: its address, the controller's, and who may log in. */
function givenVariables(
  { name: group, container: { isBase, publicKeys } }: DockerGroup,
  { address, key }: DockerNode,
  site: Site | undefined,
): Readonly<Record<string, string>> {
  if (!isBase) return {};
  const keys = publicKeys.map((publicKey) => `${publicKey}\n`).join('');
  return {
    MY_PRIVATE_IP: address,
    ...(site === undefined ? {} : { VCCCTR_IPADDR: site.controller.address }),
    SERF_NODE_ID: `${group}-${key}`,
    ...(keys === '' ? {} : { AUTHORIZED_KEYS: Buffer.from(keys).toString('base64') }),
  };
}

function texts(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
}

/** Builds the node on one host of the catalog. */
export const buildDockerNodes: StackBuilder<'docker-nodes'> = (app, stack, { catalog }, props) => {
  const { settings: docker, groups } = complete(catalog.kinds['docker-nodes']);
  const { place } = stack;
  const common = { ...props, docker };
  const found = groups.flatMap((group) =>
    group.nodes.flatMap((node) => (node.stack === stack.id ? [{ group, node }] : [])),
  )[0];
  if (found === undefined) {
    new DockerHostStack(app, stack.id, { ...common, host: parseDockerHost(place.host, place.jump) });
    return;
  }
  const { site } = catalog;
  const { image } = found.group;
  new DockerNodesStack(app, stack.id, {
    ...common,
    ...found,
    host: found.node.host,
    ...(image.kind === 'pulled' && image.registry !== undefined ? { registry: image.registry } : {}),
    ...(site === undefined ? {} : { site }),
  });
};
