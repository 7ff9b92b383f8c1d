import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** An agent with one key, which OpenSSH uses while it runs. */
export class SshAgent {
  private daemon: ChildProcess | undefined;
  private readonly before = process.env.SSH_AUTH_SOCK;

  /** @param folder - for its socket */
  async start(folder: string, identity: string): Promise<void> {
    const socket = join(folder, 'agent');
    this.daemon = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !existsSync(socket); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    process.env.SSH_AUTH_SOCK = socket;
    execFileSync('ssh-add', ['-q', identity], { stdio: 'ignore', env: { ...process.env } });
  }

  stop(): void {
    if (this.before === undefined) delete process.env.SSH_AUTH_SOCK;
    else process.env.SSH_AUTH_SOCK = this.before;
    this.daemon?.kill();
  }
}
