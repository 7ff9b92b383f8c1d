import path from 'node:path';

// The module itself, which is what the sources call; an import would be a copy.
const fs = require('node:fs') as typeof import('node:fs');

/**
 * What a piece of work does to files, in its order: `open a`, `write a`, `sync a`, `close a`, `rename a b`, each with the
 * file's name. A process id in a name is shown as `PID`. What reaches the disk when a machine stops depends on this order.
 */
export function watchedDisk(work: () => void): readonly string[] {
  const operations: string[] = [];
  const names = new Map<unknown, string>();
  const nameOf = (file: unknown): string =>
    names.get(file) ?? path.basename(String(file)).replace(String(process.pid), 'PID');
  const { openSync, closeSync, writeSync, writeFileSync, fsyncSync, renameSync } = fs;
  const spies = [
    jest.spyOn(fs, 'openSync').mockImplementation((file, ...rest) => {
      const handle = openSync(file, ...rest);
      operations.push(`open ${nameOf(file)}`);
      names.set(handle, nameOf(file));
      return handle;
    }),
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, ...rest) => {
      operations.push(`write ${nameOf(file)}`);
      writeFileSync(file, ...rest);
    }),
    jest.spyOn(fs, 'writeSync').mockImplementation((handle: number, ...rest: unknown[]) => {
      operations.push(`write ${nameOf(handle)}`);
      return Reflect.apply(writeSync, fs, [handle, ...rest]);
    }),
    jest.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
      fsyncSync(handle);
      operations.push(`sync ${nameOf(handle)}`);
    }),
    jest.spyOn(fs, 'closeSync').mockImplementation((handle) => {
      closeSync(handle);
      operations.push(`close ${nameOf(handle)}`);
      names.delete(handle);
    }),
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      renameSync(from, to);
      operations.push(`rename ${nameOf(from)} ${nameOf(to)}`);
    }),
  ];
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return operations;
}
