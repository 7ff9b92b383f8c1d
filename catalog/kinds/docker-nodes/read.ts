import { ContainerImage } from '../../../model/nodes/container-image';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { readVariables } from '../../nodes/environment-variables';
import { type GroupPlace, readGroup } from '../../nodes/group-place';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { GroupDraft } from './draft';
import type { Bind, HealthSpec, Port, Resolver } from './group';
import { readHosts } from './hosts';
import { DOCKER_GROUP } from './keys';

type Keys = Draft<typeof DOCKER_GROUP>;

/** Reads the groups on Docker hosts. */
export function readGroups(groups: readonly GroupPlace[], problems: ProblemList): readonly GroupDraft[] {
  return groups.flatMap((source) => {
    const { draft } = readGroup(source, DOCKER_GROUP, problems);
    return draft === undefined ? [] : [readDockerGroup(source, draft, problems)];
  });
}

function readDockerGroup(source: GroupPlace, keys: Keys, problems: ProblemList): GroupDraft {
  const { name, place } = source;
  const key = `nodes/${name}`;
  const isBase = keys.base ?? isBaseImage(keys.image);
  checkPublicKeys(place, isBase, problems);
  if (place.has('registry') && place.below('image').node?.kind === 'map') {
    const message = 'is for an image of a registry; this one is a file';
    problems.error('incompatible', place.keyAt('registry'), message, 'remove it');
  }
  const health = readHealth(place.below('health'), keys.health, problems);
  return {
    key,
    source,
    keys,
    hosts: readHosts(key, place, keys, problems),
    isBase,
    environment: readEnvironment(place.below('params', 'e'), problems),
    binds: readBinds(place.below('params', 'v'), problems),
    ports: readPorts(place.below('ports'), keys.ports, isBase, problems),
    resolver: readResolver(place.below('docker_opt'), keys.dockerOpt, problems),
    ...(health === undefined ? {} : { health }),
  };
}

function isBaseImage(image: Keys['image']): boolean {
  return image instanceof ContainerImage && /(^|\/)vcp\/base$/.test(image.repository);
}

/** Public keys are for the sshd of a base container. */
function checkPublicKeys(place: Place, isBase: boolean, problems: ProblemList): void {
  const key = 'ssh_public_keys';
  if (isBase && !place.has(key)) {
    const message = `key "${key}" is missing: who may log in to the base containers`;
    problems.error('missing-key', place.keyAt(), message, `write ${key}: [ssh-ed25519 AAAA… name]`);
  }
  if (!isBase && place.has(key)) {
    const message = 'is what a base container reads; the image is none';
    problems.error('incompatible', place.keyAt(key), message, 'remove it, or write base: true');
  }
}

/** A secret in a container's environment is read by everybody who may ask the engine, and is in the state. */
function readEnvironment(place: Place, problems: ProblemList): GroupDraft['environment'] {
  const variables = readVariables(place, problems);
  for (const item of place.items) {
    if (!/^[^=]*=vault:\/\//.test(item.text ?? '')) continue;
    const message =
      'a secret would stand in the container, where everybody who may use Docker reads it, and in the state';
    problems.error('secret', item.at(), message, 'let the container fetch it itself');
  }
  return variables;
}

/** `params.v`: folders of the host. A name in the place of one would be a volume that nobody manages. */
function readBinds(place: Place, problems: ProblemList): readonly Bind[] {
  return place.items.flatMap((item): readonly Bind[] => {
    const [source = '', target = '', mode] = item.text?.split(':') ?? [];
    if (target === '') return [];
    if (source.startsWith('/')) return [{ source, target, readOnly: mode === 'ro' }];
    const message = `the engine would make a volume ${quoted(source)} that nothing removes`;
    problems.error('bad-value', item.at(), message, `write volumes: { ${source}: ${target} }`);
    return [];
  });
}

function readPorts(
  place: Place,
  ports: Keys['ports'],
  isBase: boolean,
  problems: ProblemList,
): readonly Port[] {
  if (isBase && place.items.length > 0) {
    const message = "a base container has the host's network, and all its ports";
    problems.error('incompatible', place.keyAt(), message, 'remove it, or write base: false');
  }
  const read = ports.map((text): Port => {
    const [numbers = '', protocol = 'tcp'] = text.split('/');
    const [external = 0, internal = 0] = numbers.split(':').map(Number);
    return { external, internal, protocol: protocol === 'udp' ? 'udp' : 'tcp' };
  });
  if (read.length !== place.items.length) return read;
  const taken = new Set<string>();
  read.forEach(({ external, internal, protocol }, index) => {
    const outside = [external, internal].find((port) => port > 65535);
    if (outside !== undefined) {
      const statement = { must: 'must be ports from 1 to 65535', got: String(outside) };
      problems.error('bad-value', place.at(index), statement);
    }
    const published = `${external}/${protocol}`;
    if (taken.has(published))
      problems.error(
        'duplicate-value',
        place.at(index),
        `${published} is published already`,
        'choose another port',
      );
    taken.add(published);
  });
  return read;
}

function readResolver(place: Place, options: Keys['dockerOpt'], problems: ProblemList): Resolver {
  const { hostname, dns, dnsSearch, options: resolver, addHost = [], gpus } = options;
  if (typeof gpus === 'number') {
    const message = "the provider gives a container all of a host's GPUs or none";
    problems.error('bad-value', place.at('gpus'), message, 'write all');
  }
  return {
    ...(hostname === undefined ? {} : { hostname }),
    servers: dns ?? [],
    search: dnsSearch ?? [],
    options: resolver ?? [],
    hosts: Object.fromEntries(
      addHost.map((line) => {
        const at = line.lastIndexOf(':');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    ),
  };
}

function readHealth(place: Place, health: Keys['health'], problems: ProblemList): HealthSpec | undefined {
  if (health === undefined) return undefined;
  const isList = isTest(health);
  const keys = isList
    ? { test: health, interval: 10, timeout: 5, retries: 3, startPeriod: 0, wait: 120 }
    : health;
  const { test } = keys;
  if (test === undefined) return undefined;
  const [kind = ''] = test;
  const testPlace = isList ? place : place.below('test');
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') {
    const statement = { must: 'must begin with CMD or CMD-SHELL', got: quoted(kind) };
    problems.error('bad-value', testPlace.at(0), statement, `write [CMD, ${test.join(', ')}]`);
  }
  if (kind === 'CMD-SHELL' && test.length > 2)
    problems.error(
      'bad-value',
      testPlace.at(),
      'must be CMD-SHELL and one line for a shell',
      'write CMD, or quote the line',
    );
  return {
    test,
    intervalSeconds: keys.interval,
    timeoutSeconds: keys.timeout,
    retries: keys.retries,
    startPeriodSeconds: keys.startPeriod,
    waitSeconds: keys.wait,
  };
}

function isTest(health: NonNullable<Keys['health']>): health is readonly string[] {
  return Array.isArray(health);
}
