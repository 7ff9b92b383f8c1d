import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProgram } from '../../support/programs';

/** What an engine of one's own needs; the names of what is absent here. */
export function missingForEngine(): readonly string[] {
  return [
    ...['docker', 'dockerd', 'nsenter', 'ip', 'busybox', 'tar'].filter((name) => !hasProgram(name)),
    ...(process.getuid?.() === 0 ? [] : ['root']),
  ];
}

/** The images of an engine: both are busybox, one serves a page at port 8080. */
export interface Images {
  /** `sha256:…`. */
  readonly server: string;
  /** Ends at once. */
  readonly ending: string;
}

/** A Docker engine of the test's own, in a network namespace of its own, with images that come from no registry. */
export class DockerEngine {
  readonly folder = mkdtempSync(join(tmpdir(), 'kkh-engine-'));
  readonly socket = join(this.folder, 'docker.sock');
  readonly url = `unix://${this.socket}`;
  readonly namespace = `kkh${process.pid}`;
  private daemon: ChildProcess | undefined;

  async start(): Promise<void> {
    this.run('ip', 'netns', 'add', this.namespace);
    this.inside('ip', 'link', 'set', 'lo', 'up');
    this.spawn();
    await this.untilAnswering();
  }

  /** Ends the daemon, as when its host goes down; containers are kept. */
  async halt(): Promise<void> {
    const { daemon } = this;
    if (daemon === undefined || daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await ended;
  }

  async restart(): Promise<void> {
    this.spawn();
    await this.untilAnswering();
  }

  /** Removes all containers and volumes. */
  clear(): void {
    const all = (...args: readonly string[]) =>
      this.docker(...args)
        .split('\n')
        .filter((id) => id !== '');
    for (const id of all('ps', '-aq')) this.docker('rm', '-f', id);
    for (const name of all('volume', 'ls', '-q')) this.docker('volume', 'rm', '-f', name);
  }

  async stop(): Promise<void> {
    await this.halt();
    this.run('ip', 'netns', 'del', this.namespace);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** `docker …` of this engine. @returns what it prints */
  docker(...args: readonly string[]): string {
    return this.run('docker', '-H', this.url, ...args).trim();
  }

  /** Runs a program in the engine's network. */
  inside(program: string, ...args: readonly string[]): string {
    return this.run('nsenter', `--net=/run/netns/${this.namespace}`, program, ...args);
  }

  /** What a server at a port of the engine's host answers. */
  page(port: number): string {
    return this.inside('busybox', 'wget', '-q', '-O', '-', `http://127.0.0.1:${port}/`).trim();
  }

  /** Makes the images from a root file system of one program. */
  makeImages(): Images {
    const tar = this.makeRoot();
    const image = (...changes: readonly string[]) =>
      this.docker('import', ...changes.flatMap((change) => ['-c', change]), tar);
    return {
      server: image('CMD ["httpd","-f","-p","8080","-h","/www"]', 'ENV PATH=/bin', 'EXPOSE 8080/tcp'),
      ending: image('CMD ["true"]', 'ENV PATH=/bin'),
    };
  }

  /** Writes that root file system. @returns the tar file */
  makeRoot(): string {
    const root = join(this.folder, 'root');
    mkdirSync(join(root, 'bin'), { recursive: true });
    mkdirSync(join(root, 'www'), { recursive: true });
    const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file)) ?? '';
    cpSync(busybox, join(root, 'bin/busybox'));
    for (const name of ['sh', 'httpd', 'sleep', 'true', 'false', 'wget', 'echo', 'cat'])
      this.run('ln', '-sf', 'busybox', join(root, 'bin', name));
    this.run('sh', '-c', `echo hello >'${root}/www/index.html'`);
    const tar = join(this.folder, 'root.tar');
    this.run('tar', '--mtime=@0', '--owner=0', '--group=0', '--sort=name', '-C', root, '-cf', tar, '.');
    return tar;
  }

  private spawn(): void {
    const { folder } = this;
    const options = [
      '-H',
      this.url,
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
    ];
    const more = ['-p', join(folder, 'docker.pid'), '--bip', '172.31.77.1/24'];
    this.daemon = spawn('nsenter', [`--net=/run/netns/${this.namespace}`, 'dockerd', ...options, ...more], {
      stdio: 'ignore',
    });
  }

  private async untilAnswering(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        this.docker('version');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    throw new Error('dockerd does not answer');
  }

  private run(program: string, ...args: readonly string[]): string {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1e8,
    });
  }
}
