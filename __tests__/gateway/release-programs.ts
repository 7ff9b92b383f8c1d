import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UnpackedRelease } from './unpacked-release';

/** Programs of an unpacked release as this host would have them: each enters the release, where `/tmp` is this host's. */
const wrapper = (root: string, program: string): string => `#!/bin/sh
exec unshare -m sh -c 'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount --bind /tmp "$0/tmp" &&
  mount -t tmpfs run "$0/run" && exec chroot "$0" /bin/sh -c '"'"'cd "$0" && exec ${program} "$@"'"'"' "$@"' '${root}' "$PWD" "$@"
`;

/** Puts programs on the `PATH` until the function that it returns is called. */
export function withPrograms(programs: Readonly<Record<string, string>>): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-programs-'));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), text);
    chmodSync(path.join(folder, name), 0o755);
  }
  const before = process.env.PATH;
  process.env.PATH = `${folder}:${before}`;
  return () => {
    process.env.PATH = before;
    rmSync(folder, { recursive: true });
  };
}

/** Puts a release's programs on the `PATH`. */
export function withReleasePrograms(release: UnpackedRelease, programs: readonly string[]): () => void {
  return withPrograms(
    Object.fromEntries(programs.map((file) => [path.basename(file), wrapper(release.root, file)])),
  );
}
