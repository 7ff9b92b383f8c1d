import { type Attributes, number, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { EngineError } from './docker-error';
import type { Engine, EngineObject } from './engine';

/** The first of the ports that the engine chooses itself. */
const FIRST_CHOSEN = 49_153;

const ANY = '0.0.0.0';

/** Where a port is open for which no address is asked. */
const EVERYWHERE = [ANY, '::'];

/** The ports of an engine's host that running containers have. */
function publishedOn(engine: Engine): readonly Attributes[] {
  return engine
    .all('docker_container')
    .filter(({ attributes }) => attributes.status === 'running')
    .flatMap(({ attributes }) => objects(attributes, 'published'));
}

function isSamePort(one: Attributes, other: Attributes): boolean {
  return one.external === other.external && one.protocol === other.protocol;
}

/** @throws {@link EngineError} if another container has the port, on this address or on all of them */
function checkPort(container: EngineObject, port: Attributes, taken: readonly Attributes[]): void {
  const [ip, external] = [text(port, 'ip'), String(number(port, 'external'))];
  const endpoint = `${text(container.attributes, 'name')} (${hex(64, 'endpoint', container.id)})`;
  const words = `driver failed programming external connectivity on endpoint ${endpoint}`;
  const others = taken.filter((other) => isSamePort(other, port));
  if (others.some((other) => text(other, 'ip') === ip))
    throw new EngineError(`${words}: Bind for ${ip}:${external} failed: port is already allocated`);
  if (others.some((other) => ip === ANY || text(other, 'ip') === ANY))
    throw new EngineError(
      `${words}: Error starting userland proxy: listen ${text(port, 'protocol')}4 ${ip}:${external}: bind: address already in use`,
    );
}

function chosenPort(port: Attributes, taken: readonly Attributes[]): Attributes {
  let external = FIRST_CHOSEN;
  while (taken.some((other) => isSamePort(other, { ...port, external }))) external++;
  return { ...port, external };
}

/** The ports that the image exposes and the configuration does not publish itself, if all are to be published. */
function exposedPorts({ attributes }: EngineObject): readonly Attributes[] {
  if (attributes.publish_all_ports !== true) return [];
  const asked = objects(attributes, 'asked_ports');
  return texts(attributes, 'exposed_ports')
    .map((exposed) => exposed.split('/'))
    .map(([internal, protocol = 'tcp']) => ({ internal: Number(internal), external: 0, ip: '', protocol }))
    .filter(({ internal, protocol }) =>
      asked.every((port) => port.internal !== internal || port.protocol !== protocol),
    );
}

/** The ports that a container publishes when it starts, in the order of their inner numbers. @throws {@link EngineError} if one is taken */
export function publish(engine: Engine, container: EngineObject): readonly Attributes[] {
  const published: Attributes[] = [];
  for (const port of [...objects(container.attributes, 'asked_ports'), ...exposedPorts(container)]) {
    const taken = [...publishedOn(engine), ...published];
    const isChosen = (number(port, 'external') ?? 0) === 0;
    if (!isChosen) checkPort(container, port, taken);
    const open = isChosen ? chosenPort(port, taken) : port;
    published.push(...(port.ip === '' ? EVERYWHERE.map((ip) => ({ ...open, ip })) : [open]));
  }
  return published.sort((one, other) => Number(one.internal) - Number(other.internal));
}
