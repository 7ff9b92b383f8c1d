import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HostFile } from '../../gateway/host/host-file';

/** A new folder for each test of a file, removed after it. */
export function folderForEachTest(): {
  readonly path: string;
  readonly put: (name: string, text: string) => string;
} {
  const state = {
    path: '',
    put(name: string, text: string): string {
      const file = path.join(state.path, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
  };
  beforeEach(() => {
    state.path = mkdtempSync(path.join(tmpdir(), 'kakehashi-folder-'));
  });
  afterEach(() => rmSync(state.path, { recursive: true, force: true }));
  return state;
}

/** A file for the gateway. */
export function hostFile(name: string, text: string, mode = 0o644): HostFile {
  return { path: name, mode, text };
}
