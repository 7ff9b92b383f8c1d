import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A tar file consists of blocks (POSIX, "ustar Interchange Format"). */
const BLOCK = 512;

/** The most of one entry that is read: a manifest or a configuration is a few kilobytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * The ids under which an engine may know the images of a file that `docker save` wrote: the digest of an image's configuration, and
 * that of its manifest, which newer engines take. They are computed from what is in the file, not read in it.
 *
 * Layers are skipped: a configuration has the digests of all of them, which the engine checks when it loads the file.
 *
 * @returns undefined for a file that is no such archive
 */
export function imageIds(file: string): readonly string[] | undefined {
  const handle = openSync(file, 'r');
  try {
    const digests = new Map<string, string>();
    let manifest: string | undefined;
    for (const { name, size, at } of entries(handle)) {
      if (size > LARGEST || !/\.json$|^blobs\/sha256\/[0-9a-f]{64}$/.test(name)) continue;
      const bytes = Buffer.alloc(size);
      readSync(handle, bytes, 0, size, at);
      digests.set(name, createHash('sha256').update(bytes).digest('hex'));
      if (name === 'manifest.json') manifest = bytes.toString('utf8');
    }
    const names = manifest === undefined ? [] : configurationsIn(manifest);
    if (names.length === 0) return undefined;
    const manifests = [...digests].filter(([name]) => name.startsWith('blobs/')).map(([, digest]) => digest);
    return [...new Set([...names.flatMap((name) => digests.get(name) ?? []), ...manifests])].map(
      (digest) => `sha256:${digest}`,
    );
  } finally {
    closeSync(handle);
  }
}

interface Entry {
  readonly name: string;
  readonly size: number;
  /** Where its content begins. */
  readonly at: number;
}

function* entries(handle: number): Iterable<Entry> {
  const header = Buffer.alloc(BLOCK);
  let at = 0;
  while (readSync(handle, header, 0, BLOCK, at) === BLOCK) {
    const name = textOf(header.subarray(0, 100));
    const size = Number.parseInt(textOf(header.subarray(124, 136)).trim(), 8);
    const isTar = header.subarray(257, 262).toString('latin1') === 'ustar';
    if (name === '' || !isTar || Number.isNaN(size)) return;
    yield { name, size, at: at + BLOCK };
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
}

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

/** The files of the configurations that `manifest.json` names. */
function configurationsIn(manifest: string): readonly string[] {
  try {
    const images: unknown = JSON.parse(manifest);
    return Array.isArray(images)
      ? images.flatMap((image: { readonly Config?: unknown }) => String(image?.Config ?? ''))
      : [];
  } catch {
    return [];
  }
}
