import path from 'node:path';
import { readIfThere } from '../../../base/files';
import { DELETES_STOPPED } from '../../../catalog/kinds/docker/settings';
import type { Session } from '../../session/session';

/** Runs that were told of their old provider. */
const told = new WeakSet<Session>();

/** Says once in a run what a provider does that is locked at a 3.x. */
export function warnOfOldProvider(session: Session, folder: string): void {
  const version = lockedVersion(readIfThere(path.join(folder, '.terraform.lock.hcl')) ?? '');
  if (version === undefined || Number(version.split('.')[0]) >= 4 || told.has(session)) return;
  told.add(session);
  session.report.note(
    'warn',
    `kreuzwerker/docker is locked at ${version}: ${DELETES_STOPPED}; to take a newer one, delete .terraform.lock.hcl in the folders of the stacks, or write providers.docker.version: '>= 4.5.0, < 5.0.0'`,
  );
}

/** The version of the provider in Terraform's lock file. */
export function lockedVersion(text: string): string | undefined {
  return /provider "[^"]*\/kreuzwerker\/docker" \{\s*version\s*=\s*"([0-9.]+)/.exec(text)?.[1];
}
