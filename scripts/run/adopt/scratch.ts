import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../../base/files';
import type { Session } from '../../session/session';

/** A folder of its own for a trial of a catalog, so that nothing else changes before it is confirmed. */
export interface Scratch {
  /** The session with the trial's catalog and output folder. */
  readonly session: Session;
  /** Removes all of it: it holds states, in which are secrets. */
  readonly remove: () => void;
}

/**
 * Makes a trial: the catalogs as they are, but for one file's text.
 *
 * The folder is as deep as the real one, because a local backend's path is relative to it.
 *
 * @param file - the path of the environment's catalog
 */
export function makeScratch(session: Session, file: string, text: string): Scratch {
  const { folders, settings } = session;
  const out = `${folders.out}.import`;
  const folder = path.join(folders.root, out);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // What a killed run left.
  remove();
  makePrivate(folder);
  const catalogs = path.join(folder, 'catalog');
  makePrivate(catalogs);
  for (const name of readdirSync(settings.catalogDirectory))
    if (name.endsWith('.yml'))
      copyFileSync(path.join(settings.catalogDirectory, name), path.join(catalogs, name));
  writeExactly(path.join(catalogs, path.basename(file)), text, 0o600);
  const trial: Session = {
    ...session,
    settings: { ...settings, catalogDirectory: catalogs },
    folders: { ...folders, out },
  };
  return { session: trial, remove };
}
