import { gzipSync, strToU8 } from 'fflate';

/** User data as a cloud takes it; cloud-init recognises gzip by its first bytes. */
export interface CompressedUserData {
  readonly base64: string;
  /** Bytes before Base64, which is what a cloud's limit is about: AWS 16384, Azure 65535. */
  readonly bytes: number;
}

/**
 * Compresses user data, to the same bytes on every machine.
 *
 * Node's own zlib does not do so: Chromium's version of it, which Node has, hashes by instructions of the processor. fflate is plain
 * JavaScript, and is pinned to one version.
 */
export function compressUserData(text: string): CompressedUserData {
  const compressed = gzipSync(strToU8(text), { level: 9, mtime: 0 });
  return { base64: Buffer.from(compressed).toString('base64'), bytes: compressed.length };
}
