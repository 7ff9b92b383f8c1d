import { ContainerImage } from '../../../model/nodes/container-image';
import { complete } from '../../ground/complete';
import { pulledImage } from '../docker/registry';
import type { Around } from '../kind';
import type { GroupDraft, HostDraft } from './draft';
import type { ContainerSpec, DockerGroup, DockerNode, GroupImage } from './group';
import { containerName } from './names';

/** A group in which nothing is wrong. */
export function finishGroup(draft: GroupDraft, around: Around<unknown>): DockerGroup {
  const { key, source, keys, hosts } = draft;
  const nodes = hosts.map((host) => finishNode(source.name, host, around));
  const { group } = keys;
  return {
    key,
    name: source.name,
    entry: source.entry,
    provider: 'onpremises',
    kind: 'fixed',
    nodes,
    initial: nodes.length,
    most: nodes.length,
    spot: false,
    ...(group === undefined ? {} : { unitGroup: group }),
    image: finishImage(keys),
    container: finishContainer(draft),
  };
}

function finishNode(
  group: string,
  { key, name, host, address, card }: HostDraft,
  { environment, identities }: Around<unknown>,
): DockerNode {
  return {
    key: name,
    address,
    name: containerName(environment, group, name),
    stack: identities.idOf(key),
    host,
    ...(card === undefined ? {} : { card }),
  };
}

function finishImage({ image, registry }: GroupDraft['keys']): GroupImage {
  const given = complete(image);
  return given instanceof ContainerImage
    ? { kind: 'pulled', ...pulledImage(given, registry) }
    : { kind: 'loaded', id: complete(given.sha256), file: complete(given.tar) };
}

function finishContainer(draft: GroupDraft): ContainerSpec {
  const { keys, isBase, environment, binds, ports, resolver, health } = draft;
  const { memory, user, workingDir } = keys;
  return {
    isBase,
    command: keys.command ?? [],
    privileged: keys.privileged ?? isBase,
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, String(value)])),
    publicKeys: (keys.sshPublicKeys ?? []).flatMap((publicKey) => publicKey ?? []),
    volumes: finishVolumes(keys.volumes),
    binds,
    ports,
    ...(memory === undefined ? {} : { memoryMegabytes: memory }),
    restart: keys.restart,
    ...(health === undefined ? {} : { health }),
    ...(user === undefined ? {} : { user }),
    ...(workingDir === undefined ? {} : { workingDirectory: workingDir }),
    resolver,
    gpus: keys.dockerOpt.gpus === 'all',
  };
}

function finishVolumes(volumes: GroupDraft['keys']['volumes']): ContainerSpec['volumes'] {
  return Object.fromEntries(
    Object.entries(volumes).map(([name, volume]) => [
      name,
      typeof volume === 'string'
        ? { mount: volume, readOnly: false }
        : { mount: complete(complete(volume).mount), readOnly: complete(volume).readOnly },
    ]),
  );
}
