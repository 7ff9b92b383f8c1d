import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Where a process works: its folder, and its variable TF_DATA_DIR. */
export interface CallerFolder {
  readonly folder: string;
  readonly dataFolder?: string;
}

/** Processes that called before. One of them is probably the next caller, since Terraform opens several connections. */
const recent: string[] = [];
const MOST_RECENT = 8;

/** A port as the kernel prints it in the table of connections. */
function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** The inode of the client's end of a connection on the loopback. */
function inodeOf(clientPort: number, serverPort: number): string | undefined {
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n')) {
      const [, local = '', remote = '', , , , , , , inode] = line.trim().split(/\s+/);
      if (local.endsWith(`:${hex(clientPort)}`) && remote.endsWith(`:${hex(serverPort)}`)) return inode;
    }
  }
  return undefined;
}

function quiet<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function holds(pid: string, inode: string): boolean {
  const descriptors = quiet(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  return descriptors.some(
    (descriptor) => quiet(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)) === `socket:[${inode}]`,
  );
}

/** The process with an open socket. Those that are named like Terraform are looked at first. */
function processWith(inode: string): string | undefined {
  const known = recent.find((pid) => holds(pid, inode));
  if (known !== undefined) return known;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const named = pids.filter((pid) =>
    /^(terraform|tofu)/.test(quiet(() => readFileSync(`/proc/${pid}/comm`, 'utf8')) ?? ''),
  );
  return [...named, ...pids].find((pid) => holds(pid, inode));
}

function dataFolderOf(pid: string): string | undefined {
  const variables = quiet(() => readFileSync(`/proc/${pid}/environ`, 'utf8')) ?? '';
  return variables
    .split('\0')
    .find((variable) => variable.startsWith('TF_DATA_DIR='))
    ?.slice('TF_DATA_DIR='.length);
}

/**
 * Where the process at the other end of a connection works: the folder of the configuration, since `-chdir` changes it.
 *
 * @returns undefined where the system does not tell: it needs Linux's `/proc`, and a process of the same user
 */
export function callerFolder(clientPort: number, serverPort: number): CallerFolder | undefined {
  return quiet(() => {
    const inode = inodeOf(clientPort, serverPort);
    const pid = inode === undefined ? undefined : processWith(inode);
    if (pid === undefined) return undefined;
    recent.splice(
      0,
      recent.length,
      pid,
      ...recent.filter((other) => other !== pid).slice(0, MOST_RECENT - 1),
    );
    const dataFolder = dataFolderOf(pid);
    return {
      folder: readlinkSync(`/proc/${pid}/cwd`),
      ...(dataFolder === undefined || dataFolder === '' ? {} : { dataFolder }),
    };
  });
}
