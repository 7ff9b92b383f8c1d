import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells one process from every other one, on this host and on others. */
export interface ProcessIdentity {
  readonly host: string;
  /**
   * The Linux pid namespace, empty on other systems. Containers can share a host name and a folder (`--network host`),
   * but a pid of one means nothing in the other.
   */
  readonly namespace: string;
  readonly pid: number;
  /**
   * When the process started: on Linux in clock ticks after a boot that is named by its id, elsewhere as `ps` prints it.
   * It is compared for equality only, and is empty where the system does not tell.
   */
  readonly start: string;
}

let own: ProcessIdentity | undefined;

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= {
    host: hostname(),
    namespace: pidNamespace(),
    pid: process.pid,
    start: (observe(process.pid) ?? UNKNOWN).start,
  };
  return own;
}

/**
 * Whether a process still runs. A pid that now belongs to a process with another start time has been recycled, so its
 * first owner has ended. Nothing can be known about processes of another host or container: they are `elsewhere`.
 */
export function stateOf(identity: ProcessIdentity): 'running' | 'ended' | 'elsewhere' {
  const { host, namespace } = ownIdentity();
  if (identity.host !== host || identity.namespace !== namespace) return 'elsewhere';
  if (!exists(identity.pid)) return 'ended';
  const { isZombie, start } = observe(identity.pid) ?? UNKNOWN;
  if (isZombie) return 'ended';
  return start === '' || identity.start === '' || start === identity.start ? 'running' : 'ended';
}

/** A process of this host as it was noted down: its number, and when it started. */
export interface StartedProcess {
  readonly pid: number;
  /** What {@link processStart} returned; undefined where the system did not tell. */
  readonly started?: string | undefined;
}

/** When a process of this host started, for comparison only; undefined where the system does not tell. */
export function processStart(pid: number): string | undefined {
  return (observe(pid) ?? UNKNOWN).start || undefined;
}

/** Whether a process of this host still runs. Where a start time is not known, the number alone decides. */
export function isAlive({ pid, started = '' }: StartedProcess): boolean {
  const { host, namespace } = ownIdentity();
  return stateOf({ host, namespace, pid, start: started }) === 'running';
}

/** Whether a process of this host with this pid runs, whichever it is. */
export function isRunning(pid: number): boolean {
  return exists(pid) && !(observe(pid) ?? UNKNOWN).isZombie;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Observation {
  /** A zombie has ended, although its parent has not asked for its exit code; in a container that may never happen. */
  readonly isZombie: boolean;
  /** As in {@link ProcessIdentity}. */
  readonly start: string;
}

const UNKNOWN: Observation = { isZombie: false, start: '' };

/** What the system tells about a process, or undefined where it tells nothing. */
export function observe(pid: number, platform: NodeJS.Platform = process.platform): Observation | undefined {
  try {
    return platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

/** Reads `/proc/<pid>/stat` (proc_pid_stat(5)): the state is field 3, the start time field 22. */
function fromProc(pid: number): Observation {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Field 2 is the program's name in parentheses, which may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = bootId();
  return { isZombie: fields[0] === 'Z', start: boot === undefined ? '' : `${fields[19]}@${boot}` };
}

/** Without it a start time means nothing: the pids and ticks of one boot come again in the next. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Asks `ps`, as on macOS. Its locale and time zone are fixed, so that the same moment is always printed the same. */
function fromPs(pid: number): Observation | undefined {
  const answer = execFileSync('ps', ['-o', 'state=', '-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5000,
  });
  const found = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(answer);
  return found === null ? undefined : { isZombie: found[1]?.startsWith('Z') === true, start: found[2] ?? '' };
}

function pidNamespace(): string {
  try {
    return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '';
  } catch {
    return '';
  }
}
