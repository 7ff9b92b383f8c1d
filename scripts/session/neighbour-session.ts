import { type Folders, foldersOf } from './folders';
import type { Session } from './session';

/** The session of the same run for another environment of the folder. */
export function neighbourSession(session: Session, environment: string): Session {
  return { ...session, environment, folders: neighbourFolders(session, environment) };
}

/** The files and folders of another environment. */
export function neighbourFolders(
  { simulated, settings, folders }: Pick<Session, 'simulated' | 'settings' | 'folders'>,
  environment: string,
): Folders {
  return foldersOf(environment, {
    sandbox: simulated,
    catalogDirectory: settings.catalogDirectory,
    root: folders.root,
  });
}
