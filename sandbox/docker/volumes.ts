import type { ObjectValue } from '../protocol/values';
import { type Attributes, text, texts } from '../provider/attributes';
import { EngineError } from './docker-error';
import type { Engine, EngineObject } from './engine';

const VOLUME = 'docker_volume';

/** The only driver that a plain engine has. */
const DRIVER = 'local';

const LEGAL_OPTIONS = ['type', 'o', 'device', 'size'];
const NEEDED_OPTIONS = ['device', 'type'];

function checkName(name: string): void {
  if (name.length < 2)
    throw new EngineError(
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    );
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
    throw new EngineError(
      `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
}

function checkOptions(name: string, options: readonly string[]): void {
  const illegal = options.find((option) => !LEGAL_OPTIONS.includes(option));
  if (illegal !== undefined) throw new EngineError(`create ${name}: invalid option: "${illegal}"`);
  const missing = NEEDED_OPTIONS.find((option) => !options.includes(option));
  if (options.length > 0 && missing !== undefined)
    throw new EngineError(`create ${name}: missing required option: "${missing}"`);
}

/**
 * The volume of a name, which is made if the engine has none. One that is there is taken as it is, whatever else is asked for.
 *
 * @throws {@link EngineError} for another driver than the engine has, or a wrong name or option
 */
export function takeVolume(engine: Engine, name: string, asked: Attributes = {}): EngineObject {
  const driver = text(asked, 'driver') || DRIVER;
  if (driver !== DRIVER)
    throw new EngineError(
      `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
    );
  const known = engine.get(VOLUME, name);
  if (known !== undefined) return known;
  checkName(name);
  const options = (asked.driver_opts ?? {}) as ObjectValue;
  checkOptions(name, Object.keys(options));
  return engine.put(VOLUME, name, {
    name,
    driver,
    driver_opts: options,
    labels: asked.labels ?? [],
    mountpoint: `/var/lib/docker/volumes/${name}/_data`,
  });
}

/** A volume whose name the engine chooses. */
export function newVolume(engine: Engine, asked: Attributes = {}): EngineObject {
  return takeVolume(engine, engine.newId(VOLUME), asked);
}

/** Removes a volume, if it is there. @throws {@link EngineError} if a container, even a stopped one, has it */
export function removeVolume(engine: Engine, name: string): void {
  const volume = engine.get(VOLUME, name);
  if (volume === undefined) return;
  const users = engine
    .all('docker_container')
    .filter(({ attributes }) => texts(attributes, 'volume_names').includes(name));
  if (users.length > 0)
    throw new EngineError(`remove ${name}: volume is in use - [${users.map(({ id }) => id).join(', ')}]`);
  engine.remove(volume);
}
