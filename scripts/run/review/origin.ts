import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askHost } from '../../../base/ask-program';
import { digestOf, readIfThere } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Origin } from '../../../review/record/record';
import { foldersOf, stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import { packageVersion } from '../../session/settings';

/**
 * Where the plans of a run come from, without the versions of providers, which are those of each stack.
 *
 * @param exported - a folder of records inside of the project, which is no change of it
 */
export async function originOfRun(
  session: Session,
  loaded: Loaded,
  exported?: string,
): Promise<Omit<Origin, 'providers'>> {
  const { folders, circumstances, simulated } = session;
  const commit = await commitOf(session);
  return {
    ...(commit === undefined ? {} : { commit }),
    dirty: commit !== undefined && (await isDirty(session, exported)),
    catalog: digestOf(filesText(folders.root, loaded.files)),
    lock: digestOf(lockText(session)),
    kakehashi: packageVersion(),
    terraform: circumstances.terraform,
    simulated,
    made: new Date().toISOString(),
  };
}

/** The versions of the providers of a stack, as its dependency lock says, by source; in the sandbox the simulated ones. */
export function providersOf(
  { folders, simulated, simulatedProviders }: Session,
  stack: string,
): Origin['providers'] {
  if (simulated) return simulatedVersions(simulatedProviders);
  const text = readIfThere(path.join(stackFolder(folders, stack), '.terraform.lock.hcl')) ?? '';
  const found = [
    ...text.matchAll(/^provider "(?:[^"/]+\/)?([^"/]+\/[^"/]+)" \{\s*version\s*=\s*"([^"]+)"/gm),
  ];
  return Object.fromEntries(found.map(([, source = '', version = '']) => [source, version]));
}

/** `aws (schema of hashicorp/aws 5.100.0)` and the like: the last word is the version. */
function simulatedVersions(providers: readonly string[]): Origin['providers'] {
  return Object.fromEntries(
    providers.map((text) => {
      const [, source = text, version = ''] = /([a-z0-9-]+\/[a-z0-9-]+) ([0-9][^\s),]*)/.exec(text) ?? [];
      return [source, version];
    }),
  );
}

/** Names and contents of files in their order by name, so that moving the project changes nothing. */
function filesText(root: string, files: readonly string[]): string {
  const named = [...new Set(files.map((file) => path.resolve(root, file)))].map((file) => ({
    name: path.relative(root, file).split(path.sep).join('/'),
    text: readFileSync(file, 'utf8'),
  }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  return named.map(({ name, text }) => `${name} ${digestOf(text)}\n`).join('');
}

/** The lock of the environment, and with it what the sandbox adds. */
function lockText({ environment, settings, folders, simulated }: Session): string {
  const { catalogDirectory } = settings;
  const own = foldersOf(environment, { sandbox: false, catalogDirectory, root: folders.root }).lockFile;
  return `${readIfThere(own) ?? ''}${simulated ? (readIfThere(folders.lockFile) ?? '') : ''}`;
}

/** The commit of the project; undefined where it is in no repository, or there is no Git. */
export async function commitOf(session: Pick<Session, 'processes' | 'folders'>): Promise<string | undefined> {
  const answer = await git(session, ['rev-parse', '--verify', 'HEAD']);
  return answer?.match(/^[0-9a-f]{40,64}$/m)?.[0];
}

/** Whether Git sees a difference in the project's folder, also a file that it does not know and does not ignore. */
async function isDirty(session: Session, exported: string | undefined): Promise<boolean> {
  const inside = exported === undefined ? '..' : path.relative(session.folders.root, exported);
  const isInside = inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
  const without = isInside ? [`:(exclude,literal)${inside}`] : [];
  const answer = await git(session, [
    'status',
    '--porcelain',
    '--untracked-files=normal',
    '--',
    '.',
    ...without,
  ]);
  return answer === undefined || answer.trim() !== '';
}

/** What Git prints about the project's folder; undefined without Git, outside of a repository, or where it refuses. */
async function git(
  { processes, folders }: Pick<Session, 'processes' | 'folders'>,
  args: readonly string[],
): Promise<string | undefined> {
  // A repository may name programs that Git starts for its status.
  const options = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=true', '--no-optional-locks'];
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LC_ALL: 'C' };
  const answer = await askHost(processes, 'git', [...options, ...args], {
    cwd: folders.root,
    env,
    seconds: 30,
  });
  return answer.kind === 'ended' && answer.exitCode === 0 ? answer.stdout : undefined;
}
