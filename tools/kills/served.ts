import { isRunning } from '../../base/process-identity';
import { type Running, signalTo, start } from './programs';

/** The simulated providers of a project, in a process of their own: `kakehashi sandbox serve`. */
export class Served {
  private constructor(
    private readonly server: Running,
    /** What attaches a driver to them. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @throws where it ended before it served */
  static async start(folder: string, faults: Readonly<Record<string, string>>): Promise<Served> {
    let heard: (variable: string) => void;
    const variable = new Promise<string>((resolve) => {
      heard = resolve;
    });
    const server = start(folder, ['sandbox', 'serve'], faults, (line) => {
      const found = /^export TF_REATTACH_PROVIDERS='(.*)'$/.exec(line)?.[1];
      if (found !== undefined) heard(found);
    });
    const early = server.ended.then(({ code, text }) => {
      throw new Error(`kakehashi sandbox serve ended with ${code}: ${text}`);
    });
    const attached = await Promise.race([variable, early]);
    early.catch(() => undefined);
    return new Served(server, { KAKEHASHI_SANDBOX: '1', TF_REATTACH_PROVIDERS: attached });
  }

  get pid(): number {
    return this.server.pid;
  }

  get isAlive(): boolean {
    return isRunning(this.pid);
  }

  /** Stops it, and waits for its end. */
  async stop(): Promise<void> {
    signalTo(this.pid, 'SIGKILL');
    await this.server.ended;
  }
}
