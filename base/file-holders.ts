import { readdirSync, readlinkSync, realpathSync } from 'node:fs';

/**
 * The processes that have one of the files as their stdout or stderr, by file. A process of another user, whose open files
 * can't be read, is not found, and on systems without `/proc` none is.
 */
export function holdersOf(files: readonly string[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  const named = new Map(files.flatMap((file) => realNames(file)));
  if (named.size === 0) return holders;
  for (const pid of processIds()) {
    for (const descriptor of [1, 2]) {
      const file = named.get(openFile(pid, descriptor) ?? '');
      if (file !== undefined) holders.set(file, pid);
    }
  }
  return holders;
}

function realNames(file: string): readonly (readonly [real: string, file: string])[] {
  try {
    return [[realpathSync(file), file]];
  } catch {
    return [];
  }
}

function processIds(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function openFile(pid: number, descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}
