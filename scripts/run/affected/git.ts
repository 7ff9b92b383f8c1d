import { Failure } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import type { Processes } from '../../../base/process';

/** Git's own variables would point it to the repository of a hook that runs us, or to another index. */
const REDIRECTING =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|CEILING_DIRECTORIES|LITERAL_PATHSPECS|GLOB_PATHSPECS|NOGLOB_PATHSPECS|ICASE_PATHSPECS|CONFIG_PARAMETERS|CONFIG_COUNT)$/;

/** Nothing of the user's repository is written, no hook runs, and what a sparse checkout leaves out is there. */
const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.sparseCheckout=false',
  'core.splitIndex=false',
].flatMap((setting) => ['-c', setting]);

/** What Git answered. */
interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  /** The last lines that it printed on stderr. */
  readonly said: string;
}

/** A Git repository that is only read: its index, its files and its references stay as they are. */
export class Git {
  /** @param folder - a folder of its working tree */
  constructor(
    private readonly processes: Processes,
    readonly folder: string,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** The repository of another folder. */
  in(folder: string): Git {
    return new Git(this.processes, folder, this.variables);
  }

  /** Asks something to which no is an answer too. @throws {@link Failure} where there is no Git */
  async ask(
    args: readonly string[],
    options: { readonly index?: string; readonly input?: string } = {},
  ): Promise<Answer> {
    const env: NodeJS.ProcessEnv = {
      ...Object.fromEntries(Object.entries(this.variables).filter(([name]) => !REDIRECTING.test(name))),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
      ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
    };
    const result = await this.processes.run({
      command: 'git',
      args: [...SETTINGS, ...args],
      cwd: this.folder,
      env,
      capture: true,
      expendable: true,
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    if (this.processes.interrupted) throw new Interrupted();
    if (result.kind === 'spawn-failed')
      throw new Failure({
        where: 'git',
        summary: `can't be started (${result.code}), and the project is compared with an earlier commit`,
        fixes: ['install Git'],
      });
    const ok = result.kind === 'exited' && result.exitCode === 0;
    return { ok, stdout: result.stdout, said: result.lastLines.join(' ').trim() };
  }

  /** Does something that must succeed. @throws {@link Failure} */
  async do(
    args: readonly string[],
    options: { readonly index?: string; readonly input?: string } = {},
  ): Promise<string> {
    const { ok, stdout, said } = await this.ask(args, options);
    if (!ok) throw new Failure(`git ${args[0]} failed: ${said || 'it said nothing'}`);
    return stdout;
  }

  /** The full id of a revision's commit; undefined where there is none. */
  async commit(revision: string): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const { ok, stdout } = await this.ask(args);
    return ok ? stdout.trim() : undefined;
  }
}

/** Where a folder is in its repository. */
export interface Place {
  /** The repository's folder. */
  readonly top: string;
  /** The folder's path in it, with a slash at its end; empty for the repository's own folder. */
  readonly prefix: string;
}

/** The repository of a folder; undefined where it is in none. @throws {@link Failure} where Git refuses to look */
export async function placeOf(git: Git): Promise<Place | undefined> {
  const { ok, stdout, said } = await git.ask(['rev-parse', '--show-toplevel', '--show-prefix']);
  if (ok) {
    const [top = '', prefix = ''] = stdout.split('\n');
    return { top, prefix };
  }
  if (/not a git repository/i.test(said)) return undefined;
  if (/dubious ownership|safe\.directory/i.test(said))
    throw new Failure({
      where: git.folder,
      summary: 'Git refuses to read it, because the folder belongs to another user',
      fixes: [`git config --global --add safe.directory '${git.folder}'`],
    });
  throw new Failure({ where: git.folder, summary: `Git can't read it: ${said}` });
}
