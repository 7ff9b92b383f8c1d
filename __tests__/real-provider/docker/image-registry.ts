import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** How an image starts. */
export interface ImageConfiguration {
  readonly Cmd: readonly string[];
  readonly Env?: readonly string[];
}

/** A registry with one image, in the network namespace of an engine. */
export class ImageRegistry {
  private constructor(
    private readonly server: ChildProcess,
    /** `sha256:…`. */
    readonly digest: string,
  ) {}

  /** @param tar - the image's only layer */
  static start(
    namespace: string,
    at: { readonly address: string; readonly port: number },
    tar: string,
    config: ImageConfiguration,
  ): ImageRegistry {
    const folder = mkdtempSync(join(tmpdir(), 'kkh-registry-'));
    const keep = (content: Buffer) => {
      const digest = createHash('sha256').update(content).digest('hex');
      writeFileSync(join(folder, digest), content);
      return { size: content.length, digest: `sha256:${digest}` };
    };
    const layer = readFileSync(tar);
    const diff = `sha256:${createHash('sha256').update(layer).digest('hex')}`;
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    const described = { architecture, os: 'linux', config, rootfs: { type: 'layers', diff_ids: [diff] } };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        ...keep(Buffer.from(JSON.stringify(described))),
      },
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...keep(gzipSync(layer)) }],
    });
    writeFileSync(join(folder, 'manifest.json'), manifest);
    const program = join(__dirname, 'registry.cjs');
    const server = spawn(
      'nsenter',
      [`--net=/run/netns/${namespace}`, process.execPath, program, at.address, String(at.port), folder],
      { stdio: 'ignore' },
    );
    return new ImageRegistry(server, `sha256:${createHash('sha256').update(manifest).digest('hex')}`);
  }

  stop(): void {
    this.server.kill();
  }
}
