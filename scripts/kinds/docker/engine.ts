import { askHost, type HostAnswer } from '../../../base/ask-program';
import { Failure } from '../../../base/errors';
import { readIfThere, shownPath } from '../../../base/files';
import type { Processes } from '../../../base/process';
import { shellWord } from '../../../base/text/shell-quoted';
import { type DockerHost, dockerHostUrl } from '../../../model/docker/docker-host';
import { readHostKeys } from './known-hosts';
import { type AskedHost, faultOf } from './ssh-fault';
import type { SshFiles } from './ssh-files';
import { sshCommand, sshEnvironment } from './ssh-program';

export interface EngineQuestion {
  /** @default 30 */
  readonly seconds?: number;
  /** A file that the command reads as its standard input. @default - nothing */
  readonly input?: string;
}

/** The Docker engine of a host, asked by Docker's client: over SSH by the one on the host, as the provider does, or by the one here. */
export class Engine {
  constructor(
    private readonly processes: Processes,
    readonly host: DockerHost,
    private readonly files: SshFiles,
  ) {}

  /** Runs `docker …` for the engine. @throws {@link Failure} where no client is here, or the host does not answer in time */
  async docker(args: readonly string[], { seconds = 30, input }: EngineQuestion = {}): Promise<HostAnswer> {
    return this.run(this.command(args), `docker ${args[0]}`, { seconds, input });
  }

  /** Runs a program on the host itself, or on this machine for its own engine. @throws {@link Failure} as for `docker` */
  async onHost(program: string, ...args: readonly string[]): Promise<HostAnswer> {
    const { host, files } = this;
    const command = [program, ...args];
    const whole =
      host.kind === 'socket' ? command : [...sshCommand(files, host.login), command.map(shellWord).join(' ')];
    return this.run(whole, program, { seconds: 30, input: undefined });
  }

  private async run(
    [program = '', ...rest]: readonly string[],
    name: string,
    { seconds, input }: { readonly seconds: number; readonly input: string | undefined },
  ): Promise<HostAnswer> {
    const command: readonly [string, readonly string[]] =
      input === undefined
        ? [program, rest]
        : // A shell gives the file as standard input, which a child process of ours has none of.
          ['sh', ['-c', 'exec "$@" <"$0"', input, program, ...rest]];
    const answer = await askHost(this.processes, ...command, { env: sshEnvironment(), seconds });
    if (answer.kind === 'absent') throw new Failure(`${program}: is not installed here; install it`);
    if (answer.kind === 'silent')
      throw new Failure(`${dockerHostUrl(this.host)}: no answer within ${seconds} s: ${name}`);
    return answer;
  }

  /** The same, whose failure is an error. @throws {@link Failure} that says why, and what to do */
  async asked(args: readonly string[], question: EngineQuestion = {}): Promise<string> {
    const answer = await this.docker(args, question);
    if (answer.exitCode === 0) return answer.stdout;
    throw this.failure(answer);
  }

  /** Why a command failed. */
  failure({ lines }: Pick<HostAnswer, 'lines'>): Failure {
    const where = dockerHostUrl(this.host);
    const fault = faultOf(lines, this.askedHost());
    return new Failure({
      where,
      ...(fault ?? { summary: lines.slice(-3).join(' ') || 'docker says nothing' }),
    });
  }

  private askedHost(): AskedHost {
    const known = readHostKeys(readIfThere(this.files.knownHosts) ?? '');
    const file = shownPath(this.files.knownHosts);
    const { host } = this;
    const login = host.kind === 'ssh' ? host.login : { user: 'you', address: host.path, port: 22 };
    return { login, known, file };
  }

  private command(args: readonly string[]): readonly string[] {
    const { host, files } = this;
    if (host.kind === 'socket') return ['docker', '-H', dockerHostUrl(host), ...args];
    return [...sshCommand(files, host.login), `docker ${args.map(shellWord).join(' ')}`];
  }
}
