import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, untilConnected } from './ports';

/** The sshd of a test's own, at a port of this machine: root logs in with the test's own key. */
export class SshServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'kkh-sshd-'));
  /** The private key that may log in. */
  readonly identity: string;
  port = 0;
  private daemon: ChildProcess | undefined;

  /** @param options - further lines of sshd_config @param identity - a key that there is already */
  constructor(
    private readonly options: readonly string[] = [],
    identity?: string,
  ) {
    this.identity = identity ?? this.makeKey('id');
  }

  async start(): Promise<void> {
    this.port = this.port === 0 ? await freePort() : this.port;
    this.makeHostKey();
    await this.listen();
  }

  /** Installs the host anew: another host key at the same port. */
  async replaceHostKey(): Promise<void> {
    this.stopDaemon();
    rmSync(join(this.folder, 'host'));
    rmSync(join(this.folder, 'host.pub'));
    this.makeHostKey();
    await this.listen();
  }

  /** `ED25519 SHA256:…`, as ssh-keygen prints it. */
  get fingerprint(): string {
    const [, digest] = execFileSync('ssh-keygen', ['-lf', join(this.folder, 'host.pub')], {
      encoding: 'utf8',
    }).split(' ');
    return `ED25519 ${digest}`;
  }

  stop(): void {
    this.stopDaemon();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** How many connections sshd has accepted. */
  get connections(): number {
    return readFileSync(join(this.folder, 'log'), 'utf8').match(/^Connection from /gm)?.length ?? 0;
  }

  private async listen(): Promise<void> {
    const { folder, port } = this;
    // sshd wants this folder, whatever it is told.
    mkdirSync('/run/sshd', { recursive: true });
    const config = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      'ListenAddress 127.0.0.2',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${this.identity}.pub`,
      'PermitRootLogin yes',
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'LogLevel VERBOSE',
      ...this.options,
    ];
    writeFileSync(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
    this.daemon = spawn(
      '/usr/sbin/sshd',
      ['-D', '-f', join(folder, 'sshd_config'), '-E', join(folder, 'log')],
      {
        stdio: 'ignore',
      },
    );
    await untilConnected(port);
  }

  private stopDaemon(): void {
    this.daemon?.kill();
    this.daemon = undefined;
  }

  private makeHostKey(): void {
    this.makeKey('host');
  }

  private makeKey(name: string): string {
    const file = join(this.folder, name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
    return file;
  }
}
