import { type Attributes, number, objects, text } from '../provider/attributes';
import { EngineError } from './docker-error';

/** The least memory of a container, in MB. */
const LEAST_MEMORY = 6;

function checkName(name: string): void {
  if (!/^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    throw new EngineError(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
}

/**
 * Checks limits in MB, of a new container or of a change.
 *
 * @param swap of memory and swap; 0 if it is not set, -1 for no limit. @throws {@link EngineError} for limits that exclude each other
 */
export function checkLimits(memory: number, swap: number): void {
  if (memory > 0 && memory < LEAST_MEMORY)
    throw new EngineError(`Minimum memory limit allowed is ${LEAST_MEMORY}MB`);
  if (memory > 0 && swap > 0 && swap < memory)
    throw new EngineError('Minimum memoryswap limit should be larger than memory limit, see usage');
}

function checkMemory(memory: number, swap: number): void {
  checkLimits(memory, swap);
  if (memory === 0 && swap > 0)
    throw new EngineError('You should always set the Memory limit when using Memoryswap limit, see usage');
}

function checkMounts(mounts: readonly Attributes[]): void {
  for (const mount of mounts) {
    const [target, type] = [text(mount, 'target'), text(mount, 'type')];
    if (!target.startsWith('/'))
      throw new EngineError(
        `invalid mount config for type "${type}": invalid mount path: '${target}' mount path must be absolute`,
      );
    if (type === 'bind' && text(mount, 'source') === '')
      throw new EngineError('invalid mount config for type "bind": field Source must not be empty');
    if (type === 'tmpfs' && text(mount, 'source') !== '')
      throw new EngineError('invalid mount config for type "tmpfs": field Source must not be specified');
  }
}

/** The places of a container at which something is mounted. */
function targetsOf(asked: Attributes): readonly string[] {
  return [
    ...objects(asked, 'mounts').map((mount) => text(mount, 'target')),
    ...objects(asked, 'volumes')
      .filter((volume) => text(volume, 'volume_name') !== '' || text(volume, 'host_path') !== '')
      .map((volume) => text(volume, 'container_path')),
  ];
}

function checkTargets(targets: readonly string[]): void {
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined) throw new EngineError(`Duplicate mount point: ${twice}`);
}

function checkRestart(asked: Attributes): void {
  const [policy, retries] = [text(asked, 'restart') || 'no', number(asked, 'max_retry_count') ?? 0];
  if (policy !== 'no' && asked.rm === true)
    throw new EngineError("can't create 'AutoRemove' container with restart policy");
  if (retries > 0 && policy !== 'on-failure')
    throw new EngineError(`maximum retry count cannot be used with restart policy '${policy}'`);
}

/** The drivers of logs that an engine has without plugins. */
const LOG_DRIVERS = [
  'awslogs',
  'etwlogs',
  'fluentd',
  'gcplogs',
  'gelf',
  'journald',
  'json-file',
  'local',
  'none',
  'splunk',
  'syslog',
];

function checkLogs(driver: string): void {
  if (driver !== '' && !LOG_DRIVERS.includes(driver))
    throw new EngineError(`error looking up logging plugin ${driver}: plugin "${driver}" not found`);
}

/** Checks a request for a container. @throws {@link EngineError} for what is wrong by itself */
export function checkContainer(asked: Attributes): void {
  checkName(text(asked, 'name'));
  checkRestart(asked);
  checkMemory(number(asked, 'memory') ?? 0, number(asked, 'memory_swap') ?? 0);
  checkMounts(objects(asked, 'mounts'));
  checkLogs(text(asked, 'log_driver'));
  checkTargets(targetsOf(asked));
}
