import type { Value } from '../protocol/values';
import { type Attributes, number, objects, text, texts } from '../provider/attributes';
import { checkContainer, checkLimits } from './container-checks';
import { recordOf } from './container-record';
import { EngineError } from './docker-error';
import { endpointsOfMode, started } from './endpoints';
import type { Engine, EngineObject } from './engine';
import { findImage } from './images';
import { publish } from './ports';
import { isHealthy, outcomeOf } from './program';
import { newVolume, removeVolume, takeVolume } from './volumes';

const CONTAINER = 'docker_container';

/** A container with some attributes changed. */
function changed(engine: Engine, container: EngineObject, attributes: Attributes): EngineObject {
  return engine.put(CONTAINER, container.id, { ...container.attributes, ...attributes });
}

/** The volumes of a request: those that have a name, and those for which the engine makes one. */
function takeVolumes(engine: Engine, asked: Attributes, image: EngineObject): Attributes {
  const volumes = objects(asked, 'volumes');
  const mounts = objects(asked, 'mounts').filter(({ type }) => type === 'volume');
  const named = [
    ...mounts.map((mount) => text(mount, 'source')),
    ...volumes.map((volume) => text(volume, 'volume_name')),
  ].filter((name) => name !== '');
  const places = [
    ...objects(asked, 'mounts').map((mount) => text(mount, 'target')),
    ...volumes.map((volume) => text(volume, 'container_path')),
  ];
  const ofImage = texts(image.attributes, 'volumes').filter((path) => !places.includes(path));
  const unnamed = [
    ...mounts.filter((mount) => text(mount, 'source') === ''),
    ...volumes.filter((volume) => text(volume, 'volume_name') === '' && text(volume, 'host_path') === ''),
    ...ofImage,
  ].map(() => newVolume(engine).id);
  for (const name of named) takeVolume(engine, name);
  return { volume_names: [...new Set([...named, ...unnamed])], unnamed_volumes: unnamed };
}

function checkFree(engine: Engine, name: string): void {
  const other = engine.all(CONTAINER).find(({ attributes }) => attributes.name === name);
  if (other !== undefined)
    throw new EngineError(
      `Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
}

/** Makes a container, which does not run yet. @throws {@link EngineError} for a wrong request, a name that is in use, or no such image */
export function createContainer(engine: Engine, asked: Attributes): EngineObject {
  const image = findImage(engine, text(asked, 'image'));
  if (image === undefined) throw new EngineError(`No such image: ${text(asked, 'image')}`);
  checkContainer(asked);
  checkFree(engine, text(asked, 'name'));
  const id = engine.newId(CONTAINER, text(asked, 'name'));
  const record = recordOf(id, image, asked);
  if (texts(record, 'command').length + texts(record, 'entrypoint').length === 0)
    throw new EngineError('No command specified');
  return engine.put(CONTAINER, id, {
    ...record,
    ...takeVolumes(engine, asked, image),
    endpoints: endpointsOfMode(engine, text(record, 'network_mode')),
  });
}

/** What a container is after its program has ended, or while it goes on. */
function running({ attributes }: EngineObject): Attributes {
  const outcome = outcomeOf([...texts(attributes, 'entrypoint'), ...texts(attributes, 'command')]);
  const policy = text(attributes, 'restart');
  const isRestarted =
    policy === 'always' ||
    policy === 'unless-stopped' ||
    (policy === 'on-failure' && outcome?.exitCode !== 0 && attributes.max_retry_count === 0);
  // The engine shows a container that it starts again and again as running.
  return outcome === undefined || isRestarted
    ? { status: 'running' }
    : { status: 'exited', exit_code: outcome.exitCode };
}

/** Starts a container. @throws {@link EngineError} if a network or address is not to be had, or a port is taken; it stays `created` */
export function startContainer(engine: Engine, container: EngineObject): EngineObject {
  const endpoints = objects(container.attributes, 'endpoints').map((endpoint) => started(engine, endpoint));
  const published = publish(engine, container);
  return changed(engine, container, { endpoints, published, ...running(container) });
}

/** The beginning of a piece of a program's standard output where it has no terminal: the stream, and the length of the piece. */
function header(length: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32BE(length, 4);
  return bytes.toString('latin1');
}

/** What the program of a container has printed, as the engine sends it. */
export function logsOf({ attributes }: EngineObject): string {
  const outcome = outcomeOf([...texts(attributes, 'entrypoint'), ...texts(attributes, 'command')]);
  const output = outcome?.output ?? '';
  return output === '' || attributes.tty === true ? output : `${header(Buffer.byteLength(output))}${output}`;
}

/** Whether the health check of a container succeeds; undefined if it has none, or does not run. */
export function healthOf({ attributes }: EngineObject): boolean | undefined {
  const check = attributes.healthcheck ?? null;
  return check === null || attributes.status !== 'running'
    ? undefined
    : isHealthy(texts(check as Attributes, 'test'));
}

/** Arguments that an engine changes in a container. One that is not set stays as it is. */
const CHANGED: readonly string[] = ['cpu_shares', 'cpu_set', 'memory', 'memory_swap'];

/** Changes the limits and the restart policy of a container. @throws {@link EngineError} for what they exclude */
export function updateContainer(engine: Engine, container: EngineObject, asked: Attributes): EngineObject {
  const refused = (message: string) => new EngineError(`Cannot update container ${container.id}: ${message}`);
  const [memory, swap] = [number(asked, 'memory') ?? 0, number(asked, 'memory_swap') ?? 0];
  const had = number(container.attributes, 'memory_swap') ?? 0;
  checkLimits(memory, swap);
  if (container.attributes.rm === true && text(asked, 'restart') !== 'no')
    throw refused('Restart policy cannot be updated because AutoRemove is enabled for the container');
  // Also a container without a limit is asked for one of swap: there it is 0.
  if (swap === 0 && memory > 0 && memory > had)
    throw refused(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    );
  if (memory === 0 && swap > 0 && container.attributes.memory === 0)
    throw refused('runc did not terminate successfully: exit status 1');
  const isSet = (value: Value | undefined) =>
    value !== undefined && value !== null && value !== 0 && value !== '';
  const limits = CHANGED.filter((name) => isSet(asked[name])).map(
    (name) => [name, asked[name] ?? null] as const,
  );
  return changed(engine, container, {
    ...Object.fromEntries(limits),
    restart: text(asked, 'restart') || 'no',
    max_retry_count: number(asked, 'max_retry_count') ?? 0,
  });
}

/**
 * Removes a container, whether it runs or not.
 *
 * @param withVolumes whether the volumes go too that were made for it alone and have no name
 */
export function removeContainer(engine: Engine, container: EngineObject, withVolumes: boolean): void {
  engine.remove(container);
  if (!withVolumes && container.attributes.rm !== true) return;
  for (const name of texts(container.attributes, 'unnamed_volumes')) removeVolume(engine, name);
}
